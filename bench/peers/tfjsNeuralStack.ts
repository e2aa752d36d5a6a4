import tf from "@tensorflow/tfjs";
import type { NeuralStack } from "../../bindings/systems/neuralStack/neuralStack.js";
import { tfjsOps } from "./tfjsOps.js";

/** Memory between steps, the newest row last: values (batch, rows, width), strengths (batch, rows). */
interface Memory {
  readonly values: tf.Tensor | undefined;
  readonly strengths: tf.Tensor2D | undefined;
  readonly read: tf.Tensor;
}

/**
 * A neural stack in tfjs, with the weights of one of ours, shaped as suits tfjs: the memory grows by a row a step, sums
 * over rows are one kernel, and one product makes the outputs of all steps.
 */
export class TfjsNeuralStack {
  /** By their paths in our model. */
  readonly variables: Readonly<Record<string, tf.Variable>>;

  constructor({ options, parameters }: NeuralStack) {
    if (`${options.memory}, ${options.cell}` !== "stack, lstm") {
      throw new RangeError(`The tfjs model has a stack and an LSTM, and ours a ${options.memory} and ${options.cell}`);
    }
    this.variables = Object.fromEntries(
      parameters.parameters.map((parameter) => [
        parameter.path,
        tf.tidy(() => tf.variable(tf.tensor(parameters.valuesOf(parameter).slice(), [...parameter.shape]))),
      ]),
    );
  }

  /** Cross-entropy in nats a sequence. xs: (time, batch, inputSize); targets: (time · batch), mask: (time · batch). */
  loss(xs: tf.Tensor, targets: tf.Tensor1D, mask: tf.Tensor): tf.Scalar {
    const [, batch] = xs.shape as [number, number];
    const features = tf.tanh(this.#linear("hidden", tf.concat(this.#outputs(xs))));
    const logits = this.#linear("output", features);
    const chosen = tf.oneHot(targets, logits.shape[1]!);
    const nats = tf.neg(tf.sum(tf.mul(chosen, tf.logSoftmax(logits)), 1));
    return tf.div(tf.sum(tf.mul(nats, mask)), batch);
  }

  /** What the controller puts out at each step: (batch, hidden). */
  #outputs(xs: tf.Tensor): tf.Tensor[] {
    const [, batch, inputSize] = xs.shape as [number, number, number];
    const embedded = tf.reshape(this.#linear("embedding", tf.reshape(xs, [-1, inputSize])), [
      -1,
      batch,
      this.#embedding,
    ]);
    const rows = (name: string): tf.Tensor => tfjsOps.broadcast([this.variables[name]!], { count: batch });
    let [h, c] = [rows("cell.controller.h0"), rows("cell.controller.c0")];
    let memory: Memory = { values: undefined, strengths: undefined, read: tf.zeros([batch, this.#width]) };
    return tf.unstack(embedded).map((x) => {
      const gates = this.#linear("cell.controller.gates", tf.concat([x, memory.read, h], 1));
      [h, c] = tfjsOps.lstmCell([gates, c]) as [tf.Tensor, tf.Tensor];
      memory = this.#step(h, memory);
      return h;
    });
  }

  #step(h: tf.Tensor, { values, strengths }: Memory): Memory {
    const push = tf.sigmoid(this.#linear("cell.memory.push", h)) as tf.Tensor2D;
    const pop = tf.sigmoid(this.#linear("cell.memory.pop", h));
    const pushed = tf.expandDims(tf.tanh(this.#linear("cell.memory.values", h)), 1);
    const above = (s: tf.Tensor): tf.Tensor => tf.cumsum(s, 1, true, true);
    const left = strengths && tf.relu(tf.sub(strengths, tf.relu(tf.sub(pop, above(strengths)))));
    const next = (left ? tf.concat([left, push], 1) : push) as tf.Tensor2D; // (2)
    const all = values ? tf.concat([values, pushed], 1) : pushed; // (1)
    const weights = tf.minimum(next, tf.relu(tf.sub(1, above(next))));
    const read = tf.squeeze(tf.matMul(tf.expandDims(weights, 1), all), [1]); // (3)
    return { values: all, strengths: next, read };
  }

  get #width(): number {
    return this.variables["cell.memory.values.bias"]!.shape[0]!;
  }

  get #embedding(): number {
    return this.variables["embedding.bias"]!.shape[0]!;
  }

  #linear(name: string, x: tf.Tensor): tf.Tensor {
    return tfjsOps.linear([x, this.variables[`${name}.weights`]!, this.variables[`${name}.bias`]!]) as tf.Tensor;
  }

  dispose(): void {
    tf.dispose(this.variables);
  }
}
