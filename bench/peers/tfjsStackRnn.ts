import tf from "@tensorflow/tfjs";
import type { StackRNN } from "../../bindings/systems/stackRNN/stackRNN.js";
import { crossEntropy, TfjsVariables } from "./tfjsVariables.js";

/** The stack-augmented RNN in tfjs, with the weights of one of ours, soft and without NO-OP and recurrence. */
export class TfjsStackRNN {
  readonly variables: TfjsVariables;
  readonly #options: StackRNN["options"];

  constructor(model: StackRNN) {
    const { noop, recurrent } = model.options;
    if (noop || recurrent) throw new RangeError("The tfjs model has neither NO-OP nor recurrence");
    this.#options = model.options;
    this.variables = new TfjsVariables(model);
  }

  /** xs (time, batch, inputs), targets (time, batch, outputs) one-hot, mask (time, batch) → nats a sequence. */
  loss(xs: tf.Tensor3D, targets: tf.Tensor, mask: tf.Tensor): tf.Scalar {
    const { stacks: count, capacity, depth } = this.#options;
    const [, batch] = xs.shape;
    const { variables } = this;
    let stacks = tf.fill([batch, count, capacity], -1);
    const empty = tf.fill([batch, count, 1], -1);
    const logits: tf.Tensor[] = [];
    for (const x of tf.unstack(xs)) {
      const tops = tf.reshape(tf.slice(stacks, [0, 0, 0], [-1, -1, depth]), [batch, count * depth]);
      const hidden = tf.sigmoid(variables.linear("hidden", tf.concat([x, tops], 1)));
      const actions = tf.softmax(tf.reshape(variables.linear("actions", hidden), [batch, count, 2]));
      const [push, pop] = tf.split(actions, 2, 2) as [tf.Tensor, tf.Tensor];
      const pushed = tf.reshape(tf.sigmoid(variables.linear("values", hidden)), [batch, count, 1]);
      const down = tf.concat([pushed, tf.slice(stacks, [0, 0, 0], [-1, -1, capacity - 1])], 2);
      const up = tf.concat([tf.slice(stacks, [0, 0, 1], [-1, -1, capacity - 1]), empty], 2);
      stacks = tf.add(tf.mul(push, down), tf.mul(pop, up));
      logits.push(variables.linear("output", hidden));
    }
    return tf.div(crossEntropy(tf.stack(logits), targets, mask), batch);
  }

  dispose(): void {
    this.variables.dispose();
  }
}
