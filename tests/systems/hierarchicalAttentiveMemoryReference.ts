/** A Hierarchical Attentive Memory in double precision: one example, node by node. */
import type { HierarchicalAttentiveMemory } from "../../bindings/systems/hierarchicalAttentiveMemory/hierarchicalAttentiveMemory.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

/** What an example is given. */
export interface TreeGiven {
  readonly leaves: number;
  /** What leaves are filled with, from the left. */
  readonly input?: readonly (readonly number[])[];
  /** What a raw memory is asked at each step. */
  readonly asked?: readonly (readonly number[])[];
  /** Of each step, what is wanted; null where nothing is. */
  readonly target: readonly (readonly number[] | null)[];
  /** Of each step and level, 1 for right; without them, the likelier. */
  readonly choices?: readonly (readonly number[])[] | undefined;
  /** Levels below the root of the example's tree. Default: all. */
  readonly depth?: number;
}

/** What an example gives, by step. */
export interface TreeValues {
  readonly outputs: readonly (readonly number[])[];
  readonly choices: readonly (readonly number[])[];
  /** Logarithms of the probabilities of the choices, and entropies, by level of the example's tree. */
  readonly logPi: readonly (readonly number[])[];
  readonly entropies: readonly (readonly number[])[];
  /** Bits that are wrong, negative. */
  readonly rewards: readonly number[];
  readonly baselines: readonly number[];
  /** Probability of each leaf, of soft attention. */
  readonly weights: readonly (readonly number[])[];
  /** Cross-entropy of all that is wanted. */
  readonly loss: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const relu = (x: number): number => Math.max(x, 0);
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function treeOf(
  model: HierarchicalAttentiveMemory,
  parameters: ArrayLike<number>,
  { leaves, input, asked, target, choices: given, depth = Math.log2(leaves) }: TreeGiven,
): TreeValues {
  const { attention, nodeSize, hiddenSize, layers, join: joining } = model.options;
  const all = parametersOf(model);
  const apply = affineOf(model, parameters);
  const perceptron = (name: string, x: readonly number[]): number[] => {
    const first = apply(`${name}.first`, x);
    return layers === 2 ? apply(`${name}.second`, first.map(relu)) : first;
  };
  const initial = (name: string): number[] => {
    const { offset, size } = all.get(name)!;
    return Array.from({ length: size }, (_, i) => parameters[offset + i]!);
  };
  const levels = Math.log2(leaves);
  // Node 1 is the root, and 2i and 2i + 1 are the children of node i.
  const nodes: number[][] = Array.from({ length: 2 * leaves }, () => []);
  const join = (i: number): void => {
    const [left, right] = [nodes[2 * i]!, nodes[2 * i + 1]!];
    const joined = perceptron("nodes.join", [...left, ...right]);
    if (joining === "perceptron") return void (nodes[i] = joined.map(relu));
    nodes[i] = left.map((value, k) => {
      const [side, kept] = [sigmoid(joined[k]!), sigmoid(joined[nodeSize + k]!)];
      return kept * (side * value + (1 - side) * right[k]!) + (1 - kept) * relu(joined[2 * nodeSize + k]!);
    });
  };
  for (let leaf = 0; leaf < leaves; ++leaf) {
    const x = input?.[leaf];
    nodes[leaves + leaf] = x ? perceptron("nodes.embed", x).map(relu) : new Array<number>(nodeSize).fill(0);
  }
  for (let i = leaves - 1; i > 0; --i) join(i);
  const write = (h: readonly number[], c: readonly number[]): number[] => {
    const gate = perceptron("nodes.write.gate", [...h, ...c]).map(sigmoid);
    const content = perceptron("nodes.write.content", [...h, ...c]).map(sigmoid);
    return h.map((value, i) => gate[i]! * content[i]! + (1 - gate[i]!) * value);
  };
  let [h, c] = model.controller ? [initial("controller.h0"), initial("controller.c0")] : [[], []];
  const controlled = (x: readonly number[]): void => {
    const gates = apply("controller.gates", [...x, ...h]);
    const part = (at: number): number[] => gates.slice(at * hiddenSize, (at + 1) * hiddenSize);
    const [i, f, g, o] = [part(0), part(1), part(2), part(3)];
    c = c.map((cell, k) => sigmoid(f[k]!) * cell + sigmoid(i[k]!) * Math.tanh(g[k]!));
    h = c.map((cell, k) => sigmoid(o[k]!) * Math.tanh(cell));
  };
  const top = levels - depth; // levels above the example's root

  const steps = target.map((wanted, t) => {
    const asks = asked?.[t] ?? h;
    const logit = (node: number): number => perceptron("nodes.search", [...nodes[node]!, ...asks])[0]!;
    const baseline = attention === "hard" ? apply("baseline", [...asks, ...nodes[1]!])[0]! : 0;
    const [choices, logPi, entropies]: number[][] = [[], [], []];
    let weights: number[] = [];
    let node = 1;
    let read: number[];
    if (attention === "hard") {
      for (let level = 0; level < levels; ++level) {
        const z = logit(node);
        const right = level < top ? 0 : (given?.[t]?.[level] ?? Number(z > 0));
        choices!.push(right);
        if (level >= top) {
          const p = sigmoid(z);
          logPi!.push(-softplus(right ? -z : z));
          entropies!.push(p * softplus(-z) + (1 - p) * softplus(z));
        }
        node = 2 * node + right;
      }
      read = nodes[node]!;
    } else {
      weights = [1];
      for (let level = 0; level < levels; ++level) {
        weights = weights.flatMap((weight, i) => {
          const p = level < top ? 0 : sigmoid(logit(2 ** level + i));
          return [weight * (1 - p), weight * p];
        });
      }
      read = Array.from({ length: nodeSize }, (_, i) => sum(weights.map((p, leaf) => p * nodes[leaves + leaf]![i]!)));
    }
    if (model.controller) controlled(read);
    const output = model.controller ? apply("output", h) : perceptron("output", read);
    const writer = model.controller ? h : asks;
    if (attention === "hard") {
      nodes[node] = write(nodes[node]!, writer);
      for (let i = node >> 1; i > 0; i >>= 1) join(i);
    } else {
      weights.forEach((p, leaf) => {
        const before = nodes[leaves + leaf]!;
        const after = write(before, writer);
        nodes[leaves + leaf] = before.map((value, i) => p * after[i]! + (1 - p) * value);
      });
      for (let i = leaves - 1; i > 0; --i) join(i);
    }
    const reward = wanted ? sum(output.map((z, i) => -Number(z > 0 !== Boolean(wanted[i])))) : 0;
    const loss = wanted ? sum(output.map((z, i) => softplus(z) - wanted[i]! * z)) : 0;
    return { output, choices: choices!, logPi: logPi!, entropies: entropies!, reward, baseline, weights, loss };
  });
  return {
    outputs: steps.map(({ output }) => output),
    choices: steps.map(({ choices }) => choices),
    logPi: steps.map(({ logPi }) => logPi),
    entropies: steps.map(({ entropies }) => entropies),
    rewards: steps.map(({ reward }) => reward),
    baselines: steps.map(({ baseline }) => baseline),
    weights: steps.map(({ weights }) => weights),
    loss: sum(steps.map(({ loss }) => loss)),
  };
}
