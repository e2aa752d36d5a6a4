import tf from "@tensorflow/tfjs";
import type { EndToEndMemoryNetwork } from "../../bindings/systems/endToEndMemoryNetwork/endToEndMemoryNetwork.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import { crossEntropy, TfjsVariables } from "./tfjsVariables.js";

/** Bags of words, counted, and counted by their places: two of (rows, words of the table). */
interface Bags {
  readonly counted: tf.Tensor2D;
  readonly placed: tf.Tensor2D;
}

/**
 * The end-to-end memory network in tfjs, with the weights of one of ours, adjacent and with position encoding. tfjs' wasm
 * backend has no gradient of a gather, so bags are counts of words, and a product with a table adds its rows up: l_jk is
 * 1 + s_j w_k, so that two products are enough.
 */
export class TfjsMemoryNetwork {
  readonly variables: TfjsVariables;
  readonly #options: EndToEndMemoryNetwork["options"];
  readonly #byColumn: tf.Tensor1D;

  constructor(model: EndToEndMemoryNetwork) {
    const { tying, encoding, nonlinear, embeddingSize: d } = model.options;
    if (tying !== "adjacent" || encoding !== "position" || nonlinear) {
      throw new RangeError("The tfjs model is adjacent, with position encoding and without ReLU");
    }
    this.#options = model.options;
    this.variables = new TfjsVariables(model);
    this.#byColumn = tf.tensor1d(Array.from({ length: d }, (_, k) => k + 1 - (d + 1) / 2));
  }

  /** A batch of so many questions → nats a question. */
  loss(batch: Batch, count: number): tf.Scalar {
    const { slots, words, hops, embeddingSize: d, symbols } = this.#options;
    const table = (k: number): tf.Tensor2D => this.variables.of(`embedding${k}`) as tf.Tensor2D;
    const stories = this.#bags(batch.block("story"), count * slots, words + 1);
    const memories = Array.from({ length: hops + 1 }, (_, k) =>
      tf.reshape(this.#embed(stories, table(k + 1)), [count, slots, d]),
    );
    const asked = this.#bags(batch.block("question"), count, words);
    let u: tf.Tensor2D = this.#embed(asked, table(1));
    for (let hop = 0; hop < hops; ++hop) {
      const p = tf.softmax(tf.matMul(tf.reshape(u, [count, 1, d]), memories[hop]!, false, true));
      u = tf.add(u, tf.reshape(tf.matMul(p, memories[hop + 1]!), [count, d]));
    }
    const logits = tf.matMul(u, tf.slice(table(hops + 1), [0, 0], [symbols.length, d]), false, true);
    const classes = tf.tensor1d(Int32Array.from(batch.block("answer").subarray(0, count)), "int32");
    const targets = tf.cast(tf.oneHot(classes, symbols.length), "float32");
    return tf.div(crossEntropy(logits, targets, tf.ones([count])), count);
  }

  #embed({ counted, placed }: Bags, table: tf.Tensor2D): tf.Tensor2D {
    return tf.add(tf.matMul(counted, table), tf.mul(tf.matMul(placed, table), this.#byColumn));
  }

  /** Counts of the words of each row, of which there are `size`; those that are −1 are none. */
  #bags(indices: Float32Array, rows: number, size: number): Bags {
    const { symbols, slots, words, embeddingSize: d } = this.#options;
    const [columns, all] = [words + 1, symbols.length + slots];
    const counted = new Float32Array(rows * all);
    const placed = new Float32Array(rows * all);
    for (let at = 0; at < rows * size; ++at) {
      const word = indices[at]!;
      if (word < 0) continue;
      const cell = Math.floor(at / size) * all + word;
      counted[cell]! += 1;
      placed[cell]! += (4 * ((at % size) + 1 - (columns + 1) / 2)) / (d * columns);
    }
    return { counted: tf.tensor2d(counted, [rows, all]), placed: tf.tensor2d(placed, [rows, all]) };
  }

  dispose(): void {
    this.variables.dispose();
    this.#byColumn.dispose();
  }
}
