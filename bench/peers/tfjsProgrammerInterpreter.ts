import tf from "@tensorflow/tfjs";
import type { NeuralProgrammerInterpreter } from "../../bindings/systems/neuralProgrammerInterpreter/neuralProgrammerInterpreter.js";

/** What a step of a frame is to be learned as, and which of its arguments are. */
export interface FrameTargets {
  /** (time, batch, 2 + 2 · arguments), as the task of programs has it. */
  readonly targets: tf.Tensor3D;
  /** (time, batch): 1 at the steps of a frame. */
  readonly mask: tf.Tensor2D;
  /** How many values each argument has. */
  readonly slots: readonly number[];
}

/** The Neural Programmer-Interpreter in tfjs, with the weights of one of ours; heads and losses are of all steps at once. */
export class TfjsProgrammerInterpreter {
  /** By their paths in our model. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #options: NeuralProgrammerInterpreter["options"];

  constructor({ options, parameters }: NeuralProgrammerInterpreter) {
    this.#options = options;
    this.variables = Object.fromEntries(
      parameters.parameters.map((parameter) => [
        parameter.path,
        tf.tidy(() => tf.variable(tf.tensor(parameters.valuesOf(parameter).slice(), [...parameter.shape]))),
      ]),
    );
  }

  /** Frames (time, batch, inputSize) → logits (time · batch, …) of return and arguments, and of programs. */
  #run(xs: tf.Tensor3D): [decisions: tf.Tensor2D, scores: tf.Tensor2D] {
    const { inputSize, programs, layers, hiddenSize } = this.#options;
    const [time, batch] = xs.shape;
    const all = tf.reshape(xs, [time * batch, inputSize]);
    const observed = tf.slice(all, [0, 0], [-1, inputSize - programs]);
    const running = tf.slice(all, [0, inputSize - programs], [-1, programs]);
    const state = this.#linear("encoder", observed as tf.Tensor2D, "relu");
    const program = tf.matMul(running, this.variables["embeddings"] as tf.Tensor2D);
    const fused = this.#linear(
      "fused",
      this.#linear("fusion", tf.concat2d([state, program as tf.Tensor2D], 1), "relu"),
    );
    let steps = tf.split(fused, time) as tf.Tensor2D[];
    for (let layer = 0; layer < layers; ++layer) {
      const initial = (name: string): tf.Tensor2D =>
        tf.tile(tf.reshape(this.variables[`core${layer}.${name}`]!, [1, hiddenSize]), [batch, 1]);
      let [h, c] = [initial("h0"), initial("c0")];
      steps = steps.map((x) => {
        const gates = tf.split(this.#linear(`core${layer}.gates`, tf.concat([x, h], 1)), 4, 1) as tf.Tensor2D[];
        const kept = tf.mul(tf.sigmoid(gates[1]!), c);
        c = tf.add(kept, tf.mul(tf.sigmoid(gates[0]!), tf.tanh(gates[2]!)));
        h = tf.mul(tf.sigmoid(gates[3]!), tf.tanh(c));
        return h;
      });
    }
    const hidden = tf.concat(steps, 0);
    const key = this.#linear("key", hidden);
    return [this.#linear("decisions", hidden), tf.matMul(key, this.variables["keys"] as tf.Tensor2D, false, true)];
  }

  #linear(path: string, x: tf.Tensor2D, activation: "relu" | "linear" = "linear"): tf.Tensor2D {
    const [a, b, bias] = [x, this.variables[`${path}.weights`] as tf.Tensor2D, this.variables[`${path}.bias`]!];
    return tf.fused.matMul({ a, b, bias, activation }) as tf.Tensor2D;
  }

  /** The loss of a batch of frames, a mean a frame. */
  loss(xs: tf.Tensor3D, { targets, mask, slots }: FrameTargets): tf.Scalar {
    const [time, batch, size] = targets.shape;
    const [decisions, scores] = this.#run(xs);
    const rows = tf.reshape(targets, [time * batch, size]);
    const column = (index: number): tf.Tensor1D => tf.reshape(tf.slice(rows, [0, index], [-1, 1]), [-1]);
    const inside = tf.reshape(mask, [-1]) as tf.Tensor1D;
    const crossEntropy = (logits: tf.Tensor2D, classes: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar => {
      const wanted = tf.oneHot(tf.cast(tf.relu(classes), "int32"), logits.shape[1]);
      const each = tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), 1));
      return tf.sum(tf.mul(each, weights)) as tf.Scalar;
    };
    const end = tf.reshape(tf.slice(decisions, [0, 0], [-1, 1]), [-1]) as tf.Tensor1D;
    const returned = tf.sub(tf.softplus(end), tf.mul(end, column(0)));
    const losses = [tf.sum(tf.mul(returned, inside)), crossEntropy(scores, column(1), inside)];
    let begin = 1;
    slots.forEach((count, i) => {
      const logits = tf.slice(decisions, [0, begin], [-1, count]) as tf.Tensor2D;
      losses.push(crossEntropy(logits, column(2 + i), column(2 + slots.length + i)));
      begin += count;
    });
    return tf.div(tf.addN(losses), batch) as tf.Scalar;
  }

  dispose(): void {
    tf.dispose(Object.values(this.variables));
  }
}
