import { cpus } from "node:os";
import { table } from "../../reproduce/markdown.js";
import type { Time } from "./measure.js";

/** Medians of cold starts. */
export interface Measured {
  readonly rounds: number;
  readonly node: string;
  /** Where starts are measured, in its order: the names of parts, "all" the first. */
  readonly parts: readonly string[];
  /** By contestant and part. */
  readonly starts: Readonly<Record<string, Readonly<Record<string, Time>>>>;
  /** By worker: beyond one that only answers. Undefined where workerd is not installed. */
  readonly workers: Readonly<Record<string, Time>> | undefined;
  /** Bytes of the worker that pronounces, gzipped: code, wasm and model. */
  readonly workerBytes: number | undefined;
}

const show = ({ cpu, wall }: Time): string => `${cpu.toFixed(1)} (${wall.toFixed(1)})`;

/** The page of cold starts, docs/results/coldStart.md. */
export function coldStartPage({ rounds, node, parts, starts, workers, workerBytes }: Measured): string {
  const names = Object.keys(starts);
  const rows = parts.map((part) => [part, ...names.map((name) => show(starts[name]![part]!))]);
  const ratios = names.map((name) => `${(starts["tfjs-wasm"]!["all"]!.cpu / starts[name]!["all"]!.cpu).toFixed(1)}x`);
  const inWorkers = workers
    ? table(
        ["in workerd", "CPU (wall)"],
        Object.entries(workers).map(([name, time]) => [name, show(time)]),
      )
    : "Not measured in workerd.";
  const weight = workerBytes === undefined ? "" : `: ${workerBytes.toLocaleString("en")} bytes gzipped`;
  return `# Cold starts

Made by \`npm run bench:cold-start -- --write\`; do not edit. Milliseconds of CPU in all threads of a fresh process, and in
brackets on the wall, from before the import to the first answer: medians of ${rounds} processes, the contestants in turn.
\`tapehead\`, \`tapehead/run\` with a compiled model, and @tensorflow/tfjs-backend-wasm 4.22 start a Neural Turing Machine
with the same weights and give the same logits of a step; \`pronouncing\` loads the compiled int8 model that
\`tapehead compile --worker\` writes for checkpoints/pronunciation-small.safetensors, and says a word with 5 beams.

${table(["", ...names], [...rows, ["tfjs-wasm / it", ...ratios]])}

Workers of Cloudflare's kind, from workerd's start to the first answer, beyond what a worker takes that only answers. That
which pronounces is the one that \`tapehead compile --worker\` writes${weight}.

${inWorkers}

${cpus()[0]!.model.trim()}, Node ${node}, ${new Date().toISOString().slice(0, 10)}. Other work on the machine makes all of them slower, and the ratios less so.
`;
}
