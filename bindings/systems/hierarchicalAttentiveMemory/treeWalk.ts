import type { Engine } from "../../engine/engine.js";
import { levelsOf } from "./episode.js";
import type { HierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";
import type { NodePrograms, Rows } from "./nodePrograms.js";

/** Rows of numbers: what leaves are filled with, or what a raw memory is asked. */
export type TreeInput = readonly ArrayLike<number>[];

/** Nodes that are embedded or joined in one call. */
const CHUNK = 1024;

/** Of one access: logits (outputSize), and the number of the leaf. */
interface Access {
  readonly output: Float32Array;
  readonly leaf: number;
}

/**
 * Trees outside the programs, of inputs that take their accesses together: an access takes from each tree the nodes of one
 * way, and puts them back.
 */
export class TreeWalk {
  readonly #model: HierarchicalAttentiveMemory;
  readonly #programs: NodePrograms;
  readonly #engine: Engine;
  readonly #inputs: readonly TreeInput[];
  readonly #leaves: number;
  /** Of each input, all nodes: node 1 is the root, and 2i and 2i + 1 are the children of node i. */
  readonly #trees: readonly Rows[];
  /** What asks: h_L, or the instruction of a raw memory. */
  readonly #asks: Rows;
  #cell: Rows;
  /** Of each tree, the node where it stands. */
  readonly #at: Int32Array;
  /** SEARCH and JOIN of each access. */
  readonly searches: number[] = [];
  readonly joins: number[] = [];

  constructor(
    model: HierarchicalAttentiveMemory,
    programs: NodePrograms,
    engine: Engine,
    inputs: readonly TreeInput[],
    leaves: number,
  ) {
    this.#model = model;
    this.#programs = programs;
    this.#engine = engine;
    this.#inputs = inputs;
    this.#leaves = leaves;
    const { raw, inputSize, hiddenSize } = model.options;
    const count = inputs.length;
    this.#trees = inputs.map((input) => this.#tree(input));
    this.#asks = new Float32Array(count * (raw ? inputSize : hiddenSize));
    this.#cell = new Float32Array(raw ? 0 : count * hiddenSize);
    this.#at = new Int32Array(count);
    if (raw) return;
    const { h0, c0 } = model.firstState();
    for (let i = 0; i < count; ++i) {
      this.#asks.set(h0, i * hiddenSize);
      this.#cell.set(c0, i * hiddenSize);
    }
  }

  /** One access of all: down to a leaf, what follows from it, and up again. */
  access(): Access[] {
    const { raw, inputSize, outputSize } = this.#model.options;
    const levels = levelsOf(this.#leaves);
    const [count, at] = [this.#trees.length, this.#at];
    const t = this.searches.length;
    if (raw) this.#inputs.forEach((input, i) => this.#asks.set(input[t]!, i * inputSize));
    this.searches.push(0);
    this.joins.push(0);
    at.fill(1);
    for (let level = 0; level < levels; ++level) {
      ++this.searches[t]!;
      const given = { h: this.#gathered(1), asks: this.#asks };
      const { logit } = this.#programs.call(this.#engine, "search", count, given);
      for (let i = 0; i < count; ++i) at[i] = 2 * at[i]! + Number(logit[i]! > 0);
    }
    const leaves = Array.from(at, (node) => node - this.#leaves);
    const given = { h: this.#gathered(1), asks: this.#asks, ...(!raw && { c: this.#cell }) };
    const { output, leaf, next, cell } = this.#programs.call(this.#engine, "answer", count, given);
    if (next) this.#asks.set(next);
    if (cell) this.#cell = cell;
    this.#put(leaf);
    for (let level = 0; level < levels; ++level) {
      ++this.joins[t]!;
      for (let i = 0; i < count; ++i) at[i]! >>= 1;
      this.#put(this.#programs.call(this.#engine, "join", count, { children: this.#gathered(2) }).h);
    }
    return leaves.map((leaf, i) => ({ output: output.slice(i * outputSize, (i + 1) * outputSize), leaf }));
  }

  /** The nodes where the trees stand, or the children of these: `each` nodes beside each other. */
  #gathered(each: 1 | 2): Rows {
    const size = each * this.#model.options.nodeSize;
    const rows = new Float32Array(this.#trees.length * size);
    this.#trees.forEach((tree, i) => rows.set(tree.subarray(this.#at[i]! * size, (this.#at[i]! + 1) * size), i * size));
    return rows;
  }

  /** Other nodes where the trees stand. */
  #put(rows: Rows): void {
    const { nodeSize: size } = this.#model.options;
    this.#trees.forEach((tree, i) => tree.set(rows.subarray(i * size, (i + 1) * size), this.#at[i]! * size));
  }

  /** The tree of an input; nodes that have nothing but empty leaves below are joined once for each level. */
  #tree(input: TreeInput): Rows {
    const { nodeSize: size, raw, inputSize } = this.#model.options;
    const leaves = this.#leaves;
    const tree = new Float32Array(2 * leaves * size);
    let filled = raw ? 0 : input.length;
    for (let begin = 0; begin < filled; begin += CHUNK) {
      const rows = Math.min(CHUNK, filled - begin);
      const x = new Float32Array(rows * inputSize);
      for (let i = 0; i < rows; ++i) x.set(input[begin + i]!, i * inputSize);
      tree.set(this.#programs.call(this.#engine, "embed", rows, { x }).h, (leaves + begin) * size);
    }
    const joined = (children: Rows): Rows =>
      this.#programs.call(this.#engine, "join", children.length / (2 * size), { children }).h;
    let empty: Rows = new Float32Array(size);
    for (let width = leaves / 2; width >= 1; width /= 2) {
      filled = Math.ceil(filled / 2);
      for (let begin = 0; begin < filled; begin += CHUNK) {
        const [from, to] = [width + begin, width + Math.min(begin + CHUNK, filled)];
        tree.set(joined(tree.slice(2 * from * size, 2 * to * size)), from * size);
      }
      const children = new Float32Array(2 * size);
      children.set(empty);
      children.set(empty, size);
      empty = joined(children);
      for (let node = width + filled; node < 2 * width; ++node) tree.set(empty, node * size);
    }
    return tree;
  }
}
