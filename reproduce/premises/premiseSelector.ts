import { between, checkOptions, flag, whole } from "../../bindings/common/options.js";
import type { Graph } from "../../bindings/graph/graph.js";
import { inputsOf, type Layout } from "../../bindings/graph/layout.js";
import {
  affine,
  batchMajor,
  binaryCrossEntropy,
  broadcast,
  concat,
  constant,
  dropout,
  max,
  maskedSoftmax,
  matmul,
  multiply,
  relu,
  sigmoid,
  sum,
  tanh,
  weightedRead,
} from "../../bindings/graph/ops/index.js";
import { reshape } from "../../bindings/graph/reshape.js";
import { ShapeError } from "../../bindings/graph/shapeError.js";
import type { Tensor } from "../../bindings/graph/tensor.js";
import { Embedding } from "../../bindings/layers/embedding.js";
import { uniform } from "../../bindings/layers/initializers.js";
import { Linear } from "../../bindings/layers/linear.js";
import { RecurrentEncoder } from "../../bindings/layers/recurrentEncoder.js";
import { Model, type Objective, type SeedOption } from "../../bindings/models/model.js";
import type { Methods } from "../../bindings/runtime/method.js";
import type { AnyTask } from "../../bindings/tasks/task.js";
import { COUNTS, premiseLayout, type PremiseLimits } from "./premiseBatch.js";

/** Sizes of a PremiseSelector, and what it has. */
export interface PremiseSelectorOptions extends SeedOption, PremiseLimits {
  /** Tokens of formulas. */
  tokens: number;
  /** Facts that have an embedding of their own; 0 for none. Default: 0. */
  identities?: number;
  /** Numbers that stand for a token, or for a fact's identity. Default: 32. */
  embeddingSize?: number;
  /** Units of the encoder, of both directions together; 0 for embedded tokens as they are. Default: 32. */
  hiddenSize?: number;
  /** Numbers by which tokens of a fact and of a conjecture are compared. Default: 32. */
  comparedSize?: number;
  /** Units behind a comparison, and of the layer that scores. Default: 48. */
  units?: number;
  /** Whether a fact's tokens look at the conjecture's. Default: true. */
  attention?: boolean;
  /** Whether what proofs that are learned from say of a fact is read: counts, and votes of neighbours. Default: true. */
  counts?: boolean;
  /** Whether facts that are offered together see each other. Default: false, each is judged by itself. */
  together?: boolean;
  /** The part that training drops. Default: 0. */
  dropout?: number;
}

