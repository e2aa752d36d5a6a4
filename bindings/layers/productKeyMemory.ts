import { checkOptions, whole } from "../common/options.js";
import { concat, constant, gather, linear, matmul, productTopK, slice, softmax } from "../graph/ops/index.js";
import type { Parameter } from "../graph/parameter.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { uniform } from "./initializers.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/** Sizes of a ProductKeyMemory. */
export interface ProductKeyMemoryOptions {
  /** Numbers of what is looked up. */
  inputSize: number;
  /** Numbers of a value, and of what comes out. */
  width: number;
  /** Sub-keys of each half of a head's keys, √N in the paper: there are keys² values, at most 2²⁴. Default: 512. */
  keys?: number;
  /** Heads, each with a query and sub-keys of its own; they share the values. Default: 4. */
  heads?: number;
  /** Values that a head reads, k in the paper. Default: 32. */
  count?: number;
  /** Numbers of a query: even, since a sub-key has half of them. Default: 256. */
  keySize?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
const productKeyMemoryRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    width: [undefined, whole(1)],
    keys: [512, whole(1, { most: 4096 })],
    heads: [4, whole(1)],
    count: [32, whole(1)],
    keySize: [256, whole(2)],
  }) as const;

/** Which values were found, and how much each counts: (…, heads · count), those of the first head first. */
export interface Lookup {
  /** Value i · keys + j belongs to the pair of sub-keys i and j. */
  readonly indices: Tensor;
  /** Of each head they sum to 1. */
  readonly weights: Tensor;
}

/**
 * A memory of keys² learned values, of which each head reads the `count` whose keys suit its query best. Keys are pairs of
 * sub-keys, so that the best of all are found from the best halves, exactly. Lample, Sablayrolles, Ranzato, Denoyer & Jégou
 * 2019, arXiv:1907.05242, section 3:
 *
 *     [q₁; q₂] = W x + b,   score of (i, j) = q₁ · c₁ᵢ + q₂ · c₂ⱼ,   w = softmax of the `count` highest scores
 *     y = Σ over heads and their values of w v
 *
 * A lookup, forward and backward, costs 2 · keys dot products of half a query a head, and `count` values, whatever keys² is;
 * but an optimizer's step goes over all parameters. Queries are not normalized over the batch, which the paper makes an
 * option. Values have no gradient but through those that were found.
 *
 * A compiled model with it runs in tapehead/full, and not in tapehead/run.
 *
 * @example
 * const memory = new ProductKeyMemory({ inputSize: 64, width: 64, keys: 128, heads: 2, count: 8, keySize: 32 });
 */
export class ProductKeyMemory extends Layer {
  readonly options: Readonly<Required<ProductKeyMemoryOptions>>;
  readonly query: Linear;
  /** Of each head the sub-keys of the first half and those of the second, each (keySize / 2, keys). */
  readonly subKeys: readonly (readonly [first: Parameter, second: Parameter])[];
  /** (keys², width). */
  readonly values: Parameter;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ProductKeyMemoryOptions) {
    super();
    this.options = checkOptions("ProductKeyMemory", options, productKeyMemoryRules());
    const { inputSize, width, keys, heads, count, keySize } = this.options;
    if (keySize % 2) {
      throw new RangeError(`ProductKeyMemory: keySize is ${keySize}, and must be even: each sub-key has half of it`);
    }
    if (count > keys * keys) {
      throw new RangeError(
        `ProductKeyMemory: count is ${count}, and must be at most keys², the values there are, ${keys * keys}`,
      );
    }
    const half = keySize / 2;
    this.query = this.layer("query", new Linear({ inputSize, outputSize: heads * keySize }));
    const ofHalf = (name: string): Parameter => this.parameter(name, [half, keys], uniform(1 / Math.sqrt(half)));
    this.subKeys = Array.from({ length: heads }, (_, head) => [
      ofHalf(`head${head}.firstKeys`),
      ofHalf(`head${head}.secondKeys`),
    ]);
    this.values = this.parameter("values", [keys * keys, width], uniform(Math.sqrt(3 / width)));
  }

  /** Which values there are for x: (…, inputSize), and how much each counts. */
  lookup(x: Tensor): Lookup {
    const { keys, heads, count, keySize } = this.options;
    const { graph } = x.scope;
    const half = keySize / 2;
    const none = constant(graph, [keys], 0);
    const queries = this.query.forward(x);
    const found = this.subKeys.map(([firstKeys, secondKeys], head) => {
      const scoresOf = (side: number, subKeys: Parameter): Tensor => {
        const begin = head * keySize + side * half;
        return linear(slice(queries, { begin, end: begin + half }), subKeys, none);
      };
      return productTopK(scoresOf(0, firstKeys), scoresOf(1, secondKeys), { count });
    });
    if (heads === 1) return { indices: found[0]![1], weights: softmax(found[0]![0]) };
    return {
      indices: concat(found.map(([, indices]) => indices)),
      weights: concat(found.map(([scores]) => softmax(scores))),
    };
  }

  /** x: (…, inputSize) → (…, width). */
  forward(x: Tensor): Tensor {
    const { width, heads, count } = this.options;
    const lead = x.shape.slice(0, -1);
    const { indices, weights } = this.lookup(x);
    const values = gather(x.scope.graph.parameter(this.values), indices);
    const read = matmul(reshape(weights, [...lead, 1, heads * count]), values);
    return reshape(read, [...lead, width]);
  }
}
