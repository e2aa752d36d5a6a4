import { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  beamStep,
  broadcast,
  concat,
  constant,
  divide,
  gather,
  log,
  max,
  multiply,
  relu,
  uniform,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { leavesOf, withLeaves, type Tree } from "../../graph/tree.js";
import { oneHot, positionsLike } from "../../layers/places.js";
import type { AnyDecoder } from "./decoder.js";

/** 1 where x is 0, otherwise 0, for whole numbers of either sign. */
export const isZero = (x: Tensor): Tensor =>
  relu(affine(add(relu(x), relu(affine(x, { scale: -1 }))), { scale: -1, shift: 1 }));

/**
 * Greedy decoding of a batch, or decoding by samples: one choice a step, until all rows have ended or "limit" is reached.
 * Outputs: choices, scores, their log-probabilities, and live, 1 in the steps that a row took: (limit, batch); ended
 * (batch); attention (limit, batch, source), if wanted. With `sampled` choices are drawn from the softmax of
 * logits / "temperature".
 */
export function greedyGraph(
  decoder: AnyDecoder,
  graph: Graph,
  batch: number,
  { attention = false, sampled = false }: { attention?: boolean; sampled?: boolean } = {},
): void {
  const { memory, state } = decoder.encode(graph, batch);
  const steps = graph.dimension("limit");
  const sample = sampled ? sampling(graph, decoder.decodeStep(state, memory).logits) : undefined;
  const [final, { choices, scores, live, looked }] = scan(
    ({ state, ended }: Decoding, noise: readonly Tensor[]) => {
      const step = decoder.decodeStep(state, memory);
      const goesOn = isZero(ended);
      const chosen = sample ? sample.choose(step.logits, noise[0]!) : argmax(step.logits);
      const choice = multiply(chosen, goesOn);
      const score = sample ? chosenOf(step.logProbabilities, chosen) : max(step.logProbabilities);
      const next = decoder.choose(step.state, choice, ended, memory);
      const y = {
        choices: choice,
        scores: multiply(score, goesOn),
        live: goesOn,
        looked: attention && step.attention ? [step.attention] : [],
      };
      return [next, y, next.ended];
    },
    { state, ended: constant(graph, [batch], 0) },
    (sample ? [sample.noise] : []) as readonly Tensor[],
    { steps },
  );
  graph.output("choices", choices);
  graph.output("scores", scores);
  graph.output("live", live);
  graph.output("ended", final.ended);
  if (looked[0]) graph.output("attention", looked[0]);
}

type Decoding = { state: Tree; ended: Tensor };

/** Draws from the softmax of logits / temperature: the argmax of logits / temperature + Gumbel noise is one. */
function sampling(graph: Graph, logits: Tensor) {
  const temperature = graph.input("temperature", [logits.shape[0]!]);
  const u = uniform(graph.random(), { shape: [graph.dimension("limit"), ...logits.shape] });
  const temperatures = broadcast(temperature, { count: logits.shape[1]!, axis: 1 });
  return {
    noise: affine(log(affine(log(u), { scale: -1 })), { scale: -1 }),
    choose: (logits: Tensor, noise: Tensor): Tensor => argmax(add(divide(logits, temperatures), noise)),
  };
}

/** values (batch, choices), choice (batch) → the values of the choices (batch); others may be −∞. */
function chosenOf(values: Tensor, choice: Tensor): Tensor {
  const there = oneHot(choice, positionsLike(reshape(values, [...values.shape, 1])));
  // log 1 = 0 keeps the one, log 0 = −∞ takes all others away.
  return max(add(values, log(there)));
}

/**
 * Beam search for one example, until all beams have ended or "limit" is reached. Outputs: choices and parents (limit, 1,
 * beams); attention (limit, 1, beams, source), if wanted, of the beams that each step went on from; and of the beams that
 * are left, the best first: totals, lengths, ranks and ended (1, beams). A beam that there is no way for has a total of
 * −∞.
 */
export function beamGraph(
  decoder: AnyDecoder,
  graph: Graph,
  { beams, lengthPenalty, attention }: { beams: number; lengthPenalty: number; attention: boolean },
): void {
  const one = decoder.encode(graph, 1);
  const copies = new Map<Tensor, Tensor>();
  const repeated = (x: Tensor): Tensor => {
    let copy = copies.get(x);
    if (!copy) copies.set(x, (copy = broadcast(reshape(x, x.shape.slice(1)), { axis: 0, count: beams })));
    return copy;
  };
  const allOf = <T extends Tree>(tree: T): T => withLeaves(tree, leavesOf(tree).map(repeated));
  const memory = allOf(one.memory);
  const fill = (value: number, count = beams): Tensor => constant(graph, [count], value);
  const initial: Searching = {
    state: allOf(one.state),
    ended: fill(0),
    // Of equal beams one is enough to begin with.
    scores: beams > 1 ? concat([fill(0, 1), fill(-Infinity, beams - 1)]) : fill(0),
    lengths: fill(0),
    ranks: fill(0),
  };
  const [final, { choices, parents, looked }] = scan(
    ({ state, ended, scores, lengths }: Searching) => {
      const step = decoder.decodeStep(state, memory);
      const [nextScores, nextLengths, , parents, choices, ranks] = beamStep(
        step.logProbabilities,
        scores,
        lengths,
        ended,
        { lengthPenalty },
      );
      const rows = (x: Tensor): Tensor => rowsAt(x, parents);
      const before = withLeaves(step.state, leavesOf(step.state).map(rows));
      const next = decoder.choose(before, choices, rows(ended), memory);
      const y = { choices, parents, looked: attention && step.attention ? [step.attention] : [] };
      return [{ ...next, scores: nextScores, lengths: nextLengths, ranks }, y, next.ended];
    },
    initial,
    [] as Tensor[],
    { steps: graph.dimension("limit") },
  );
  const ofOne = (x: Tensor, axis: number): Tensor => reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]);
  graph.output("choices", ofOne(choices, 1));
  graph.output("parents", ofOne(parents, 1));
  if (looked[0]) graph.output("attention", ofOne(looked[0], 1));
  graph.output("totals", ofOne(final.scores, 0));
  graph.output("lengths", ofOne(final.lengths, 0));
  graph.output("ranks", ofOne(final.ranks, 0));
  graph.output("ended", ofOne(final.ended, 0));
}

