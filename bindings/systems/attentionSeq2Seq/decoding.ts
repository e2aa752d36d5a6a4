import { compile } from "../../graph/compile.js";
import { Graph } from "../../graph/graph.js";
import {
  affine,
  argmax,
  beamStep,
  broadcast,
  concat,
  constant,
  gather,
  logSoftmax,
  max,
  multiply,
  relu,
} from "../../graph/ops/index.js";
import type { Program } from "../../graph/program.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { leavesOf, withLeaves } from "../../graph/tree.js";
import type { DecoderState } from "../../layers/attentionDecoder.js";
import type { AttentionSeq2Seq } from "./attentionSeq2Seq.js";

/** 1 where x is 0, otherwise 0, for whole numbers from 0 up. */
const isZero = (x: Tensor): Tensor => relu(affine(x, { scale: -1, shift: 1 }));

/**
 * Says the likeliest symbol at each step, for so many sources, until all rows have ended or "limit" is reached.
 * Outputs: symbols and scores, their log-probabilities, (limit, rows); and attention (limit, rows, source), if wanted.
 */
export function greedyProgram(model: AttentionSeq2Seq, rows: number, attention: boolean): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const { annotations, state } = model.encode(graph, rows);
  const none = constant(graph, [rows], 0);
  const [, { symbols, scores, looked }] = scan(
    ({ before, ended, state }: { before: Tensor; ended: Tensor; state: DecoderState }) => {
      const said = model.say(before, state, annotations);
      const goesOn = isZero(ended);
      const symbol = multiply(argmax(said.logits), goesOn);
      const score = multiply(max(logSoftmax(said.logits)), goesOn);
      const nextEnded = isZero(symbol);
      const looked = attention && said.weights ? [said.weights] : [];
      const y = { symbols: symbol, scores: score, looked };
      return [{ before: symbol, ended: nextEnded, state: said.state }, y, nextEnded];
    },
    { before: none, ended: none, state },
    [] as Tensor[],
    { steps: graph.dimension("limit") },
  );
  graph.output("symbols", symbols);
  graph.output("scores", scores);
  if (looked[0]) graph.output("attention", looked[0]);
  return compile(graph);
}

/**
 * Beam search for one source, until all beams have ended or "limit" is reached. Outputs: symbols and parents (limit,
 * beams); attention (limit, beams, source), if wanted, of the beams that each step went on from; and of the beams that
 * are left, the best first: totals, lengths and ranks (beams).
 */
export function beamProgram(
  model: AttentionSeq2Seq,
  beams: number,
  lengthPenalty: number,
  attention: boolean,
): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const { annotations, state } = model.encode(graph, 1);
  const repeated = (x: Tensor): Tensor => broadcast(reshape(x, x.shape.slice(1)), { axis: 0, count: beams });
  const { values, keys, mask } = annotations;
  const shared = {
    values: repeated(values),
    keys: keys === values ? repeated(values) : repeated(keys),
    mask: repeated(mask),
  };
  const fill = (value: number, count = beams): Tensor => constant(graph, [count], value);
  const initial: Searching = {
    before: fill(0),
    // Of equal beams one is enough to begin with.
    scores: beams > 1 ? concat([fill(0, 1), fill(-Infinity, beams - 1)]) : fill(0),
    lengths: fill(0),
    ended: fill(0),
    ranks: fill(0),
    state: withLeaves(state, leavesOf(state).map(repeated)),
  };
  const [final, { symbols, parents, looked }] = scan(
    ({ before, scores, lengths, ended, state }: Searching) => {
      const said = model.say(before, state, shared);
      const [nextScores, nextLengths, nextEnded, parents, symbols, ranks] = beamStep(
        logSoftmax(said.logits),
        scores,
        lengths,
        ended,
        { lengthPenalty },
      );
      const next: Searching = {
        before: symbols,
        scores: nextScores,
        lengths: nextLengths,
        ended: nextEnded,
        ranks,
        state: withLeaves(
          state,
          leavesOf(said.state).map((leaf) => gather(leaf, parents)),
        ),
      };
      const looked = attention && said.weights ? [said.weights] : [];
      return [next, { symbols, parents, looked }, nextEnded];
    },
    initial,
    [] as Tensor[],
    { steps: graph.dimension("limit") },
  );
  graph.output("symbols", symbols);
  graph.output("parents", parents);
  if (looked[0]) graph.output("attention", looked[0]);
  graph.output("totals", final.scores);
  graph.output("lengths", final.lengths);
  graph.output("ranks", final.ranks);
  return compile(graph);
}

type Searching = {
  before: Tensor;
  scores: Tensor;
  lengths: Tensor;
  ended: Tensor;
  ranks: Tensor;
  state: DecoderState;
};

/** Encodes one source. Outputs: what `stepProgram` takes, under the same names. */
export function startProgram(model: AttentionSeq2Seq): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const { annotations, state } = model.encode(graph, 1);
  for (const [name, tensor] of Object.entries(annotations) as [string, Tensor][]) graph.output(name, tensor);
  leavesOf(state).forEach((leaf, i) => graph.output(`state ${i}`, leaf));
  return compile(graph);
}

/** One step: from "before" (1) and what there was, the next symbol under that name, and the next state. */
export function stepProgram(model: AttentionSeq2Seq): Program {
  const graph = new Graph();
  void model.parameters; // lays them out
  const source = graph.dimension("source");
  // The shapes are those of a start that is recorded for nothing else.
  const like = model.encode(new Graph(), 1);
  const input = (name: string, { shape }: Tensor): Tensor =>
    graph.input(
      name,
      shape.map((axis) => (typeof axis === "number" ? axis : source)),
    );
  const annotations = {
    values: input("values", like.annotations.values),
    keys: input("keys", like.annotations.keys),
    mask: input("mask", like.annotations.mask),
  };
  const state = withLeaves(
    like.state,
    leavesOf(like.state).map((leaf, i) => input(`state ${i}`, leaf)),
  );
  const said = model.say(graph.input("before", [1]), state, annotations);
  graph.output("before", argmax(said.logits));
  leavesOf(said.state).forEach((leaf, i) => graph.output(`state ${i}`, leaf));
  return compile(graph);
}
