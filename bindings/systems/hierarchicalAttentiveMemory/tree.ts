import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  broadcast,
  categorical,
  clip,
  concat,
  constant,
  interpolate,
  multiply,
  readWindow,
  sigmoid,
  slice,
  softmax,
  subtract,
  weightedRead,
  writeWindow,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { NodeFunctions } from "./nodeFunctions.js";

/**
 * A full binary tree: level l, from the root on, is (batch, 2^l, d), and the children of node i are 2i and 2i + 1 of the
 * next level. The last has the leaves.
 */
export type Levels = readonly Tensor[];

/** Where a descent goes. */
export interface DescentOptions {
  /** A number from 0 to below 1 for each level, (batch, levels), by which it is drawn; without it, the likelier. */
  readonly u?: Tensor | undefined;
  /** Choices (batch, levels), 1 for right, that are taken instead. */
  readonly given?: Tensor | undefined;
  /** (levels) of (batch): 0 where the tree of an example begins further down; there the way is always left. */
  readonly active: readonly Tensor[];
}

/** Where a descent went. */
export interface Descent {
  /** Of each level, (batch): the number of the node. */
  readonly places: readonly Tensor[];
  /** Of each level but the last, (batch, 2): logits of going left and right. */
  readonly logits: readonly Tensor[];
  /** Of each level but the last, (batch): 1 where it went right. */
  readonly choices: readonly Tensor[];
  /** (batch, d): what the leaf holds. */
  readonly leaf: Tensor;
}

/**
 * All nodes from their leaves: (batch, leaves, d), as many as a power of two, with noise in their gates. Section 2.1,
 * figure 2.
 */
export function treeOf(nodes: NodeFunctions, leaves: Tensor, noise = 0): Levels {
  const [batch, count, size] = leaves.shape as [number, number, number];
  const levels = [leaves];
  for (let width = count / 2; width >= 1; width /= 2) {
    levels.unshift(nodes.join(reshape(levels[0]!, [batch, width, 2 * size]), noise));
  }
  return levels;
}

/** The tree whose leaves are zeros; nodes of a level are the same, and are joined once. */
export function emptyTree(nodes: NodeFunctions, graph: Graph, batch: number, leaves: number, size: number): Levels {
  let node = constant(graph, [1, size], 0);
  const levels: Tensor[] = [];
  for (let width = leaves; width >= 1; width /= 2) {
    const level = reshape(broadcast(reshape(node, [size]), { count: batch * width }), [batch, width, size]);
    levels.unshift(level);
    node = nodes.join(concat([node, node]));
  }
  return levels;
}

/** Which levels a tree of (batch) `depth` levels below its root has among so many: (batch) for each, 1 or 0. */
export const activeLevels = (depth: Tensor, levels: number): Tensor[] =>
  Array.from({ length: levels }, (_, level) => clip(affine(depth, { shift: level + 1 - levels }), { low: 0, high: 1 }));

/** From the root to one leaf. Section 2.2, figure 3. */
export function descend(nodes: NodeFunctions, levels: Levels, asks: Tensor, options: DescentOptions): Descent {
  const { graph } = asks.scope;
  const batch = asks.shape[0] as number;
  const zeros = constant(graph, [batch, 1], 0);
  const places = [reshape(zeros, [batch])];
  const [logits, choices]: [Tensor[], Tensor[]] = [[], []];
  for (let level = 0; level + 1 < levels.length; ++level) {
    const both = concat([zeros, nodes.search(nodeAt(levels[level]!, places[level]!), asks)]);
    const free = options.given
      ? columnOf(options.given, level)
      : options.u
        ? categorical(softmax(both), columnOf(options.u, level))
        : argmax(both);
    const right = multiply(free, options.active[level]!);
    logits.push(both);
    choices.push(right);
    places.push(add(affine(places[level]!, { scale: 2 }), right));
  }
  return { places, logits, choices, leaf: nodeAt(levels.at(-1)!, places.at(-1)!) };
}

/** The tree with another leaf, and all above it joined again. Section 2.3, figure 5. */
export function update(nodes: NodeFunctions, levels: Levels, places: readonly Tensor[], leaf: Tensor): Levels {
  const [batch, size] = leaf.shape as [number, number];
  const row = (h: Tensor): Tensor => reshape(h, [batch, 1, size]);
  const next = [writeWindow(levels.at(-1)!, places.at(-1)!, row(leaf))];
  for (let level = levels.length - 2; level >= 0; --level) {
    const children = nodeAt(reshape(next[0]!, [batch, 1 << level, 2 * size]), places[level]!);
    const joined = row(nodes.join(children));
    next.unshift(level ? writeWindow(levels[level]!, places[level]!, joined) : joined);
  }
  return next;
}

/** The probability of each leaf, (batch, leaves): the product of those of the branches that lead to it. Appendix A. */
export function leafWeights(nodes: NodeFunctions, levels: Levels, asks: Tensor, active: readonly Tensor[]): Tensor {
  const { graph } = asks.scope;
  const batch = asks.shape[0] as number;
  let weights = constant(graph, [batch, 1], 1);
  for (let level = 0; level + 1 < levels.length; ++level) {
    const count = 1 << level;
    const p = sigmoid(nodes.search(levels[level]!, broadcast(asks, { axis: 1, count })));
    const isActive = broadcast(active[level]!, { axis: 1, count });
    const right = multiply(weights, multiply(reshape(p, [batch, count]), isActive));
    const sides = [subtract(weights, right), right].map((side) => reshape(side, [batch, count, 1]));
    weights = reshape(concat(sides), [batch, 2 * count]);
  }
  return weights;
}

/** What leaves hold, weighted: (batch, d). */
export function softRead(levels: Levels, weights: Tensor): Tensor {
  const [batch, leaves] = weights.shape as [number, number];
  const leaf = weightedRead(levels.at(-1)!, reshape(weights, [batch, 1, leaves]));
  return reshape(leaf, [batch, leaf.shape[2]!]);
}

/** Every leaf as far as its weight says, and all nodes joined again. */
export function softUpdate(nodes: NodeFunctions, levels: Levels, weights: Tensor, c: Tensor): Levels {
  const leaves = levels.at(-1)!;
  const written = nodes.write(leaves, broadcast(c, { axis: 1, count: leaves.shape[1]! }));
  return treeOf(nodes, interpolate(weights, written, leaves));
}

/** Node (batch, d) at the place (batch) of a level. */
function nodeAt(level: Tensor, place: Tensor): Tensor {
  const [batch, count, size] = level.shape as [number, number, number];
  if (count === 1) return reshape(level, [batch, size]);
  return reshape(readWindow(level, place), [batch, size]);
}

/** Column `at` of (batch, n). */
const columnOf = (x: Tensor, at: number): Tensor => reshape(slice(x, { begin: at, end: at + 1 }), x.shape.slice(0, -1));