/** Default and check of each option. */
export const premiseSelectorRules = () =>
  ({
    tokens: [undefined, whole(1, { most: 0x10_0000 })],
    identities: [0, whole(0, { most: 0x10_0000 })],
    facts: [undefined, whole(1, { most: 256 })],
    conjectureLength: [undefined, whole(1, { most: 4096 })],
    factLength: [undefined, whole(1, { most: 4096 })],
    embeddingSize: [32, whole(1, { most: 4096 })],
    hiddenSize: [32, whole(0, { most: 4096 })],
    comparedSize: [32, whole(1, { most: 4096 })],
    units: [48, whole(1, { most: 4096 })],
    attention: [true, flag()],
    counts: [true, flag()],
    together: [false, flag()],
    dropout: [0, between(0, 1, { below: true })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** A conjecture or facts: a sequence of tokens each. */
interface Read {
  /** (sequences, length, embeddingSize + hiddenSize) */
  readonly tokens: Tensor;
  /** (sequences, embeddingSize + hiddenSize): the mean of embedded tokens, and where the encoder ends. */
  readonly summary: Tensor;
}

/** Rows of a batch that are computed together. */
const SHARD_ROWS = 32;

/**
 * Which facts the proof of a conjecture needs, as DeepMath asks it: Irving, Szegedy, Alemi, Eén, Chollet & Urban 2016,
 * arXiv:1606.04442. A conjecture is encoded once for all of its facts. The tokens of a fact attend to those of the
 * conjecture, are compared with what they find, and the comparisons are pooled: Parikh, Täckström, Das & Uszkoreit 2016,
 * arXiv:1606.01933, sections 3.1 to 3.3, over recurrent encodings:
 *
 *   x = [E t, h]                                  an embedded token, and a GRU's states of both directions at it
 *   β_i = Σ_j softmax_j(P x_i · P c_j / √n) P c_j     what token i of the fact finds in the conjecture c
 *   v_i = relu(G [P x_i, β_i, P x_i ∘ β_i] + b)
 *   s = w · relu(H [max_i v_i, mean_i v_i, f, c, f ∘ c, identity, identity ∘ c, counts] + d) + e
 *
 * with f and c of the means of embedded tokens and the ends of the encodings.
 */
export class PremiseSelector extends Model {
  static readonly className = "PremiseSelector";
  readonly name = PremiseSelector.className;
  readonly options: Required<PremiseSelectorOptions>;
  override readonly hasOwnLoss = true;
  /** E. */
  readonly embedding: Embedding;
  readonly encoder: RecurrentEncoder | undefined;
  /** P. */
  readonly compared: Linear;
  /** G and b. */
  readonly comparison: Linear;
  /** c and f, of what is read. */
  readonly conjecture: Linear;
  readonly fact: Linear;
  readonly identity: Embedding | undefined;
  /** H and d. */
  readonly scored: Linear;
  readonly joined: Linear | undefined;
  /** w and e. */
  readonly score: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: PremiseSelectorOptions) {
    super();
    const checked = checkOptions(this.name, options, premiseSelectorRules());
    this.options = checked;
    const { tokens, identities, embeddingSize: width, hiddenSize, comparedSize, units, attention, counts } = checked;
    this.embedding = this.layer("embedding", new Embedding({ symbols: tokens, width }));
    if (hiddenSize) {
      const sizes = { inputSize: width, hiddenSize, cell: "gru", cellOptions: {}, layers: 1 } as const;
      this.encoder = this.layer("encoder", new RecurrentEncoder({ ...sizes, bidirectional: true }));
    }
    const read = width + hiddenSize;
    const sides = attention ? 3 : 1;
    this.compared = this.layer("compared", new Linear({ inputSize: read, outputSize: comparedSize }));
    this.comparison = this.layer("comparison", new Linear({ inputSize: sides * comparedSize, outputSize: units }));
    this.conjecture = this.layer("conjecture", new Linear({ inputSize: read, outputSize: width }));
    this.fact = this.layer("fact", new Linear({ inputSize: read, outputSize: width }));
    if (identities) {
      const vectors = { symbols: identities, width, vectors: small };
      this.identity = this.layer("identity", new Embedding(vectors));
    }
    const inputSize = 2 * units + 3 * width + (identities && 2 * width) + (counts ? COUNTS : 0);
    this.scored = this.layer("scored", new Linear({ inputSize, outputSize: units }));
    if (checked.together) {
      this.joined = this.layer("joined", new Linear({ inputSize: 4 * units, outputSize: units }));
    }
    this.score = this.layer("score", new Linear({ inputSize: units, outputSize: 1 }));
  }

  override expectFit(owner: string, task: AnyTask): void {
    for (const name of ["tokens", "identities", "facts", "conjectureLength", "factLength"] as const) {
      const [theirs, ours] = [(task as unknown as PremiseSelectorOptions)[name], this.options[name]];
      if (ours === theirs || (name === "identities" && !ours)) continue;
      const message = `${owner}: ${name} of the model is ${ours}, and must be ${theirs}, as the task ${task.name} has it`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): Layout {
    return premiseLayout(this.options);
  }

  override shardRows(left: number): number {
    return Math.min(left, SHARD_ROWS);
  }

  /** The cross-entropy of what is needed, summed over the facts of a batch. */
  override objective(graph: Graph, _task: AnyTask, batch: number): Objective {
    const { facts } = this.options;
    const { logits, asked } = this.#see(graph, batch);
    const needed = graph.input("needed", [batch, facts]);
    const pairs = batch * facts;
    const loss = binaryCrossEntropy(logits, reshape(needed, [pairs, 1]), reshape(asked, [pairs]));
    return { loss, metrics: {} };
  }

  /** `evaluate`: the fields of a batch → probabilities (batch, facts), that each is needed. */
  override methods(): Methods {
    const record = (graph: Graph, batch: number): void => {
      graph.output("needed", sigmoid(reshape(this.#see(graph, batch).logits, [batch, this.options.facts])));
    };
    return { evaluate: { record } };
  }

  /** Logits (batch · facts, 1), and where there are facts, (batch, facts). */
  #see(graph: Graph, batch: number): { readonly logits: Tensor; readonly asked: Tensor } {
    const { facts, factLength, embeddingSize, comparedSize, units, attention, counts } = this.options;
    const { needed: _, ...layout } = premiseLayout(this.options);
    const inputs = inputsOf(graph, layout, batch);
    const pairs = batch * facts;
    const conjectureMask = inputs["conjectureMask"]!;
    const factMask = reshape(inputs["factMask"]!, [pairs, factLength]);
    const conjecture = this.#read(inputs["conjecture"]!, conjectureMask);
    const fact = this.#read(reshape(inputs["fact"]!, [pairs, factLength]), factMask);

    const x = this.compared.forward(fact.tokens); // (pairs, factLength, comparedSize)
    let compared = x;
    if (attention) {
      const rows = facts * factLength;
      const c = this.compared.forward(conjecture.tokens);
      const asking = reshape(x, [batch, rows, comparedSize]);
      const scores = affine(matmul(asking, c, { transposeB: true }), { scale: 1 / Math.sqrt(comparedSize) });
      const mask = broadcast(conjectureMask, { axis: 1, count: rows });
      const found = reshape(weightedRead(c, maskedSoftmax(scores, mask)), x.shape);
      compared = concat([x, found, multiply(x, found)]);
    }
    // The maximum is of what is not below 0, so what a mask leaves at 0 is never it.
    const inside = broadcast(factMask, { axis: 2, count: units });
    const v = multiply(relu(this.comparison.forward(compared)), inside);
    const mean = meanOf(v, factMask);
    const summary = tanh(this.conjecture.forward(conjecture.summary));
    const seen = reshape(broadcast(summary, { axis: 1, count: facts }), [pairs, embeddingSize]);
    const known = tanh(this.fact.forward(fact.summary));
    const parts = [max(v, { axis: 1 }), mean, known, seen, multiply(known, seen)];
    if (this.identity) {
      const identity = this.#drop(reshape(this.identity.forward(inputs["identity"]!), [pairs, embeddingSize]));
      parts.push(identity, multiply(identity, seen));
    }
    const hidden = this.#drop(concat(parts));
    const all = counts ? concat([hidden, reshape(inputs["counts"]!, [pairs, COUNTS])]) : hidden;
    const asked = inputs["asked"]!;
    const u = relu(this.scored.forward(all));
    return { logits: this.score.forward(this.#drop(this.joined ? this.#join(u, asked) : u)), asked };
  }

  /**
   * What facts find in the others of their row, by attention and on average: u (batch · facts, units), asked
   * (batch, facts) → (batch · facts, units).
   */
  #join(u: Tensor, asked: Tensor): Tensor {
    const { facts, units } = this.options;
    const [batch] = asked.shape as [number, number];
    const row = reshape(u, [batch, facts, units]);
    const scores = affine(matmul(row, row, { transposeB: true }), { scale: 1 / Math.sqrt(units) });
    const weights = maskedSoftmax(scores, broadcast(asked, { axis: 1, count: facts }));
    const alike = reshape(weightedRead(row, weights), u.shape);
    const mean = reshape(broadcast(meanOf(row, asked), { axis: 1, count: facts }), u.shape);
    return relu(this.joined!.forward(concat([u, alike, mean, multiply(u, mean)])));
  }

  /** Token ids and their mask: (sequences, length). */
  #read(ids: Tensor, mask: Tensor): Read {
    const embedded = this.#drop(this.embedding.forward(ids));
    const mean = meanOf(embedded, mask);
    if (!this.encoder) return { tokens: embedded, summary: mean };
    const { outputs, end } = this.encoder.forward(batchMajor(embedded), sum(mask)); // (length, sequences, …)
    return { tokens: concat([embedded, batchMajor(outputs)]), summary: concat([mean, end]) };
  }

  #drop(x: Tensor): Tensor {
    const { graph } = x.scope;
    const { dropout: rate } = this.options;
    return rate && graph.isTraining ? dropout(x, graph.random(), { rate }) : x;
  }
}

/** Small, so that a fact that is seen rarely counts little. */
const small = uniform(0.1);

/** Means of the tokens that a mask keeps: values (sequences, length, n), mask (sequences, length) → (sequences, n). */
function meanOf(values: Tensor, mask: Tensor): Tensor {
  const [sequences, length, width] = values.shape as [number, number, number];
  const weights = maskedSoftmax(constant(values.scope.graph, [sequences, length], 0), mask);
  return reshape(weightedRead(values, reshape(weights, [sequences, 1, length])), [sequences, width]);
}
