import { adam, Batch, copyTask, NeuralTuringMachine, Random, save, train } from "tapehead";
import { Engine } from "./engine.js";

export const BITS = 8;
export const SLOTS = 32;

/** A Neural Turing Machine that has learned nothing yet, and everything that it needs to learn to copy. */
export class Learner {
  #engine;
  #model;
  #task;
  #training;

  static async create(seed) {
    const learner = new Learner();
    learner.#engine = await Engine.create();
    learner.#model = new NeuralTuringMachine({ inputSize: BITS + 1, outputSize: BITS, slots: SLOTS, seed });
    learner.#task = copyTask({ bits: BITS, maxLength: 20, seed });
    const optimizer = adam({ learningRate: 3e-3 });
    learner.#training = train(learner.#engine, learner.#model, learner.#task, { batch: 16, optimizer });
    return learner;
  }

  get threads() {
    return this.#engine.threads;
  }

  /** One step of training after the other, for as long as somebody asks; it leaves the page time to breathe. */
  get steps() {
    return this.#training;
  }

  /** A random sequence, always the same for a seed. */
  sequence(length, seed) {
    const batch = new Batch(this.#model.batchLayout(this.#task));
    this.#task.generate(new Random(seed, length), 1, batch, { length });
    const rows = (values, width) =>
      Array.from({ length: batch.time }, (_, t) => values.slice(t * width, (t + 1) * width));
    return { length, inputs: rows(batch.inputs, BITS + 1), targets: rows(batch.targets, BITS) };
  }

  /** What the network makes of a sequence now, and where its heads are meanwhile. */
  answer({ inputs }) {
    const { outputs, trace } = this.#model.run(this.#engine, inputs, { trace: ["writeWeights", "readWeights"] });
    return { logits: outputs, writeWeights: trace.writeWeights, readWeights: trace.readWeights };
  }

  /** The bytes of a file that `load` and the command line understand. */
  save() {
    return save(this.#model, { task: this.#task });
  }

  async dispose() {
    await this.#training.return();
    this.#engine.dispose();
  }
}
