import tf from "@tensorflow/tfjs";
import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { NeuralRandomAccessMachine } from "../../bindings/systems/neuralRandomAccessMachine/neuralRandomAccessMachine.js";
import { ramTask, type RamTask } from "../../bindings/systems/neuralRandomAccessMachine/ramTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsMachine, type TfjsMemories } from "../peers/tfjsMachine.js";

const LEARNING_RATE = 1e-3;
const SEED = 1;
/** The random stream that our trainer draws from. */
const TRAINING_STREAM = 0;

/** One step of training on arrays to increment: draw a batch, forward, backward, Adam, read the loss. */
export const benchmarks: SystemBenchmarks = ({ engine }) =>
  [1, 16].map((batch) => ({
    group: "machine",
    name: `nram training step, batch ${batch}, 8 elements`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine, batch),
  }));

async function prepare(engine: Engine, batch: number): Promise<Contest> {
  const task = ramTask({ algorithm: "increment", minLength: 8, maxLength: 8, seed: SEED });
  const options = { entropyBonus: 0.01, gradientLimit: 1e6, seed: SEED };
  const model = new NeuralRandomAccessMachine(options);
  const theirs = new TfjsTrainer(new NeuralRandomAccessMachine(options), task, batch);
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const ours = new Trainer(engine, model, task, { batch, optimizer, clip: {}, seed: SEED });
  // After two steps losses agree only if gradients do.
  for (let step = 0; step < 3; ++step) {
    close(array([1], [(await ours.run()).loss]), array([1], [theirs.run()]), { rtol: 1e-3 });
  }
  return {
    ours: { run: () => ours.run(), runs: 1, async: true },
    peer: { run: () => void theirs.run(), runs: 1 },
    dispose: () => {
      ours.dispose();
      theirs.dispose();
    },
  };
}

/** As our trainer: it draws the same batches and returns the loss. */
class TfjsTrainer {
  readonly #network: TfjsMachine;
  readonly #task: RamTask;
  readonly #count: number;
  readonly #batch: Batch;
  readonly #random: Random;
  readonly #optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);

  constructor(model: NeuralRandomAccessMachine, task: RamTask, count: number) {
    this.#network = new TfjsMachine(model, task.options["cells"] as number);
    this.#task = task;
    this.#count = count;
    this.#batch = new Batch(model.batchLayout());
    this.#random = new Random(task.seed, TRAINING_STREAM);
  }

  run(): number {
    this.#task.generate(this.#random, this.#count, this.#batch);
    const { value, grads } = tf.tidy(() => {
      const memories = this.#memories();
      return tf.variableGrads(() => tf.div(this.#network.loss(memories), this.#count));
    });
    this.#optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    value.dispose();
    tf.dispose(grads);
    return loss!;
  }

  #memories(): TfjsMemories {
    const { cells, steps } = this.#batch.dimensions as { cells: number; steps: number };
    const taken = (name: string, rows: number): tf.Tensor2D =>
      tf.tensor2d(this.#batch.block(name).slice(0, rows * this.#count), [rows, this.#count]);
    return {
      memory: tf.transpose(taken("memory", cells)),
      targets: tf.transpose(taken("targets", cells)),
      mask: tf.transpose(taken("mask", cells)),
      last: tf.unstack(taken("last", steps)) as tf.Tensor1D[],
    };
  }

  dispose(): void {
    this.#network.dispose();
    this.#optimizer.dispose();
  }
}
