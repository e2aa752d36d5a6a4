import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../bindings/load.js";
import { RecurrentNetwork } from "../bindings/systems/recurrentNetwork/recurrentNetwork.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { averageRateAt } from "../bindings/training/averageParameters.js";
import { adam, sgd, type Optimizer } from "../bindings/training/optimizers.js";
import { train, type TrainOptions } from "../bindings/training/train.js";
import { planTraining } from "../cli/plan.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const make = (): RecurrentNetwork =>
  new RecurrentNetwork({ inputSize: 3, outputSize: 2, cell: "gru", hiddenSize: 9, seed: 1 });

/** The parameters after each step, and a checkpoint from the end. */
async function trained(options: TrainOptions): Promise<{ values: Float32Array[]; bytes: Uint8Array }> {
  const model = make();
  const training = train(engine, model, task, { batch: 3, ...options });
  const values = [];
  for await (const _ of training) values.push(model.parameters.values.slice());
  return { values, bytes: training.checkpoint() };
}

const average = suite("averaged parameters");

for (const [name, optimizer] of Object.entries<() => Optimizer>({ adam, sgd: () => sgd({ learningRate: 0.1 }) })) {
  average(
    `the model has the moving average of what ${name} trains, to the bit, and training is as without it`,
    async () => {
      const beta = 0.6;
      const plain = await trained({ optimizer: optimizer(), steps: 12 });
      const averaged = await trained({ optimizer: optimizer(), steps: 12, average: beta });
      const expected = make().parameters.values.slice();
      plain.values.forEach((latest, t) => {
        const rate = Math.fround(1 - Math.min(beta, (1 + t) / (10 + t)));
        expected.forEach((old, i) => {
          expected[i] = old + Math.fround(rate * Math.fround(latest[i]! - old));
        });
        assert.equal(averaged.values[t], expected, `step ${t + 1}`);
      });
      const { model, training } = loadCheckpoint(averaged.bytes, { models: [RecurrentNetwork] });
      assert.equal(model.parameters.values, expected, "a file has the average");
      const count = model.parameterCount;
      assert.equal(training!.optimizerState.subarray(0, count), plain.values.at(-1), "and what is trained");
      const { optimizerState } = loadCheckpoint(plain.bytes, { models: [RecurrentNetwork] }).training!;
      assert.equal(training!.optimizerState.subarray(count), optimizerState, "and the optimizer's state");
    },
  );
}

average("forgets early steps sooner than β says", () => {
  assert.is(averageRateAt(0.999, 0), 0.9);
  assert.is(averageRateAt(0.999, 90), 1 - 91 / 100);
  assert.is(averageRateAt(0.999, 1e6), 1 - 0.999);
});

average("stopped and resumed it goes on bit for bit, and with another average not at all", async () => {
  const options = { optimizer: adam(), average: 0.9, gradientNoise: 0.1, evaluate: { every: 2, sequences: 4 } };
  const { bytes } = await trained({ ...options, steps: 3 });
  assert.is(loadCheckpoint(bytes, { models: [RecurrentNetwork] }).training!.average, 0.9);
  const whole = await trained({ ...options, steps: 7 });
  const resumed = await trained({ ...options, steps: 7, resume: bytes });
  assert.equal(resumed.values, whole.values.slice(3));
  assert.equal(resumed.bytes, whole.bytes);
  for (const other of [0, 0.8]) {
    const error = thrownBy(() => train(engine, make(), task, { ...options, batch: 3, average: other, resume: bytes }));
    assert.match(error.message, `the checkpoint's average is 0.9, and must be ${other}`);
  }
});

average("begins with the parameters that a model has", async () => {
  const model = make();
  model.parameters.set(model.parameters.values.map((value) => value + 1));
  const first = model.parameters.values.slice();
  const options = { batch: 3, steps: 1, average: 0.5, optimizer: sgd({ learningRate: 1e-6, momentum: 0 }) };
  for await (const _ of train(engine, model, task, options));
  model.parameters.values.forEach((value, i) => assert.ok(Math.abs(value - first[i]!) < 1e-4));
});

average("refuses what is no β", () => {
  for (const beta of [-0.1, 1, NaN, "0.9" as unknown as number]) {
    const error = thrownBy(() => train(engine, make(), task, { average: beta }));
    assert.instance(error, RangeError);
    assert.match(error.message, "train: average is");
  }
});

average("the command line's is that of a preset, or of the file that is resumed", () => {
  const flags = { model: "rnn", task: "copy", seed: 1 };
  assert.is(planTraining(flags).options.average, 0);
  assert.is(planTraining({ ...flags, average: 0.99 }).options.average, 0.99);
});

average.run();
