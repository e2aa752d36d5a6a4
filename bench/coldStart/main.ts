/**
 * Cold starts: fresh processes in turn, each from before the import to the first step's logits. Tapehead, and
 * tapehead/run with a compiled model, against tfjs on its wasm backend, with the same network and the same weights; then
 * both in workerd, if tests/hosts is installed. `--rounds N`, `--node FILE` for another Node.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { median } from "../contest.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import type { ColdStart, Time } from "./measure.js";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "15" }, node: { type: "string", default: process.execPath } },
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

await build({
  entryPoints: ["tapehead", "compiled", "tfjs"].map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
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
  "tfjs-wasm": ["tfjs.mjs", "weights.bin", "model.json"],
} as const;
type Name = keyof typeof contestants;
const names = Object.keys(contestants) as Name[];
const starts: Record<Name, ColdStart[]> = { tapehead: [], "tapehead/run": [], "tfjs-wasm": [] };
for (let round = -1; round < rounds; ++round) {
  for (const name of round % 2 ? names : names.toReversed()) {
    const output = execFileSync(options.node, contestants[name].map(file), { encoding: "utf8", stdio: "pipe" });
    const start = JSON.parse(output.trim().split("\n").at(-1)!) as ColdStart;
    if (round >= 0) starts[name].push(start); // the first one reads the disk
  }
}
for (const name of names) expectEqual(starts[name][0]!.logits, starts["tfjs-wasm"][0]!.logits);

const version = execFileSync(options.node, ["--version"], { encoding: "utf8" }).trim();
console.log(`From before the import to the first step of a Neural Turing Machine, medians of ${rounds} processes`);
console.log(`Node ${version}, milliseconds of CPU (on the wall)\n`);
console.log(line("", ...names));
for (const part of ["all", ...Object.keys(starts.tapehead[0]!.parts)]) {
  console.log(line(part, ...names.map((name) => show(medians(starts[name].map((start) => timeOf(start, part)))))));
}
const cpu = (name: Name): number => medians(starts[name].map(({ all }) => all)).cpu;
console.log(line("tfjs takes", ...names.map((name) => `${(cpu("tfjs-wasm") / cpu(name)).toFixed(1)}x`)));

const hosts = fileURLToPath(new URL("../../tests/hosts/node_modules/", import.meta.url));
if (existsSync(hosts) && process.platform === "linux") {
  const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));
  const args = [worker, String(rounds), file("model.safetensors"), file("compiled.safetensors")];
  const output = execFileSync(`${hosts}node24/bin/node`, args, { encoding: "utf8" });
  const times = JSON.parse(output) as Record<"bare" | "tapehead" | "tapehead/run", Time[]>;
  const bare = medians(times.bare);
  console.log("\nIn workerd, from its start to the first answer, beyond what a worker takes that only answers\n");
  for (const name of ["tapehead", "tapehead/run"] as const) {
    const { cpu, wall } = medians(times[name]);
    console.log(line("all", `${name}  ${show({ cpu: cpu - bare.cpu, wall: wall - bare.wall })}`));
  }
} else console.log("\nNot measured in workerd: that needs `npm ci` in tests/hosts, and Linux");

function timeOf({ all, parts }: ColdStart, part: string): Time {
  return part === "all" ? all : parts[part]!;
}

function medians(times: readonly Time[]): Time {
  return { cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)) };
}

function show({ cpu, wall }: Time): string {
  return `${cpu.toFixed(1)} (${wall.toFixed(1)})`;
}

function line(title: string, ...cells: string[]): string {
  return title.padEnd(12) + cells.map((cell) => cell.padStart(18)).join("");
}

function expectEqual(a: readonly number[], b: readonly number[]): void {
  const right = a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) < 1e-4);
  if (!right) throw new Error(`The two do not agree: ${a.join()} and ${b.join()}`);
}
