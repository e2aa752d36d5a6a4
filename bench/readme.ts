/** Measures what the README says about speed, and writes it there: `npm run bench:readme`. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { replaceBlock } from "../reproduce/replaceBlock.js";
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

const block = `| what | Tapehead | peer | its time | its time / ours |
| --- | ---: | --- | ---: | ---: |
${rows.join("\n")}

One thread where nothing else is said, ${cpus()[0]!.model.trim()}, Node ${process.versions.node}, ${date}. A step is input in, logits out; a training step draws a
batch, runs forward and backward over 41 steps and updates with Adam. \`tfjs-wasm\` is @tensorflow/tfjs-backend-wasm 4.22
with SIMD. Its NTM step is timed as the paper's equations read, and reshaped into as few kernels as we know how; training
is reshaped. \`c-128bit\` is bench/limit, C with the vectors wasm has. What
two threads gain depends on how much of two cores the machine gives; \`npm run bench:ceiling\` sets it beside two
independent processes.

Training on one sequence of length 20 takes ${formatTime(training.oursNs)}; ${PYTORCH}.`;

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, replaceBlock(readFileSync(readme, "utf8"), "bench", block));
