import tf from "@tensorflow/tfjs";
import type { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { tfjsOps } from "./tfjsOps.js";

/** What a step hands to the next, as a type that `tf.dispose` and `tf.keep` understand. */
export type TfjsState = {
  h: tf.Tensor;
  c: tf.Tensor;
  memory: tf.Tensor;
  read: tf.Tensor;
  readWeights: tf.Tensor;
  writeWeights: tf.Tensor;
};

/**
 * The Neural Turing Machine in tfjs, with the weights of one of ours: the same network, shaped as suits tfjs. Its cost
 * is the number of kernels it starts, so products with a bias are fused, sharpening is a softmax of logarithms, all
 * shifts are one product, and in training one product makes the outputs of all steps.
 */
export class TfjsNTM {
  /** By their paths in our model. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #options: NeuralTuringMachine["options"];

  readonly #ops: typeof tfjsOps;

  constructor({ options, parameters }: NeuralTuringMachine, ops = tfjsOps) {
    const { controller, order, keyActivation } = options;
    if (`${[controller, order, keyActivation]}` !== "lstm,write-read,tanh") {
      throw new RangeError("The tfjs model has an LSTM controller, writes before it reads, and takes tanh of its keys");
    }
    this.#options = options;
    this.#ops = ops;
    const variable = (values: Float32Array, shape: readonly number[]): tf.Variable =>
      tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...shape])));
    this.variables = Object.fromEntries(
      parameters.parameters.map((parameter) => [
        parameter.path,
        variable(parameters.valuesOf(parameter), parameter.shape),
      ]),
    );
  }

  initialState(batch: number): TfjsState {
    const { slots, width, initialMemory } = this.#options;
    const rows = (row: tf.Tensor): tf.Tensor => this.#ops.broadcast([row], { count: batch });
    return {
      h: rows(this.#variable("controller.lstm.h0")),
      c: rows(this.#variable("controller.lstm.c0")),
      memory: tf.fill([batch, slots, width], initialMemory),
      read: rows(tf.tanh(this.#variable("initialRead"))),
      readWeights: rows(tf.softmax(this.#variable("initialReadWeights"))),
      writeWeights: rows(tf.softmax(this.#variable("initialWriteWeights"))),
    };
  }

  /** One time step. x: (batch, inputSize) → logits: (batch, outputSize). */
  step(x: tf.Tensor, state: TfjsState): [logits: tf.Tensor, next: TfjsState] {
    const next = this.#next(x, state);
    return [this.#linear("output", tf.concat([next.h, next.read], 1)), next];
  }

  /** All steps. xs: (time, batch, inputSize) → logits: (time, batch, outputSize). */
  run(xs: tf.Tensor): tf.Tensor {
    const [time, batch] = xs.shape as [number, number];
    let state = this.initialState(batch);
    const features: tf.Tensor[] = [];
    for (const x of tf.unstack(xs)) {
      state = this.#next(x, state);
      features.push(tf.concat([state.h, state.read], 1));
    }
    return tf.reshape(this.#linear("output", tf.concat(features)), [time, batch, -1]);
  }

  /** Cross-entropy on logits, in nats a sequence. targets: (time, batch, outputSize), mask: (time, batch). */
  loss(xs: tf.Tensor, targets: tf.Tensor, mask: tf.Tensor): tf.Scalar {
    return tf.div(this.#ops.binaryCrossEntropy([this.run(xs), targets, mask]), xs.shape[1]!);
  }

  dispose(): void {
    tf.dispose(this.variables);
  }

  #next(x: tf.Tensor, state: TfjsState): TfjsState {
    const { readHeads, width } = this.#options;
    const gates = this.#linear("controller.lstm.gates", tf.concat([x, state.read, state.h], 1));
    const [h, c] = this.#ops.lstmCell([gates, state.c]);
    const { where, vectors } = this.#heads("writeHeads", h, 2);
    const writeWeights = this.#address(where, state.memory, state.writeWeights);
    const [erase, add] = [tf.sigmoid(vectors[0]), tf.tanh(vectors[1])];
    const memory = this.#ops.eraseAdd([state.memory, writeWeights, erase, add]); // (3), (4)
    const readWeights = this.#address(this.#heads("readHeads", h, 0).where, memory, state.readWeights);
    const read = tf.reshape(this.#ops.weightedRead([memory, readWeights]), [-1, readHeads * width]); // (2)
    return { h, c, memory, read, readWeights, writeWeights };
  }

  /** What the heads want: key, strength, gate, shift, sharpness; and more vectors of the key's width. */
  #heads(name: "readHeads" | "writeHeads", h: tf.Tensor, count: number): { where: tf.Tensor[]; vectors: tf.Tensor[] } {
    const { width, shifts, clipTo, [name]: heads } = this.#options;
    const raw = this.#linear(`${name}.parameters`, h);
    const clipped = clipTo === Infinity ? raw : tf.clipByValue(raw, -clipTo, clipTo);
    const sizes = [width, 1, 1, shifts, 1, ...Array<number>(count).fill(width)];
    const fields = tf.split(tf.reshape(clipped, [-1, heads, (1 + count) * width + shifts + 3]), sizes, 2);
    return { where: fields.slice(0, 5), vectors: fields.slice(5) };
  }

  /** Equations (5) to (9). */
  #address([k, β, g, s, γ]: tf.Tensor[], memory: tf.Tensor, previous: tf.Tensor): tf.Tensor {
    const { epsilon } = this.#options;
    const scalar = (field: tf.Tensor): tf.Tensor => tf.squeeze(field, [2]);
    const strength = tf.softplus(scalar(β));
    const content = tf.softmax(this.#ops.contentSimilarity([memory, tf.tanh(k), strength], { epsilon })); // (5), (6)
    const gated = this.#ops.interpolate([tf.sigmoid(scalar(g)), content, previous]); // (7)
    const shifted = this.#ops.circularConvolution([gated, tf.softmax(s)]); // (8)
    return this.#ops.sharpen([shifted, tf.add(tf.softplus(scalar(γ)), 1)]); // (9)
  }

  #linear(name: string, x: tf.Tensor): tf.Tensor {
    return this.#ops.linear([x, this.#variable(`${name}.weights`), this.#variable(`${name}.bias`)]);
  }

  #variable(path: string): tf.Tensor {
    const variable = this.variables[path];
    if (!variable) throw new Error(`The model has no parameter ${path}`);
    return variable;
  }
}
