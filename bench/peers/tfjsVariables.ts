import tf from "@tensorflow/tfjs";
import type { Model } from "../../bindings/models/model.js";

/** The parameters of one of our models as tfjs' variables, by their paths. */
export class TfjsVariables {
  readonly all: Readonly<Record<string, tf.Variable>>;

  constructor({ parameters }: Pick<Model<string>, "parameters">) {
    this.all = Object.fromEntries(
      parameters.parameters.map((parameter) => [
        parameter.path,
        tf.tidy(() => tf.variable(tf.tensor(parameters.valuesOf(parameter).slice(), [...parameter.shape]))),
      ]),
    );
  }

  of(path: string): tf.Tensor {
    const variable = this.all[path];
    if (!variable) throw new RangeError(`There is no parameter ${path}`);
    return variable;
  }

  /** A linear layer with its bias, in one kernel: x (rows, inputs). */
  linear(path: string, x: tf.Tensor): tf.Tensor2D {
    return tf.fused.matMul({
      a: x as tf.Tensor2D,
      b: this.of(`${path}.weights`) as tf.Tensor2D,
      bias: this.of(`${path}.bias`),
    }) as tf.Tensor2D;
  }

  dispose(): void {
    tf.dispose(this.all);
  }
}

/** Cross-entropy of softmax, weighted: logits (rows, classes), targets one-hot, mask (rows) → the sum. */
export const crossEntropy = (logits: tf.Tensor, targets: tf.Tensor, mask: tf.Tensor): tf.Scalar =>
  tf.neg(tf.sum(tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), targets), -1), mask)));
