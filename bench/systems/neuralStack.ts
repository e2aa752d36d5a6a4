import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { NeuralStack } from "../../bindings/systems/neuralStack/neuralStack.js";
import { transductionTask } from "../../bindings/systems/neuralStack/transductionTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsNeuralStack } from "../peers/tfjsNeuralStack.js";

const LENGTH = 10;
const LEARNING_RATE = 1e-3;

/** A step of training of the recipe's neural stack: reversal of 10 words of 8, which takes 22 steps. */
export const benchmarks: SystemBenchmarks = ({ engine }) =>
  [1, 16].map((batch) => ({
    group: "stack",
    name: `neural stack training step, batch ${batch}, reversal of ${LENGTH}`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine, batch),
  }));

async function prepare(engine: Engine, count: number): Promise<Contest> {
  const task = transductionTask({ mapping: "reversal", symbols: 8, minLength: LENGTH, maxLength: LENGTH, seed: 1 });
  const { inputSize, outputSize } = task;
  const model = new NeuralStack({ inputSize, outputSize, width: 32, hiddenSize: 64, embeddingSize: 16, seed: 1 });
  const network = new TfjsNeuralStack(model);
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(1, 0);
  const batch = new Batch(sequenceLayout(task));
  const theirs = (): number => {
    task.generate(random, count, batch);
    const cells = batch.time * count;
    const { value, grads } = tf.tidy(() => {
      const xs = tf.tensor(batch.inputs.slice(0, cells * inputSize), [batch.time, count, inputSize]);
      const targets = tf.tensor1d(Int32Array.from(batch.targets.subarray(0, cells)), "int32");
      const mask = tf.tensor1d(batch.mask.slice(0, cells));
      return tf.variableGrads(() => network.loss(xs, targets, mask), Object.values(network.variables));
    });
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    tf.dispose([value, grads]);
    return loss!;
  };
  const trainer = new Trainer(engine, model, task, {
    batch: count,
    optimizer: adam({ learningRate: LEARNING_RATE }),
    clip: {},
    seed: 1,
  });
  // Losses of several steps agree only if gradients do.
  for (let step = 0; step < 5; ++step) {
    close(array([1], [(await trainer.run()).loss]), array([1], [theirs()]), { rtol: 1e-3 });
  }
  return {
    ours: { run: () => trainer.run(), runs: 1, async: true },
    peer: { run: () => void theirs(), runs: 1 },
    dispose() {
      trainer.dispose();
      network.dispose();
      optimizer.dispose();
    },
  };
}
