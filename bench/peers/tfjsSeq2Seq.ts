import tf from "@tensorflow/tfjs";
import type { AttentionSeq2Seq } from "../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import { tfjsOps } from "./tfjsOps.js";

type State = tf.Tensor[];

/** What the encoder leaves to the decoder. */
interface Source {
  readonly values: tf.Tensor;
  readonly keys: tf.Tensor;
  /** 0 where there is an annotation, −1e9 where there is none. */
  readonly penalty: tf.Tensor;
  readonly state: State;
}

/**
 * Sequence to sequence with attention in tfjs, with the weights of one of ours: the same network of one layer each way
 * and one of the decoder, shaped as suits tfjs. Its wasm backend has no gradient of a gather, so an embedding is a product
 * with one-hot rows; in training one product makes the logits of all steps.
 */
export class TfjsSeq2Seq {
  /** By their paths in our model. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #options: AttentionSeq2Seq["options"];

  constructor({ options, parameters }: AttentionSeq2Seq) {
    const { cell, encoderLayers, decoderLayers, bidirectional, attention } = options;
    if (cell === "rnn" || `${[encoderLayers, decoderLayers, bidirectional, attention]}` !== "1,1,true,additive") {
      throw new RangeError(
        "The tfjs model has a layer of GRUs or LSTMs each way, one to decode, and additive attention",
      );
    }
    this.#options = options;
    this.variables = Object.fromEntries(
      parameters.parameters.map((parameter) => [
        parameter.path,
        tf.tidy(() => tf.variable(tf.tensor(parameters.valuesOf(parameter).slice(), [...parameter.shape]))),
      ]),
    );
  }

  /** Logits where the truth is fed: (time, batch, symbols). */
  run(batch: Batch): tf.Tensor {
    const { previous, ...fields } = tensorsOf(batch);
    const source = this.#encode(fields["source"]!, fields["inside"]!, fields["lengths"]!);
    const embedded = tf.unstack(this.#embed("targetEmbedding", previous!));
    let state = source.state;
    const outputs = embedded.map((x) => (state = this.#decode(x, state, source)).at(-1)!);
    const [time, rows] = [outputs.length, outputs[0]!.shape[0]!];
    return tf.reshape(this.#linear("output", tf.concat(outputs)), [time, rows, -1]);
  }

  /** Cross-entropy in nats a pair. */
  loss(batch: Batch): tf.Scalar {
    const { targets, mask } = tensorsOf(batch);
    const answers = tf.squeeze(targets!, [2]);
    return tf.div(tfjsOps.categoricalCrossEntropy([this.run(batch), answers, mask!]), batch.count);
  }

  /** What the likeliest symbols are, one after the other, for one source. */
  greedy(numbers: readonly number[], limit: number): number[] {
    return tf.tidy(() => {
      const source = tf.tensor(numbers as number[], [numbers.length, 1]);
      const encoded = this.#encode(source, tf.onesLike(source), tf.tensor1d([numbers.length]));
      let state = encoded.state;
      const said: number[] = [];
      for (let before = 0; said.length < limit;) {
        state = this.#decode(this.#embed("targetEmbedding", tf.tensor([before], [1])), state, encoded);
        [before] = tf.argMax(this.#linear("output", state.at(-1)!), -1).dataSync() as unknown as [number];
        if (before === 0) break;
        said.push(before);
      }
      return said;
    });
  }

  dispose(): void {
    tf.dispose(this.variables);
  }

  #encode(source: tf.Tensor, inside: tf.Tensor, lengths: tf.Tensor): Source {
    const embedded = this.#embed("sourceEmbedding", source);
    const forward = this.#read("encoder.forward0", embedded);
    const back = reversed([this.#read("encoder.backward0", reversed([embedded, lengths])), lengths]);
    const first = (x: tf.Tensor): tf.Tensor => tf.squeeze(tf.slice(x, [0, 0, 0], [1, -1, -1]), [0]);
    const end = tf.concat([first(reversed([forward, lengths])), first(back)], 1);
    const values = tf.transpose(tf.concat([forward, back], 2), [1, 0, 2]);
    const product = tf.matMul(end as tf.Tensor2D, this.#variable("decoder.bridge"));
    const bridged = this.#parts === 1 ? [product] : tf.split(product, this.#parts, 1);
    const initial = this.#initial("decoder.layer0", end.shape[0]!);
    const cells = initial.map((part, i) => tf.tanh(tf.add(part, bridged[i]!)));
    return {
      values,
      keys: tfjsOps.linear([
        values,
        this.#variable("decoder.attention.key.weights"),
        this.#variable("decoder.attention.key.bias"),
      ]),
      penalty: tf.mul(tf.sub(1, tf.transpose(inside)), -1e9),
      state: [...cells, tf.zeros([end.shape[0]!, this.#options.hiddenSize])],
    };
  }

  get #parts(): number {
    return this.#options.cell === "lstm" ? 2 : 1;
  }

  #read(name: string, xs: tf.Tensor): tf.Tensor {
    let state = this.#initial(name, xs.shape[1]!);
    return tf.stack(tf.unstack(xs).map((x) => (state = this.#cell(name, x, state))[0]!));
  }

  #initial(name: string, batch: number): State {
    const parts = this.#options.cell === "lstm" ? ["h0", "c0"] : ["h0"];
    return parts.map((part) => tfjsOps.broadcast([this.#variable(`${name}.${part}`)], { count: batch }));
  }

  #cell(name: string, x: tf.Tensor, [h, c]: State): State {
    if (c) return tfjsOps.lstmCell([this.#linear(`${name}.gates`, tf.concat([x, h!], 1)), c]) as State;
    return [tfjsOps.gruCell([this.#linear(`${name}.input`, x), this.#linear(`${name}.hidden`, h!), h!])];
  }

  /** The next state; the attentional one is its last. */
  #decode(x: tf.Tensor, state: State, { values, keys, penalty }: Source): State {
    const cells = this.#cell("decoder.layer0", tf.concat([x, state.at(-1)!], 1), state.slice(0, -1));
    const query = tf.matMul(cells[0] as tf.Tensor2D, this.#variable("decoder.attention.query"));
    const scores = tfjsOps.additiveScore([query, keys, this.#variable("decoder.attention.vector")]);
    const weights = tf.softmax(tf.add(scores, penalty));
    const context = tf.squeeze(tf.matMul(tf.expandDims(weights, 1) as tf.Tensor3D, values as tf.Tensor3D), [1]);
    const attentional = tf.tanh(this.#linear("decoder.combine", tf.concat([context, cells[0]!], 1)));
    return [...cells, attentional];
  }

  #embed(name: string, indices: tf.Tensor): tf.Tensor {
    const vectors = this.#variable(`${name}.vectors`);
    const [symbols, width] = vectors.shape;
    const rows = tf.oneHot(tf.cast(tf.reshape(indices, [-1]), "int32"), symbols!);
    return tf.reshape(tf.matMul(tf.cast(rows, "float32") as tf.Tensor2D, vectors), [...indices.shape, width!]);
  }

  #linear(name: string, x: tf.Tensor): tf.Tensor {
    return tfjsOps.linear([x, this.#variable(`${name}.weights`), this.#variable(`${name}.bias`)]);
  }

  #variable(path: string): tf.Tensor2D {
    const variable = this.variables[path];
    if (!variable) throw new Error(`The model has no parameter ${path}`);
    return variable as unknown as tf.Tensor2D;
  }
}

/** Each sequence from its own end. tfjs has no gradient of what takes rows from here and there, so without need it does not. */
function reversed([x, lengths]: readonly [tf.Tensor, tf.Tensor]): tf.Tensor {
  const isWhole = lengths.dataSync().every((length) => length === x.shape[0]);
  return isWhole ? tf.reverse(x, 0) : tfjsOps.reverseSequence([x, lengths]);
}

/** The fields of a batch; those of one number a step without the axis of it. */
function tensorsOf(batch: Batch): Record<string, tf.Tensor> {
  const { count } = batch;
  return Object.fromEntries(
    batch.fields.map(({ name, data, time, size }) => {
      const shape = name === "lengths" ? [count] : name === "targets" ? [time, count, size] : [time, count];
      return [name, tf.tensor(data.slice(0, time * count * size), shape)];
    }),
  );
}