type Searching = { state: Tree; ended: Tensor; scores: Tensor; lengths: Tensor; ranks: Tensor };

const rowsAt = (x: Tensor, rows: Tensor): Tensor =>
  x.shape.length > 1 ? gather(x, rows) : reshape(gather(reshape(x, [...x.shape, 1]), rows), x.shape);

/** The encoder for one example. Outputs: what `streamStepGraph` takes, under the same names. */
export function streamStartGraph(decoder: AnyDecoder, graph: Graph): void {
  const { memory, state } = decoder.encode(graph, 1);
  distinct(memory).forEach((leaf, i) => graph.output(`memory ${i}`, leaf));
  leavesOf(state).forEach((leaf, i) => graph.output(`state ${i}`, leaf));
}

/** One greedy step for one example. Outputs: choice and ended (1), and the next state under the names of the inputs. */
export function streamStepGraph(decoder: AnyDecoder, graph: Graph): void {
  // The shapes are those of an encoder whose graph is thrown away.
  const like = decoder.encode(new Graph(), 1);
  const input = (name: string, { shape }: Tensor): Tensor =>
    graph.input(
      name,
      shape.map((axis) => (typeof axis === "number" ? axis : graph.dimension(axis.name))),
    );
  const leaves = distinct(like.memory);
  const inputs = leaves.map((leaf, i) => input(`memory ${i}`, leaf));
  const memory = withLeaves(
    like.memory,
    leavesOf(like.memory).map((leaf) => inputs[leaves.indexOf(leaf)]!),
  );
  const state = withLeaves(
    like.state,
    leavesOf(like.state).map((leaf, i) => input(`state ${i}`, leaf)),
  );
  const step = decoder.decodeStep(state, memory);
  const choice = argmax(step.logits);
  const next = decoder.choose(step.state, choice, constant(graph, [1], 0), memory);
  graph.output("choice", choice);
  graph.output("ended", next.ended);
  leavesOf(next.state).forEach((leaf, i) => graph.output(`state ${i}`, leaf));
}

/** The leaves of a tree, each once. */
const distinct = (tree: Tree): Tensor[] => [...new Set(leavesOf(tree))];
