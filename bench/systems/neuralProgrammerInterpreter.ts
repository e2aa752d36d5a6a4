import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { Random } from "../../bindings/common/random/philox.js";
import { additionProgramsTask } from "../../bindings/systems/neuralProgrammerInterpreter/addition.js";
import { CallLayout } from "../../bindings/systems/neuralProgrammerInterpreter/layout.js";
import { NeuralProgrammerInterpreter } from "../../bindings/systems/neuralProgrammerInterpreter/neuralProgrammerInterpreter.js";
import type { ProgramTask } from "../../bindings/systems/neuralProgrammerInterpreter/programTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsProgrammerInterpreter } from "../peers/tfjsProgrammerInterpreter.js";

const BATCH = 16;
const LEARNING_RATE = 1e-3;
const SEED = 1;

/** One step of training on frames of recursive addition, with the core of the recipe. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "programs",
    name: `npi training step, batch ${BATCH}, frames of recursive addition`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

async function prepare(engine: Engine): Promise<Contest> {
  const task = additionProgramsTask({ recursive: true, problems: 200, minLength: 3, maxLength: 3, seed: SEED });
  const { inputSize, outputSize, programs } = task;
  const sizes = { hiddenSize: 64, layers: 1, stateSize: 256, programSize: 32, keySize: 16 };
  const model = new NeuralProgrammerInterpreter({ inputSize, outputSize, programs, ...sizes, seed: SEED });
  const theirs = new TfjsTrainer(model, task);
  const optimizer = adam({ learningRate: LEARNING_RATE });
  const ours = new Trainer(engine, model, task, { batch: BATCH, optimizer, clip: {}, seed: SEED });
  // The same losses of the same batches also after steps: gradients and updates are the same, too.
  for (let step = 0; step < 4; ++step) {
    close(array([1], [(await ours.run()).loss]), array([1], [theirs.run()]), { rtol: 1e-3 });
  }
  return {
    ours: { run: () => ours.run(), runs: 1, async: true },
    peer: { run: () => void theirs.run(), runs: 1 },
    dispose() {
      ours.dispose();
      theirs.dispose();
    },
  };
}

/** As our trainer: it draws the same batches and returns the loss. */
class TfjsTrainer {
  readonly #network: TfjsProgrammerInterpreter;
  readonly #task: ProgramTask;
  readonly #slots: readonly number[];
  readonly #random = new Random(SEED, 0);
  readonly #optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  readonly #batch: Batch;
  #step = 0;

  constructor(model: NeuralProgrammerInterpreter, task: ProgramTask) {
    this.#network = new TfjsProgrammerInterpreter(model);
    this.#task = task;
    this.#slots = new CallLayout(task.environment).slots;
    this.#batch = new Batch(sequenceLayout(task));
  }

  run(): number {
    const batch = this.#batch;
    this.#task.generate(this.#random, BATCH, batch, { step: ++this.#step });
    const { time, inputSize, targetSize } = batch;
    const tensor = (data: Float32Array, ...shape: number[]): tf.Tensor =>
      tf.tensor(
        data.slice(
          0,
          shape.reduce((a, b) => a * b),
        ),
        shape,
      );
    const { value, grads } = tf.tidy(() =>
      tf.variableGrads(
        () =>
          this.#network.loss(tensor(batch.inputs, time, BATCH, inputSize) as tf.Tensor3D, {
            targets: tensor(batch.targets, time, BATCH, targetSize) as tf.Tensor3D,
            mask: tensor(batch.mask, time, BATCH) as tf.Tensor2D,
            slots: this.#slots,
          }),
        Object.values(this.#network.variables),
      ),
    );
    this.#optimizer.applyGradients(Object.entries(grads).map(([name, each]) => ({ name, tensor: each })));
    const [loss] = value.dataSync();
    value.dispose();
    tf.dispose(grads);
    return loss!;
  }

  dispose(): void {
    this.#network.dispose();
    this.#optimizer.dispose();
  }
}
