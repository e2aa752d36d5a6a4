import { compile } from "../../graph/compile.js";
import { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  beamStep,
  broadcast,
  concat,
  constant,
  exp,
  gather,
  log,
  max,
  multiply,
  relu,
  subtract,
} from "../../graph/ops/index.js";
import type { Program } from "../../graph/program.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { leavesOf, withLeaves } from "../../graph/tree.js";
import { oneHot, positionsLike, vectorAt } from "../../layers/places.js";
import type { PointerNetwork, PointingState, ReadSet } from "./pointerNetwork.js";

/** 1 where x is 0, otherwise 0, for whole numbers. */
const isZero = (x: Tensor): Tensor =>
  relu(affine(add(relu(x), relu(affine(x, { scale: -1 }))), { scale: -1, shift: 1 }));

/** How far pointing has come: all (rows). */
type Progress = {
  /** Where it pointed first; −1 before it has. */
  first: Tensor;
  /** How often it may still point. */
  left: Tensor;
  ended: Tensor;
};

type Pointing = { state: PointingState; progress: Progress };

/**
 * Points at the likeliest place at each step, for so many sets, until all rows have ended or "limit" is reached.
 * Outputs: places and scores, their log-probabilities, (limit, rows); left (rows), how often each might still have pointed;
 * and attention (limit, rows, source), if wanted.
 */
export function pointingProgram(model: PointerNetwork, rows: number, attention: boolean): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const set = model.read(graph, rows);
  const advance = advancing(model, set.embedded);
  const [{ progress }, { places, scores, looked }] = scan(
    ({ state, progress }: Pointing) => {
      const { decoder, logProbabilities } = model.point(state, set.annotations);
      const goesOn = isZero(progress.ended);
      const place = multiply(argmax(logProbabilities), goesOn);
      const y = {
        places: place,
        scores: multiply(max(logProbabilities), goesOn),
        looked: attention ? [exp(logProbabilities)] : [],
      };
      const next = advance({ state: { ...state, decoder }, progress }, place);
      return [next, y, next.progress.ended];
    },
    { state: set.state, progress: begun(model, set) },
    [] as Tensor[],
    { steps: graph.dimension("limit") },
  );
  graph.output("places", places);
  graph.output("scores", scores);
  graph.output("left", progress.left);
  if (looked[0]) graph.output("attention", looked[0]);
  return compile(graph);
}

/**
 * Beam search for one set, until all beams have ended or "limit" is reached. Outputs: places and parents (limit, beams);
 * attention (limit, beams, source), if wanted, of the beams that each step went on from; and of the beams that are left,
 * the likeliest first: totals and left (beams). A beam that there is no way for has a total of −∞.
 */
export function pointingBeamProgram(model: PointerNetwork, beams: number, attention: boolean): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const one = model.read(graph, 1);
  const repeated = (x: Tensor): Tensor => broadcast(reshape(x, x.shape.slice(1)), { axis: 0, count: beams });
  const set: ReadSet = {
    embedded: repeated(one.embedded),
    annotations: one.annotations.map(({ values, keys, mask }) => ({
      values: repeated(values),
      keys: keys === values ? repeated(values) : repeated(keys),
      mask: repeated(mask),
    })),
    state: withLeaves(one.state, leavesOf(one.state).map(repeated)),
    lengths: concat(Array.from({ length: beams }, () => one.lengths)),
  };
  const advance = advancing(model, set.embedded);
  const fill = (value: number, count = beams): Tensor => constant(graph, [count], value);
  const [final, { places, parents, looked }] = scan(
    ({ pointing, scores, lengths }: Searching) => {
      const { state, progress } = pointing;
      const { decoder, logProbabilities } = model.point(state, set.annotations);
      // −∞, so that no beam goes where it may not: log 0; log 1 is 0.
      const ways = add(logProbabilities, log(state.free));
      const [nextScores, nextLengths, , parents, places] = beamStep(ways, scores, lengths, progress.ended, {
        lengthPenalty: 0,
      });
      const before: Pointing = { state: { ...state, decoder }, progress };
      const rows = leavesOf(before).map((leaf) => rowsAt(leaf, parents));
      const next = advance(withLeaves(before, rows), places);
      const y = { places, parents, looked: attention ? [exp(logProbabilities)] : [] };
      return [{ pointing: next, scores: nextScores, lengths: nextLengths }, y, next.progress.ended];
    },
    {
      pointing: { state: set.state, progress: begun(model, set) },
      // Of equal beams one is enough to begin with.
      scores: beams > 1 ? concat([fill(0, 1), fill(-Infinity, beams - 1)]) : fill(0),
      lengths: fill(0),
    },
    [] as Tensor[],
    { steps: graph.dimension("limit") },
  );
  graph.output("places", places);
  graph.output("parents", parents);
  if (looked[0]) graph.output("attention", looked[0]);
  graph.output("totals", final.scores);
  graph.output("left", final.pointing.progress.left);
  return compile(graph);
}

type Searching = { pointing: Pointing; scores: Tensor; lengths: Tensor };

const rowsAt = (x: Tensor, rows: Tensor): Tensor =>
  x.shape.length > 1 ? gather(x, rows) : reshape(gather(reshape(x, [...x.shape, 1]), rows), x.shape);

/** Before the first step: a set may be pointed at as often as it has vectors, and once more where the first comes again. */
function begun({ options: { ends } }: PointerNetwork, { lengths }: ReadSet): Progress {
  const none = constant(lengths.scope.graph, lengths.shape, 0);
  const left = affine(lengths, { shift: ends === "repeat" ? 1 : 0 });
  return { first: affine(none, { shift: -1 }), left, ended: none };
}

/** What follows once it has pointed at a place (rows); rows that have ended stay as they are. */
function advancing(model: PointerNetwork, embedded: Tensor): (before: Pointing, place: Tensor) => Pointing {
  const positions = positionsLike(embedded);
  return ({ state: { decoder, free }, progress: { first, left, ended } }, place) => {
    const there = oneHot(place, positions);
    const goesOn = isZero(ended);
    const isFirst = relu(affine(first, { scale: -1 })); // first is −1
    const isAgain = isZero(subtract(place, first));
    const nextLeft = subtract(left, goesOn);
    const isOver = isZero(nextLeft);
    const over = model.options.ends === "repeat" ? add(isOver, isAgain) : isOver;
    const progress: Progress = {
      first: add(first, multiply(isFirst, affine(place, { shift: 1 }))),
      left: nextLeft,
      ended: isZero(isZero(add(ended, over))),
    };
    return { state: { x: vectorAt(embedded, there), decoder, free: model.without(free, there) }, progress };
  };
}
