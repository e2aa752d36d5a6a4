import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../bindings/load.js";
import { RecurrentNetwork } from "../bindings/systems/recurrentNetwork/recurrentNetwork.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { deviationAt, streamAt } from "../bindings/training/gradientNoise.js";
import { adam, sgd } from "../bindings/training/optimizers.js";
import { train, type TrainOptions } from "../bindings/training/train.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const make = (): RecurrentNetwork =>
  new RecurrentNetwork({ inputSize: 3, outputSize: 2, cell: "gru", hiddenSize: 60, seed: 1 });

/** The parameters after some steps, and a checkpoint. */
async function trained(options: TrainOptions): Promise<{ values: Float32Array; bytes: Uint8Array }> {
  const model = make();
  const training = train(engine, model, task, { batch: 2, ...options });
  for await (const _ of training);
  return { values: model.parameters.values.slice(), bytes: training.checkpoint() };
}

const noise = suite("gradient noise");
noise("has the deviation of the article", () => {
  for (const eta of [0.01, 0.3, 1]) {
    for (const t of [0, 1, 9, 1000, 1e6]) {
      const expected = Math.sqrt(eta / (1 + t) ** 0.55);
      assert.ok(Math.abs(deviationAt(eta, t) / expected - 1) < 2e-6, `${eta} ${t}`);
    }
  }
});
noise("takes other words of its stream at every step, beyond 2³² too", () => {
  assert.equal(streamAt(7, 0, 5), [7, 2, 0, 0]);
  assert.equal(streamAt(7, 3, 5), [7, 2, 24, 0]);
  assert.equal(streamAt(7, 2 ** 30, 5), [7, 2, 0, 2]);
});
noise("is normal, of that deviation, another at every step, and added behind clipping", async () => {
  // With this rate a step changes a parameter by its clipped gradient, which is next to nothing, and the noise.
  const options = { optimizer: sgd({ learningRate: 1, momentum: 0 }), clip: { value: 1e-12 }, gradientNoise: 0.3 };
  const [first, one, two] = [
    make().parameters.values,
    ...(await Promise.all([1, 2].map((steps) => trained({ ...options, steps })))),
  ] as const;
  const changes = [
    one.values.map((value, i) => value - first[i]!),
    two.values.map((value, i) => value - one.values[i]!),
  ];
  const count = first.length;
  changes.forEach((change, t) => {
    const moment = (power: number): number =>
      change.reduce((sum, value) => sum + (value / deviationAt(0.3, t)) ** power, 0) / count;
    assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(count), `mean ${moment(1)}`);
    assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / count), `variance ${moment(2)}`);
    assert.ok(Math.abs(moment(4) - 3) < 4 * Math.sqrt(96 / count), `fourth moment ${moment(4)}`);
  });
  const correlation = changes[0]!.reduce((sum, value, i) => sum + value * changes[1]![i]!, 0) / count / 0.3;
  assert.ok(Math.abs(correlation) < 4 / Math.sqrt(count), `correlation ${correlation}`);
});
noise("the same seed has the same bits, another seed and none have others", async () => {
  const options = { steps: 3, gradientNoise: 0.01 };
  const bits = async (more: TrainOptions): Promise<string> => (await trained({ ...options, ...more })).values.join();
  const one = await bits({});
  assert.is(await bits({}), one);
  assert.is.not(await bits({ seed: 9 }), one);
  assert.is.not(await bits({ gradientNoise: 0 }), one);
});
noise("stopped and resumed it goes on bit for bit, and with other noise not at all", async () => {
  const options = { gradientNoise: 0.3, optimizer: adam() };
  const { bytes } = await trained({ ...options, steps: 2 });
  assert.is(loadCheckpoint(bytes, { models: [RecurrentNetwork] }).training!.gradientNoise, 0.3);
  const [whole, resumed] = [
    await trained({ ...options, steps: 5 }),
    await trained({ ...options, steps: 5, resume: bytes }),
  ];
  assert.equal(resumed.values, whole.values);
  assert.equal(resumed.bytes, whole.bytes);
  const other = thrownBy(() => train(engine, make(), task, { batch: 2, resume: bytes }));
  assert.match(other.message, "the checkpoint's gradient noise is 0.3, and must be 0");
});
noise("refuses what is no variance", () => {
  for (const gradientNoise of [-1, NaN, Infinity]) {
    assert.instance(
      thrownBy(() => train(engine, make(), task, { gradientNoise })),
      RangeError,
    );
  }
});
noise.run();
