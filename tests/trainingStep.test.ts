/** A step of training: what its schedules say, and how its gradients are limited. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../bindings/load.js";
import { AdaptiveComputationTime } from "../bindings/systems/adaptiveComputationTime/adaptiveComputationTime.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { parityTask } from "../bindings/tasks/parity.js";
import { sgd } from "../bindings/training/optimizers.js";
import type { Schedule } from "../bindings/training/schedules.js";
import { train } from "../bindings/training/train.js";
import { testEngine } from "./support/engine.js";

const engine = await testEngine("release");
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });

const training = suite("a step of training");

training(
  "a schedule is asked once for each step, by the step's number from 1, and its value is that of that step",
  async () => {
    const pondering = parityTask({ bits: 4, seed: 2 });
    const make = (): AdaptiveComputationTime =>
      new AdaptiveComputationTime({ inputSize: 4, outputSize: 1, hiddenSize: 5, timePenalty: 0.5, seed: 1 });
    const run = async (weight: (step: number) => number, rate = 0.1) => {
      const asked: [what: string, step: number][] = [];
      const watched =
        (what: string, schedule: Schedule): Schedule =>
        (step) => (asked.push([what, step]), schedule(step));
      const options = {
        batch: 4,
        steps: 3,
        clip: {},
        optimizer: sgd({ learningRate: watched("rate", (step) => rate / step), momentum: 0 }),
        auxiliaryWeight: watched("weight", weight),
      };
      const model = make();
      const reports: { learningRate: number; values: string }[] = [];
      for await (const { learningRate } of train(engine, model, pondering, options)) {
        reports.push({ learningRate, values: model.parameters.values.join() });
      }
      return { asked, reports };
    };
    const never = await run(() => 0);
    for (const what of ["rate", "weight"]) {
      assert.equal(
        never.asked.filter(([name]) => name === what).map(([, step]) => step),
        [1, 2, 3],
      );
    }
    assert.equal(
      never.reports.map(({ learningRate }) => learningRate),
      [0.1, 0.1 / 2, 0.1 / 3],
    );
    // A weight in one step alone changes what that step leaves behind, and not what the steps before it did.
    for (const only of [1, 2, 3]) {
      const once = await run((step) => Number(step === only));
      const first = once.reports.findIndex(({ values }, i) => values !== never.reports[i]!.values);
      assert.is(first, only - 1);
    }
  },
);

training("with both limits each gradient is limited first, and then their length by what it was before", async () => {
  const values = async (clip: { norm?: number; value?: number }): Promise<[Float32Array, number]> => {
    const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4, seed: 1 });
    const before = model.parameters.values.slice();
    const optimizer = sgd({ learningRate: 1, momentum: 0 });
    let norm = 0;
    for await (const { gradientNorm } of train(engine, model, task, { steps: 1, clip, optimizer })) norm = gradientNorm;
    return [before.map((v, i) => v - model.parameters.values[i]!), norm];
  };
  const [gradient, norm] = await values({});
  const value = 0.02;
  assert.ok(gradient.some((g) => Math.abs(g) > 2 * value) && gradient.some((g) => Math.abs(g) < value / 2));
  const limited = gradient.map((g) => Math.min(Math.max(g, -value), value));
  const near = (actual: Float32Array, expected: Float32Array): void =>
    actual.forEach((g, i) => assert.ok(Math.abs(g - expected[i]!) < 1e-6, `gradient ${i}: ${g}, ${expected[i]}`));
  near((await values({ value }))[0], limited);
  near(
    (await values({ norm: norm / 4 }))[0],
    gradient.map((g) => g / 4),
  );
  const [both, reported] = await values({ value, norm: norm / 4 });
  near(
    both,
    limited.map((g) => g / 4),
  );
  assert.is(reported, norm);
  near((await values({ value, norm: norm * 2 }))[0], limited);
});

training("an engine that goes in the middle leaves what was learned, and what a checkpoint needs", async () => {
  const other = await testEngine("release");
  const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4, seed: 1 });
  const run = train(other, model, task);
  await run.next();
  await run.next();
  const before = run.checkpoint();
  other.dispose();
  assert.equal(run.checkpoint(), before);
  assert.is(loadCheckpoint(before).training!.step, 2);
});

training.run();
