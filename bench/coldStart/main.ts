/**
 * Cold starts: fresh processes in turn, each from before the import to the first step's logits. Tapehead, and
 * tapehead/run with a compiled model, against tfjs on its wasm backend, with the same network and the same weights; then
 * both in workerd, if tests/hosts is installed; and a worker that pronounces. `--rounds N`, `--node FILE` for another Node,
 * `--write` writes docs/results/coldStart.md.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { write } from "../../reproduce/write.js";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { median } from "../contest.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { coldStartPage } from "./page.js";
import type { ColdStart, Time } from "./measure.js";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    node: { type: "string", default: process.execPath },
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
if (!(rounds >= 1)) throw new RangeError(`--rounds is ${options.rounds}, and must be a whole number from 1`);

/** In the project, so that packages and "tapehead" are found from there. */
const folder = fileURLToPath(new URL("../../build/coldStart/", import.meta.url));
mkdirSync(folder, { recursive: true });
const file = (name: string): string => `${folder}${name}`;

/** The network of the copy task. */
const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });
const { parameters, values } = model.parameters;
const described = parameters.map(({ path, offset, size, shape }) => ({ path, offset, size, shape }));
writeFileSync(file("model.safetensors"), save(model));
writeFileSync(file("compiled.safetensors"), compileModel(model));
writeFileSync(file("weights.bin"), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
writeFileSync(file("model.json"), JSON.stringify({ options: model.options, parameters: described }));
/** A worker as a user makes it. */
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const small = fileURLToPath(new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url));
rmSync(file("pronouncing"), { recursive: true, force: true });
execFileSync(process.execPath, [cli, "compile", small, "--dtype", "int8", "--worker", file("pronouncing")]);

await build({
  entryPoints: ["tapehead", "compiled", "pronouncing", "tfjs"].map((name) =>
    fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
  ),
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true, // else what is imported later would be hoisted in front of the clock
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  minify: true,
});

const contestants = {
  tapehead: ["tapehead.mjs", "model.safetensors"],
  "tapehead/run": ["compiled.mjs", "compiled.safetensors"],
  pronouncing: ["pronouncing.mjs", "pronouncing/model.tape"],
  "tfjs-wasm": ["tfjs.mjs", "weights.bin", "model.json"],
} as const;
type Name = keyof typeof contestants;
const names = Object.keys(contestants) as Name[];
const starts: Record<Name, ColdStart[]> = { tapehead: [], "tapehead/run": [], pronouncing: [], "tfjs-wasm": [] };
for (let round = -1; round < rounds; ++round) {
  for (const name of round % 2 ? names : names.toReversed()) {
    const output = execFileSync(options.node, contestants[name].map(file), { encoding: "utf8", stdio: "pipe" });
    const start = JSON.parse(output.trim().split("\n").at(-1)!) as ColdStart;
    if (round >= 0) starts[name].push(start); // the first one reads the disk
  }
}
for (const name of ["tapehead", "tapehead/run"] as const)
  expectEqual(starts[name][0]!.logits, starts["tfjs-wasm"][0]!.logits);

const node = execFileSync(options.node, ["--version"], { encoding: "utf8" }).trim();
const parts = ["all", ...Object.keys(starts.tapehead[0]!.parts)];
const measured = Object.fromEntries(
  names.map((name) => [
    name,
    Object.fromEntries(parts.map((part) => [part, medians(starts[name].map((start) => timeOf(start, part)))])),
  ]),
);
const inWorkerd = workers();
const text = coldStartPage({ rounds, node: node.replace("v", ""), parts, starts: measured, ...inWorkerd });
console.log(text);
if (options.write) await write(fileURLToPath(new URL("../../docs/results/coldStart.md", import.meta.url)), text);

/** Times in workerd beyond a worker that only answers, if it can be run. */
function workers(): { workers: Record<string, Time> | undefined; workerBytes: number | undefined } {
  const hosts = fileURLToPath(new URL("../../tests/hosts/node_modules/", import.meta.url));
  if (!existsSync(hosts) || process.platform !== "linux") {
    console.error("Not measured in workerd: that needs `npm ci` in tests/hosts, and Linux");
    return { workers: undefined, workerBytes: undefined };
  }
  const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));
  const args = [worker, String(rounds), ...["model.safetensors", "compiled.safetensors", "pronouncing"].map(file)];
  const output = execFileSync(`${hosts}node24/bin/node`, args, { encoding: "utf8" });
  const { times, bytes } = JSON.parse(output) as { times: Record<string, Time[]>; bytes: number };
  const { bare, ...others } = times;
  const least = medians(bare!);
  const beyond = Object.entries(others).map(([name, all]) => {
    const { cpu, wall } = medians(all);
    return [name, { cpu: cpu - least.cpu, wall: wall - least.wall }];
  });
  return { workers: Object.fromEntries(beyond) as Record<string, Time>, workerBytes: bytes };
}

function timeOf({ all, parts }: ColdStart, part: string): Time {
  return part === "all" ? all : parts[part]!;
}

function medians(times: readonly Time[]): Time {
  return { cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)) };
}

function expectEqual(a: readonly number[], b: readonly number[]): void {
  const right = a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) < 1e-4);
  if (!right) throw new Error(`The two do not agree: ${a.join()} and ${b.join()}`);
}
