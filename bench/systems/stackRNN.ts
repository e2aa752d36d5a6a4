import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { countingTask } from "../../bindings/systems/stackRNN/counting.js";
import { StackRNN } from "../../bindings/systems/stackRNN/stackRNN.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import type { Contest } from "../contest.js";
import { trainingContest } from "../trainingContest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsStackRNN } from "../peers/tfjsStackRnn.js";

const BATCH = 16;
const LENGTH = 10;

/** A step of training of the recipe's stack-augmented RNN: two strings aⁿbⁿ of 20 characters, 40 steps. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "counting",
    name: `stack rnn training step, batch ${BATCH}, 10 stacks of 64, 40 characters`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

function prepare(engine: Engine): Promise<Contest> {
  const task = countingTask({ minLength: LENGTH, maxLength: LENGTH, strings: 2, seed: 1 });
  const { inputSize, outputSize } = task;
  const model = new StackRNN({ inputSize, outputSize, capacity: 64, seed: 1 });
  const network = new TfjsStackRNN(model);
  const peer = {
    variables: Object.values(network.variables.all),
    loss({ time, inputs, targets }: Batch) {
      const cells = time * BATCH;
      const xs = tf.tensor3d(inputs.slice(0, cells * inputSize), [time, BATCH, inputSize]);
      const classes = tf.tensor2d(Int32Array.from(targets.subarray(0, cells)), [time, BATCH], "int32");
      // The loss is that of every character, not only of those that can be known.
      return network.loss(xs, tf.cast(tf.oneHot(classes, outputSize), "float32"), tf.ones([time, BATCH]));
    },
    dispose: () => network.dispose(),
  };
  return trainingContest(engine, { model, task, batch: BATCH, peer });
}
