import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { NeuralStack } from "../../bindings/systems/neuralStack/neuralStack.js";
import { transductionTask } from "../../bindings/systems/neuralStack/transductionTask.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import type { Contest } from "../contest.js";
import { trainingContest } from "../trainingContest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsNeuralStack } from "../peers/tfjsNeuralStack.js";

const LENGTH = 10;

/** A step of training of the recipe's neural stack: reversal of 10 words of 8, which takes 22 steps. */
export const benchmarks: SystemBenchmarks = ({ engine }) =>
  [1, 16].map((batch) => ({
    group: "stack",
    name: `neural stack training step, batch ${batch}, reversal of ${LENGTH}`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine, batch),
  }));

function prepare(engine: Engine, count: number): Promise<Contest> {
  const task = transductionTask({ mapping: "reversal", symbols: 8, minLength: LENGTH, maxLength: LENGTH, seed: 1 });
  const { inputSize, outputSize } = task;
  const model = new NeuralStack({ inputSize, outputSize, width: 32, hiddenSize: 64, embeddingSize: 16, seed: 1 });
  const network = new TfjsNeuralStack(model);
  const peer = {
    variables: Object.values(network.variables),
    loss({ time, inputs, targets, mask }: Batch) {
      const cells = time * count;
      const xs = tf.tensor3d(inputs.slice(0, cells * inputSize), [time, count, inputSize]);
      const classes = tf.tensor1d(Int32Array.from(targets.subarray(0, cells)), "int32");
      return network.loss(xs, classes, tf.tensor1d(mask.slice(0, cells)));
    },
    dispose: () => network.dispose(),
  };
  return trainingContest(engine, { model, task, batch: count, peer });
}
