import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { countingTask } from "../../bindings/systems/stackRNN/counting.js";
import { StackRNN } from "../../bindings/systems/stackRNN/stackRNN.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsStackRNN } from "../peers/tfjsStackRnn.js";

const BATCH = 16;
const LENGTH = 10;
const LEARNING_RATE = 1e-3;

/** A step of training of the recipe's stack-augmented RNN: two strings aⁿbⁿ of 20 characters, 40 steps. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "counting",
    name: `stack rnn training step, batch ${BATCH}, 10 stacks of 64, 40 characters`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

async function prepare(engine: Engine): Promise<Contest> {
  const task = countingTask({ minLength: LENGTH, maxLength: LENGTH, strings: 2, seed: 1 });
  const { inputSize, outputSize } = task;
  const model = new StackRNN({ inputSize, outputSize, capacity: 64, seed: 1 });
  const network = new TfjsStackRNN(model);
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(1, 0);
  const batch = new Batch(sequenceLayout(task));
  const theirs = (): number => {
    task.generate(random, BATCH, batch);
    const cells = batch.time * BATCH;
    const { value, grads } = tf.tidy(() => {
      const xs = tf.tensor3d(batch.inputs.slice(0, cells * inputSize), [batch.time, BATCH, inputSize]);
      const classes = tf.tensor2d(Int32Array.from(batch.targets.subarray(0, cells)), [batch.time, BATCH], "int32");
      const targets = tf.cast(tf.oneHot(classes, outputSize), "float32");
      // The loss is that of every character, not only of those that can be known.
      const mask = tf.ones([batch.time, BATCH]);
      return tf.variableGrads(() => network.loss(xs, targets, mask), Object.values(network.variables.all));
    });
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    tf.dispose([value, grads]);
    return loss!;
  };
  const trainer = new Trainer(engine, model, task, {
    batch: BATCH,
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
