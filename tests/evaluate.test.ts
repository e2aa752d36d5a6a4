import { sequenceLayout } from "../bindings/models/sequenceLayout.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { repeatCopyTask } from "../bindings/tasks/repeatCopy.js";
import { evaluate } from "../bindings/training/evaluate.js";
import { train } from "../bindings/training/train.js";
import { draw } from "./support/drawn.js";
import { keptIn, testEngine } from "./support/engine.js";
import { rejectedBy } from "./support/thrown.js";
import { Random } from "../bindings/common/random/philox.js";
import { Batch } from "../bindings/tasks/batch.js";

const engine = await testEngine("release");
const task = copyTask({ bits: 2, maxLength: 4, lengths: "mixed" });
const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4, seed: 1 });

const evaluation = suite("evaluate");

/** Wrong bits and nats of sequences that are run one by one, drawn at most 16 at a time. */
function countedByHand(sequences: number, seed: number): { wrong: number; nats: number } {
  const batch = new Batch(sequenceLayout(task));
  const random = new Random(seed, 1);
  let [wrong, nats] = [0, 0];
  for (let done = 0, count = 0; done < sequences; done += count) {
    count = Math.min(16, sequences - done);
    task.generate(random, count, batch);
    for (let b = 0; b < count; ++b) {
      const inputs = Array.from({ length: batch.time }, (_, t) => {
        return batch.inputs.subarray(batch.inputAt(t, b), batch.inputAt(t, b) + 3);
      });
      model.run(engine, inputs).outputs.forEach((row, t) => {
        if (!batch.mask[t * count + b]) return;
        row.forEach((logit, i) => {
          const bit = batch.targets[batch.targetAt(t, b) + i]!;
          if (logit > 0 !== bit > 0.5) ++wrong;
          nats += Math.log1p(Math.exp(bit ? -logit : logit));
        });
      });
    }
  }
  return { wrong, nats };
}

for (const sequences of [16, 1, 3, 20, 33]) {
  evaluation(`measures what running the model on ${sequences} sequences and counting by hand measures`, async () => {
    const measured = await evaluate(engine, model, task, { sequences, seed: 3 });
    const { wrong, nats } = countedByHand(sequences, 3);
    assert.ok(Math.abs(measured.bitError - wrong / sequences) < 1e-12, `${measured.bitError}, ${wrong / sequences}`);
    assert.ok(Math.abs(measured.loss - nats / sequences) < 1e-5, `${measured.loss}, ${nats / sequences}`);
  });
}

evaluation(
  "the same seed gives the same numbers, whatever is drawn in between, and leaves nothing behind",
  async () => {
    const used = keptIn(engine);
    const first = await evaluate(engine, model, task, { sequences: 70, seed: 1 });
    assert.not.equal(await evaluate(engine, model, task, { sequences: 70, seed: 2 }), first);
    assert.equal(await evaluate(engine, model, task, { sequences: 70, seed: 1 }), first);
    assert.ok(keptIn(engine) <= used + model.parameterCount * 4 + 64);
  },
);

evaluation("a length and a number of repeats may be asked for, in training too", async () => {
  const repeat = repeatCopyTask({ bits: 2, maxLength: 2, maxRepeats: 2 });
  const machine = new NeuralTuringMachine({ inputSize: 4, outputSize: 3, hiddenSize: 6, slots: 6, width: 4, seed: 1 });
  const short = await evaluate(engine, machine, repeat, { sequences: 50, length: 1, repeats: 1 });
  const long = await evaluate(engine, machine, repeat, { sequences: 50, length: 3, repeats: 5 });
  assert.is(draw(repeat, 1, { length: 3, repeats: 5 })[0]!.length, 3 + 2 + 15 + 1);
  assert.ok(long.loss > 4 * short.loss);
  const options = { steps: 2, evaluate: { every: 1, sequences: 8, length: 3, repeats: 5 } };
  for await (const { evaluation } of train(engine, machine, repeat, options)) {
    assert.ok(evaluation!.loss > 4 * short.loss);
    assert.ok(evaluation!.bitError > short.bitError);
  }
});

evaluation("refuses what is no option, no task or does not fit", async () => {
  const rejected = async (options: object, other: unknown = task): Promise<string> =>
    (await rejectedBy(evaluate(engine, model, other as typeof task, options))).message;
  assert.match(await rejected({ sequences: 0 }), /evaluate: sequences is 0/);
  assert.match(await rejected({ lengths: 3 }), /evaluate has no option "lengths"; it has sequences, seed/);
  assert.match(await rejected({ length: 0 }), /length is 0, and must be a whole number from 1/);
  assert.match(await rejected({}, {}), /evaluate: the task is an object, and must be a task/);
  assert.match(await rejected({}, copyTask()), /inputSize is 3, and must be 9 for the task copy/);
});
evaluation.run();
