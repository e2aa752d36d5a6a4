import { sequenceLayout } from "../bindings/models/sequenceLayout.js";
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { systems } from "../bindings/systems/declarations.js";
import * as tapehead from "../bindings/core.js";
import { Batch, copyTask, load, Random, type Rows } from "../bindings/core.js";
import { prove, texts } from "./hosts/proof.js";
import { hashesOf, ofAll, published } from "./hosts/published.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";

const file = (path: string): Buffer => readFileSync(new URL(`../${path}`, import.meta.url));
const checkpoint = file("checkpoints/copy.safetensors");

const hashes = suite("published hashes");

const engines = {
  "the shipped binary": () => testEngine("release"),
  "the debug build": () => testEngine("debug"),
  "three threads": () => threadedTestEngine({ threads: 3 }),
};
for (const [what, create] of Object.entries(engines)) {
  hashes(`are what this host computes from source with ${what}`, async () => {
    const proof = await prove({ ...tapehead, Engine: { create } as never }, checkpoint, undefined, systems);
    assert.equal(proof.copies, texts);
    assert.equal(hashesOf(proof), published());
  });
}

hashes("are in the table, for every host the same", () => {
  const { outputs, weights, systems: ofSystems } = published();
  const text = file("docs/hashes.md").toString();
  const rows = text.split("\n").filter((line) => /^\| (?!host|-)/.test(line));
  for (const host of [
    "Node 20",
    "Node 22",
    "Node 24",
    "Node 26",
    "Deno",
    "Bun",
    "workerd",
    "Vercel",
    "Chromium",
    "Firefox",
    "WebKit",
  ]) {
    assert.ok(
      rows.some((row) => row.startsWith(`| ${host}`)),
      host,
    );
  }
  const ofThreads = (threads: number): boolean =>
    rows.some((row) => new RegExp(`^[| ]*Node.* ${threads} \\|`).test(row));
  for (const threads of [1, 2, 3, 4]) assert.ok(ofThreads(threads), `${threads} threads`);
  const [ofHosts, perSystem] = [
    rows.filter((row) => row.split("|").length > 6),
    rows.filter((row) => row.split("|").length < 6),
  ];
  const all = ofAll(published()).slice(0, 16);
  for (const row of ofHosts) {
    const shown = / tapehead +\|/.test(row) ? "–" : all;
    assert.match(row.replaceAll(/ +/g, " "), `| ${outputs.slice(0, 16)} | ${weights.slice(0, 16)} | ${shown} |`);
  }
  const named = systems.map(({ model }) => model.className);
  assert.equal(Object.keys(ofSystems).sort(), [...named].sort(), "every system has a hash");
  for (const name of named)
    assert.ok(
      perSystem.some((row) => row.includes(`| ${name} `) && row.includes(ofSystems[name]!)),
      name,
    );
  assert.match(text, outputs);
  assert.match(text, weights);
});

hashes.run();

const shipped = suite("shipped checkpoint copy.safetensors");

shipped("copies what it was not trained on, far beyond the lengths it was trained on", async () => {
  using engine = await testEngine("release");
  const model = load(checkpoint, { file: "copy.safetensors" });
  const task = copyTask({ bits: 8 });
  const batch = new Batch(sequenceLayout(task));
  for (const length of [1, 2, 7, 20, 50, 120]) {
    task.generate(new Random(1_000_003, length), 16, batch, { length });
    const outputs = model.run(engine, inputsOf(batch)).outputs as unknown as Rows[];
    let wrong = 0;
    outputs.forEach((rows, sequence) => {
      for (let step = length + 1; step < batch.time; ++step) {
        const target = batch.targetAt(step, sequence);
        rows[step]!.forEach((logit, i) => (wrong += Number(logit > 0 !== (batch.targets[target + i] === 1))));
      }
    });
    assert.is(wrong, 0, `wrong bits in 16 sequences of length ${length}`);
  }
});

shipped("carries no state of training", () => {
  const { task, training } = tapehead.loadCheckpoint(checkpoint);
  assert.is(task?.name, "copy");
  assert.is(training, undefined);
});

shipped.run();

function inputsOf(batch: Batch): Float32Array[][] {
  return Array.from({ length: batch.count }, (_, sequence) =>
    Array.from({ length: batch.time }, (_, step) => {
      const first = batch.inputAt(step, sequence);
      return batch.inputs.subarray(first, first + batch.inputSize);
    }),
  );
}
