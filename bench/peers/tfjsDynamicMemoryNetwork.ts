import tf from "@tensorflow/tfjs";
import type { DynamicMemoryNetwork } from "../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import { crossEntropy, TfjsVariables } from "./tfjsVariables.js";

/**
 * The dynamic memory network in tfjs, with the weights of one of ours, of gates and a GRU over words, from answers alone.
 * tfjs' wasm backend has no gradient of a gather, so words and the states at ends of sentences are products with one-hot rows.
 */
export class TfjsDynamicMemoryNetwork {
  readonly variables: TfjsVariables;
  readonly #options: DynamicMemoryNetwork["options"];

  constructor(model: DynamicMemoryNetwork) {
    const { attention, encoding, supportWeight, dropout } = model.options;
    if (attention !== "gate" || encoding !== "words" || supportWeight || dropout) {
      throw new RangeError("The tfjs model has gates and a GRU over words, without supporting facts and dropout");
    }
    this.#options = model.options;
    this.variables = new TfjsVariables(model);
  }

  /** A batch of so many questions → nats a question. */
  loss(batch: Batch, count: number): tf.Scalar {
    const { episodes, symbols, hiddenSize: d } = this.#options;
    const { sentences, words, asked } = batch.dimensions as Record<"sentences" | "words" | "asked", number>;
    const table = this.variables.linear("reader.words.input", this.variables.of("reader.embedding.vectors"));
    const read = (name: string, steps: number, ends: string, rows: number): tf.Tensor => {
      const vectors = tf.unstack(
        tf.reshape(tf.matMul(oneHot(batch, name, steps * count, symbols.length), table), [steps, count, 3 * d]),
      );
      let h: tf.Tensor = tf.zeros([count, d]);
      const states = tf.transpose(tf.stack(vectors.map((x) => (h = this.#advance("reader.words", x, h)))), [1, 0, 2]);
      const places = tf.reshape(oneHot(batch, ends, rows * count, steps), [rows, count, steps]);
      return tf.transpose(tf.matMul(tf.transpose(places, [1, 0, 2]), states), [1, 0, 2]);
    };
    const facts = read("text", words, "ends", sentences);
    const question = tf.squeeze(read("question", asked, "questionEnd", 1), [0]);
    const told = tf.tensor2d(batch.block("told").subarray(0, sentences * count), [sentences, count]);
    const flat = tf.reshape(facts, [sentences * count, d]);
    const projected = tf.unstack(
      tf.reshape(this.variables.linear("memory.episode.input", flat), [sentences, count, 3 * d]),
    );
    let memory: tf.Tensor = question;
    for (let episode = 0; episode < episodes; ++episode) {
      const gates = tf.unstack(tf.mul(this.#gates(facts, question, memory), told));
      let h: tf.Tensor = tf.zeros([count, d]);
      projected.forEach((x, s) => {
        const change = tf.sub(this.#advance("memory.episode", x, h), h);
        h = tf.add(h, tf.mul(tf.reshape(gates[s]!, [count, 1]), change));
      });
      memory = this.#advance("memory.update", this.variables.linear("memory.update.input", h), memory);
    }
    const targets = oneHot(batch, "answer", count, symbols.length);
    return tf.div(crossEntropy(this.variables.linear("output", memory), targets, tf.ones([count])), count);
  }

  #gates(facts: tf.Tensor, question: tf.Tensor, memory: tf.Tensor): tf.Tensor {
    const [sentences, count, d] = facts.shape as [number, number, number];
    const [q, m] = [question, memory].map((x) => tf.tile(tf.expandDims(x, 0), [sentences, 1, 1])) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const between = (x: tf.Tensor): tf.Tensor[] => [tf.mul(facts, x), tf.square(tf.sub(facts, x))];
    const features = tf.reshape(tf.concat([facts, q, m, ...between(q), ...between(m)], 2), [sentences * count, 7 * d]);
    const hidden = tf.tanh(this.variables.linear("memory.scores", features));
    return tf.sigmoid(tf.reshape(this.variables.linear("memory.scores.score", hidden), [sentences, count]));
  }

  /** A step of a GRU, of what its input layer has made of an input. */
  #advance(name: string, x: tf.Tensor, h: tf.Tensor): tf.Tensor {
    const [xr, xz, xn] = tf.split(x, 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [hr, hz, hn] = tf.split(this.variables.linear(`${name}.hidden`, h), 3, -1) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const n = tf.tanh(tf.add(xn, tf.mul(tf.sigmoid(tf.add(xr, hr)), hn)));
    return tf.add(n, tf.mul(tf.sigmoid(tf.add(xz, hz)), tf.sub(h, n)));
  }

  dispose(): void {
    this.variables.dispose();
  }
}

/** The numbers of a field of a batch as one-hot rows; −1 is none. */
function oneHot(batch: Batch, name: string, rows: number, classes: number): tf.Tensor2D {
  const indices = tf.tensor1d(Int32Array.from(batch.block(name).subarray(0, rows)), "int32");
  return tf.cast(tf.oneHot(indices, classes), "float32") as tf.Tensor2D;
}
