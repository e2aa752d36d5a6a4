/** Every op in a few obvious lines of double precision. */
import type * as ops from "../../bindings/graph/ops/index.js";
import type { NDArray } from "../support/array.js";
import { constant } from "./constant.js";
import { identity } from "./identity.js";
import { softmax } from "./softmax.js";
import { add } from "./add.js";
import { subtract } from "./subtract.js";
import { multiply } from "./multiply.js";
import { divide } from "./divide.js";
import { affine } from "./affine.js";
import { clip } from "./clip.js";
import { exp } from "./exp.js";
import { log } from "./log.js";
import { relu } from "./relu.js";
import { sigmoid } from "./sigmoid.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";
import { broadcast } from "./broadcast.js";
import { sum } from "./sum.js";
import { max } from "./max.js";
import { logSoftmax } from "./logSoftmax.js";
import { maskedSoftmax } from "./maskedSoftmax.js";
import { maskedLogSoftmax } from "./maskedLogSoftmax.js";
import { layerNorm } from "./layerNorm.js";
import { binaryCrossEntropy } from "./binaryCrossEntropy.js";
import { categoricalCrossEntropy } from "./categoricalCrossEntropy.js";
import { squaredError } from "./squaredError.js";
import { huber } from "./huber.js";
import { bitErrors } from "./bitErrors.js";
import { bitMisses } from "./bitMisses.js";
import { classMisses } from "./classMisses.js";
import { concat } from "./concat.js";
import { gather } from "./gather.js";
import { slice } from "./slice.js";
import { transpose } from "./transpose.js";
import { linear } from "./linear.js";
import { matmul } from "./matmul.js";
import { lstmCell } from "./lstmCell.js";
import { gruCell } from "./gruCell.js";
import { contentSimilarity } from "./contentSimilarity.js";
import { interpolate } from "./interpolate.js";
import { circularConvolution } from "./circularConvolution.js";
import { sharpen } from "./sharpen.js";
import { weightedRead } from "./weightedRead.js";
import { eraseAdd } from "./eraseAdd.js";
import { halting } from "./halting.js";
import { accumulate } from "./accumulate.js";
import { additiveScore } from "./additiveScore.js";
import { reverseSequence } from "./reverseSequence.js";
import { batchMajor } from "./batchMajor.js";
import { argmax } from "./argmax.js";
import { beamStep } from "./beamStep.js";
import { dropout } from "./dropout.js";
import { minimum } from "./minimum.js";
import { maximum } from "./maximum.js";
import { compareCells } from "./compareCells.js";
import { columnSums } from "./columnSums.js";
import { selectColumn } from "./selectColumn.js";
import { firstInOrder } from "./firstInOrder.js";
import { shiftRows } from "./shiftRows.js";
import { uniform } from "./uniform.js";

type OpName = keyof typeof ops;
type Reference = (inputs: readonly NDArray[], attributes: never) => NDArray[];

export const reference = {
  constant,
  identity,
  softmax,
  add,
  subtract,
  multiply,
  divide,
  affine,
  clip,
  exp,
  log,
  relu,
  sigmoid,
  softplus,
  tanh,
  broadcast,
  sum,
  max,
  logSoftmax,
  maskedSoftmax,
  maskedLogSoftmax,
  layerNorm,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  squaredError,
  huber,
  bitErrors,
  bitMisses,
  classMisses,
  concat,
  gather,
  slice,
  transpose,
  linear,
  matmul,
  lstmCell,
  gruCell,
  contentSimilarity,
  interpolate,
  circularConvolution,
  sharpen,
  weightedRead,
  eraseAdd,
  halting,
  accumulate,
  additiveScore,
  reverseSequence,
  batchMajor,
  argmax,
  beamStep,
  dropout,
  minimum,
  maximum,
  compareCells,
  columnSums,
  selectColumn,
  firstInOrder,
  shiftRows,
  uniform,
} satisfies {
  [Name in OpName]: Reference;
};
