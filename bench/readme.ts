/** Measures the times of docs/results/speed.md, and writes that page and README's lines: `npm run bench:readme`. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { table } from "../reproduce/markdown.js";
import { replaceBlock } from "../reproduce/replaceBlock.js";
import { write } from "../reproduce/write.js";
import type { Measurement } from "./contest.js";
import { formatRatio, formatTime, row } from "./report.js";
import { runBenchmarks } from "./run.js";

const ELEMENTS = 65_536;
const PYTORCH = "PyTorch 1.13 on such a machine needs 95 to 145 ms (measured once, not by this script)";

const only =
  /^ntm |^training |^ponder |^attention .*tfjs|^threads |^limit |matmul (16x129x400|64x256x256|128x512x512),|(exp|tanh|sigmoid|softplus) 65536,/;
const measurements = await runBenchmarks({
  only,
  quick: false,
  report: (_, measurement) => console.log(row(measurement)),
});

const withUnit = ({ name, oursNs }: Measurement): string => {
  const element = name.endsWith(` ${ELEMENTS}`) ? `, ${(oursNs / ELEMENTS).toFixed(2)} ns an element` : "";
  return `${formatTime(oursNs)}${element}`;
};
const rows = measurements.map((measurement) => {
  const { name, peer, peerNs, ratio } = measurement;
  return `| ${name} | ${withUnit(measurement)} | ${peer} | ${formatTime(peerNs)} | ${formatRatio(ratio)} |`;
});
const training = measurements.find(({ name }) => name.startsWith("ntm training step, batch 1,"))!;
const date = new Date().toISOString().slice(0, 10);

const page = `# Speed

Made by \`npm run bench:readme\`, in one process, in alternation, as ratios of medians; do not edit. \`npm run bench\` measures
more, and \`npm run bench:ceiling\` how much two threads can gain on this machine.

| what | Tapehead | peer | its time | its time / ours |
| --- | ---: | --- | ---: | ---: |
${rows.join("\n")}

One thread where nothing else is said, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}, ${date}. A step is input in, logits out; a training step draws a
batch, runs forward and backward over 41 steps and updates with Adam. \`tfjs-wasm\` is @tensorflow/tfjs-backend-wasm 4.22
with SIMD. Its NTM step is timed as the paper's equations read, and reshaped into as few kernels as we know how; training
is reshaped. \`c-128bit\` is bench/limit, C with the vectors wasm has. What
two threads gain depends on how much of two cores the machine gives; \`npm run bench:ceiling\` sets it beside two
independent processes.

Training on one sequence of length 20 takes ${formatTime(training.oursNs)}; ${PYTORCH}.
`;

/** The lines that README has: the beginning of a measurement's name, its peer, and words for both. */
const SHOWN = [
  ["ntm step, batch 1", "tfjs-wasm, reshaped", "a step of a Neural Turing Machine", "tfjs-wasm"],
  ["ntm training step, batch 16, length 20", "tfjs-wasm", "its training step, 16 sequences of length 20", "tfjs-wasm"],
  ["ntm training step, batch 16, length 20, 2 threads", "one thread", "the same on 2 threads", "1 thread"],
  ["seq2seq training step, batch 32", "tfjs-wasm", "a training step with attention, batch 32, 128 units", "tfjs-wasm"],
  ["seq2seq greedy decoding", "tfjs-wasm", "greedy decoding of 12 tokens", "tfjs-wasm"],
] as const;
const lines = SHOWN.map(([start, peer, what, beside]) => {
  const found = measurements.find((one) => one.name.startsWith(start) && one.peer === peer);
  if (!found) throw new Error(`No measurement begins with "${start}" beside "${peer}", and README shows it`);
  return [what, formatTime(found.oursNs), `${formatRatio(found.ratio)} over ${beside}`];
});

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const readme = table(["", "time", "speed-up"], lines);
await write(path("docs/results/speed.md"), page);
await write(path("README.md"), replaceBlock(readFileSync(path("README.md"), "utf8"), "speed", readme));
