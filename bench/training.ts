import { sequenceLayout } from "../bindings/models/sequenceLayout.js";
import tf from "@tensorflow/tfjs";
import type { Engine } from "../bindings/engine/engine.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { Batch } from "../bindings/tasks/batch.js";
import { copyTask } from "../bindings/tasks/copy.js";
import type { Task } from "../bindings/tasks/task.js";
import { adam } from "../bindings/training/optimizers.js";
import { Trainer } from "../bindings/training/trainer.js";
import { trainingProgram } from "../bindings/training/trainingProgram.js";
import { array, type NDArray } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import { runProgram } from "../tests/support/program.js";
import type { Benchmark, Contest } from "./contest.js";
import { fromTensor } from "./peers/tfjs.js";
import { TfjsNTM } from "./peers/tfjsNtm.js";

export const LENGTH = 20;
const LEARNING_RATE = 1e-3;
const SEED = 1;
/** The random stream that our trainer draws from. */
const TRAINING_STREAM = 0;

/** One step of training on copies of length 20: draw a batch, forward, backward, Adam, read the loss. */
export function trainingBenchmarks(engine: Engine): Benchmark[] {
  return [1, 16].map((batch) => ({
    group: "training",
    name: `ntm training step, batch ${batch}, length ${LENGTH}`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine, batch),
  }));
}

async function prepare(engine: Engine, batch: number): Promise<Contest> {
  const task = copyTask({ minLength: LENGTH, maxLength: LENGTH, seed: SEED });
  const model = new NeuralTuringMachine({ inputSize: task.inputSize, outputSize: task.outputSize, seed: SEED });
  const optimizer = adam({ learningRate: LEARNING_RATE });
  expectSameGradients(engine, model, task, batch);
  const theirs = new TfjsTrainer(model, task, batch);
  const ours = new Trainer(engine, model, task, { batch, optimizer, clip: {}, seed: SEED });
  for (let step = 0; step < 2; ++step) {
    close(array([1], [(await ours.run()).loss]), array([1], [theirs.run()]), { rtol: 1e-3 });
  }
  const dispose = (): void => {
    ours.dispose();
    theirs.dispose();
  };
  return {
    ours: { run: () => ours.run(), runs: 1, async: true },
    peer: { run: () => void theirs.run(), runs: 1 },
    dispose,
  };
}

/**
 * Differentiates the loss of a task's first batch on both sides.
 * @throws Error unless each parameter's gradient is theirs within 0.1% of its largest element.
 */
export function expectSameGradients(engine: Engine, model: NeuralTuringMachine, task: Task, batch: number): void {
  const trainer = new TfjsTrainer(model, task, batch);
  const theirs = trainer.gradients();
  trainer.dispose();
  const data = new Batch(sequenceLayout(task));
  task.generate(new Random(task.seed, TRAINING_STREAM), batch, data);
  const cells = data.time * batch;
  const inputs = {
    x: array([data.time, batch, task.inputSize], data.inputs.subarray(0, cells * task.inputSize)),
    targets: array([data.time, batch, task.outputSize], data.targets.subarray(0, cells * task.outputSize)),
    mask: array([data.time, batch], data.mask.subarray(0, cells)),
    weight: array([1], [1 / batch]),
  };
  const program = trainingProgram(model, task, batch, true);
  const lengths = { time: data.time };
  const { gradients } = runProgram(engine, program, inputs, { lengths, parameters: model.parameters.values });
  for (const { path, shape, offset, size } of model.parameters.parameters) {
    const expected = theirs.get(path)!;
    const largest = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const actual = array(shape, gradients.subarray(offset, offset + size));
    try {
      close(actual, expected, { rtol: 1e-3, atol: 1e-3 * largest });
    } catch (error) {
      throw new Error(`The gradient of ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** As our trainer: it draws the same batches and returns the loss. */
class TfjsTrainer {
  readonly #network: TfjsNTM;
  readonly #task: Task;
  readonly #count: number;
  readonly #random: Random;
  readonly #optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  readonly #batch: Batch;

  constructor(model: NeuralTuringMachine, task: Task, count: number) {
    this.#network = new TfjsNTM(model);
    this.#task = task;
    this.#count = count;
    this.#random = new Random(task.seed, TRAINING_STREAM);
    this.#batch = new Batch(sequenceLayout(task));
  }

  run(): number {
    const { value, grads } = this.#differentiate();
    this.#optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    value.dispose();
    tf.dispose(grads);
    return loss!;
  }

  /** Gradients of the first batch, by parameter. */
  gradients(): Map<string, NDArray> {
    const { value, grads } = this.#differentiate();
    const variables = Object.entries(this.#network.variables);
    const values = new Map(variables.map(([path, { name }]) => [path, fromTensor(grads[name]!)]));
    value.dispose();
    tf.dispose(grads);
    return values;
  }

  #differentiate(): ReturnType<typeof tf.variableGrads> {
    const batch = this.#batch;
    const count = this.#count;
    this.#task.generate(this.#random, count, batch);
    const { time, inputSize, targetSize: outputSize } = batch;
    const tensor = (data: Float32Array, ...shape: number[]): tf.Tensor =>
      tf.tensor(
        data.slice(
          0,
          shape.reduce((a, b) => a * b),
        ),
        shape,
      );
    return tf.tidy(() =>
      tf.variableGrads(
        () =>
          this.#network.loss(
            tensor(batch.inputs, time, count, inputSize),
            tensor(batch.targets, time, count, outputSize),
            tensor(batch.mask, time, count),
          ),
        Object.values(this.#network.variables),
      ),
    );
  }

  dispose(): void {
    this.#network.dispose();
    this.#optimizer.dispose();
  }
}
