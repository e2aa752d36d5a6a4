import tf from "@tensorflow/tfjs";
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startTfjs, evaluate, fromTensor, toTensor } from "../bench/peers/tfjs.js";
import { TfjsNTM } from "../bench/peers/tfjsNtm.js";
import { TfjsSeq2Seq } from "../bench/peers/tfjsSeq2Seq.js";
import { expectSameGradients } from "../bench/training.js";
import { loadCheckpoint } from "../bindings/load.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import * as ops from "../bindings/graph/ops/index.js";
import { AttentionSeq2Seq } from "../bindings/models.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { datesTask, type DatesTaskOptions } from "../bindings/systems/attentionSeq2Seq/dates.js";
import { Batch } from "../bindings/tasks/batch.js";
import { pairLayout } from "../bindings/tasks/fillPairs.js";
import type { PairTask } from "../bindings/tasks/pairs.js";
import { opTests, type OpName } from "./ops/index.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { KernelRun } from "./support/kernel.js";
import { inputsOf, type OpTest } from "./support/opTest.js";
import { runProgram } from "./support/program.js";

const engine = await testEngine();
await startTfjs();

const forward = suite("forward agrees with tfjs on its wasm backend");
for (const [name, { cases, peer, unknownToPeer }] of Object.entries(opTests) as [OpName, OpTest][]) {
  if (typeof peer === "string") continue;
  cases.forEach((row, i) => {
    const { attributes } = row;
    const inputs = inputsOf(row, new Random(name.length, 7));
    if (unknownToPeer?.(inputs)) return;
    forward(`${name} ${inputs.map(({ shape }) => `(${shape})`).join(" ")} #${i}`, () => {
      const run = new KernelRun(engine, ops[name].definition, inputs, attributes);
      const actual = run.forward();
      const expected = evaluate(() => [peer(inputs.map(toTensor), attributes as never)].flat());
      expected.forEach((y, o) => close(actual[o]!, y, { rtol: 1e-4, atol: 1e-5 }));
      run.free();
    });
  });
}
forward.run();

const machine = suite("a Neural Turing Machine agrees with the same network in tfjs");
const sizes = {
  "of the paper's sizes": {},
  "with several heads": { readHeads: 2, writeHeads: 3, shifts: 5, slots: 17, width: 5, hiddenSize: 13 },
};
for (const [title, options] of Object.entries(sizes)) {
  const task = copyTask({ minLength: 9, maxLength: 9, seed: 2 });
  const { inputSize, outputSize } = task;
  const model = new NeuralTuringMachine({ inputSize, outputSize, seed: 3, ...options });

  machine(`outputs of a sequence, ${title}`, () => {
    const xs = uniform(new Random(4), [19, 1, inputSize], 0, 1);
    const rows = Array.from({ length: 19 }, (_, t) => xs.data.subarray(t * inputSize, (t + 1) * inputSize));
    const { outputs } = model.run(engine, rows);
    const network = new TfjsNTM(model);
    const logits = tf.tidy(() => network.run(toTensor(xs)));
    const expected = fromTensor(logits);
    tf.dispose(logits);
    network.dispose();
    const actual = array(
      expected.shape,
      outputs.flatMap((y) => [...y]),
    );
    close(actual, expected, { rtol: 1e-4, atol: 1e-5 });
  });

  machine(`gradients of a batch by every parameter, ${title}`, () => expectSameGradients(engine, model, task, 3));
}
machine.run();

const dates = suite("the date model agrees with the same network in tfjs");
dates("logits of 100 dates, the truth fed", () => {
  const file = new URL("../checkpoints/dates.safetensors", import.meta.url);
  const { model, task: learned } = loadCheckpoint(readFileSync(file), { models: [AttentionSeq2Seq] });
  const task = datesTask(learned!.options as DatesTaskOptions);
  const batch = new Batch(pairLayout);
  task.generate(new Random(8), 100, batch);
  const graph = new Graph();
  const shown: PairTask = {
    ...task,
    loss: (answer) => (graph.output("logits", answer.logits), task.loss!(answer)),
  };
  model.objective(graph, shown, batch.count);
  const fields = batch.fields.map(({ name, data, time, size }) => {
    const cells = time * batch.count * size;
    return [name, array([time, batch.count, size], data.subarray(0, cells))];
  });
  const { outputs } = runProgram(engine, compile(graph), Object.fromEntries(fields) as Record<string, NDArray>, {
    lengths: batch.dimensions,
    parameters: model.parameters.values,
  });
  const network = new TfjsSeq2Seq(model);
  const [expected] = evaluate(() => [network.run(batch)]);
  network.dispose();
  assert.equal(outputs["logits"]!.shape, [batch.time, 100, 12]);
  // A logit is a sum of terms as large as the largest logits, whatever is left of them.
  const largest = expected!.data.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  close(outputs["logits"]!, expected!, { rtol: 0, atol: 1e-5 * largest });
});
dates.run();
