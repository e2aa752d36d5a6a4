import { add, affine, broadcast, clip, exp, log, max, multiply, relu, subtract, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";

/** What a program may have answered, and what it should have. */
export interface AnswerPair {
  /** (batch) */
  readonly scalar: Tensor;
  /** (rows, batch, columns) */
  readonly lookup: Tensor;
  /** (batch): the number, or 0 if it is none. */
  readonly number: Tensor;
  /** (batch, items): 1 for each that cells hold, and which do: (rows, batch, items · columns). */
  readonly items: Tensor;
  readonly answers: Tensor;
  /** 1 for each cell: (rows, batch, columns). */
  readonly isCell: Tensor;
  /** (batch): 1 by the number of rows, and of cells. */
  readonly perRow: Tensor;
  readonly perCell: Tensor;
}

/** Beyond it a number is no nearer or farther. */
const MOST_SCALAR = 3;
/** How much cells count beside numbers. */
const OF_LOOKUP = 50;
/** How soft the lesser of two losses is. */
const SOFTNESS = 5;
/** Added to probabilities before their logarithm, in single precision. */
const EPSILON = 1e-8;
/** Likewise 1 − p, more so, since its gradient is not tempered by p. */
const BELOW_1 = 0.999;

/**
 * How wrong an answer is where it is not known which of several cells is meant, nor whether a number was counted or
 * looked up: (batch). Neelakantan et al. 2017, arXiv:1611.08945, section 2.4; the weights are those of its code.
 */
export function answerLoss(pair: AnswerPair): Tensor {
  const { number, items } = pair;
  const [batch, count] = items.shape as [number, number];
  const isNumber = clip(number, { low: 0, high: 1 }); // whole numbers
  const isInCells = max(items);
  const scalar = scalarLoss(pair);
  const lookup = lookupLoss(pair, batch, count);
  const both = multiply(isNumber, isInCells);
  const onlyNumber = subtract(isNumber, both);
  const onlyCells = affine(isNumber, { scale: -1, shift: 1 });
  return [multiply(both, lesser(scalar, lookup)), multiply(onlyNumber, scalar), multiply(onlyCells, lookup)].reduce(
    (a, b) => add(a, b),
  );
}

/** min(½ (scalar − y)² / rows, 3) */
function scalarLoss({ scalar, number, perRow }: AnswerPair): Tensor {
  const distance = subtract(scalar, number);
  const square = multiply(multiply(distance, distance), perRow);
  return clip(affine(square, { scale: 0.5 }), { high: MOST_SCALAR });
}

/** 50 / cells · (Σ over items of the least −log p of a cell that holds it − Σ over all other cells of log(1 − p)) */
function lookupLoss({ lookup, items, answers, isCell, perCell }: AnswerPair, batch: number, count: number): Tensor {
  const [rows, , columns] = lookup.shape as [Tensor["shape"][number], number, number];
  const found = reshape(answers, [rows, batch, count, columns]);
  const likely = max(max(multiply(broadcast(lookup, { axis: 2, count }), found)), { axis: 0 }); // (batch, items)
  const missed = multiply(items, log(affine(likely, { shift: EPSILON })));
  const isAnswer = clip(sum(found, { axis: 2 }), { high: 1 });
  const isOther = subtract(isCell, isAnswer);
  const wrong = multiply(isOther, log(affine(lookup, { scale: -BELOW_1, shift: 1 })));
  const total = add(sum(missed), sum(sum(wrong), { axis: 0 }));
  return multiply(affine(total, { scale: -OF_LOOKUP }), perCell);
}

/** −⅕ log(exp(−5 a) + exp(−5 b)), not below 0; a is at most 3, so that the logarithm is finite. */
function lesser(a: Tensor, b: Tensor): Tensor {
  const both = add(exp(affine(a, { scale: -SOFTNESS })), exp(affine(b, { scale: -SOFTNESS })));
  return relu(affine(log(both), { scale: -1 / SOFTNESS }));
}
