/** Every op's test. An op without one does not compile. Generated. */
import type * as ops from "../../bindings/graph/ops/index.js";
import type { OpTest } from "../support/opTest.js";
import accumulate from "./accumulate.js";
import add from "./add.js";
import additiveScore from "./additiveScore.js";
import affine from "./affine.js";
import approximateNearestRows from "./approximateNearestRows.js";
import argmax from "./argmax.js";
import batchMajor from "./batchMajor.js";
import beamStep from "./beamStep.js";
import binaryCrossEntropy from "./binaryCrossEntropy.js";
import bitErrors from "./bitErrors.js";
import bitMisses from "./bitMisses.js";
import broadcast from "./broadcast.js";
import categorical from "./categorical.js";
import categoricalCrossEntropy from "./categoricalCrossEntropy.js";
import circuit from "./circuit.js";
import circularConvolution from "./circularConvolution.js";
import classMisses from "./classMisses.js";
import clip from "./clip.js";
import clipGradient from "./clipGradient.js";
import columnSums from "./columnSums.js";
import compareCells from "./compareCells.js";
import concat from "./concat.js";
import constant from "./constant.js";
import contentSimilarity from "./contentSimilarity.js";
import convolution from "./convolution.js";
import diagonalGate from "./diagonalGate.js";
import divide from "./divide.js";
import dropout from "./dropout.js";
import embeddingBag from "./embeddingBag.js";
import eraseAdd from "./eraseAdd.js";
import exp from "./exp.js";
import firstInOrder from "./firstInOrder.js";
import fourierBasis from "./fourierBasis.js";
import gather from "./gather.js";
import growingSoftmax from "./growingSoftmax.js";
import gruCell from "./gruCell.js";
import halting from "./halting.js";
import huber from "./huber.js";
import identity from "./identity.js";
import interpolate from "./interpolate.js";
import joinSteps from "./joinSteps.js";
import layerNorm from "./layerNorm.js";
import linear from "./linear.js";
import linkRows from "./linkRows.js";
import log from "./log.js";
import logLikelihood from "./logLikelihood.js";
import logSoftmax from "./logSoftmax.js";
import lstmCell from "./lstmCell.js";
import maskedLogSoftmax from "./maskedLogSoftmax.js";
import maskedSoftmax from "./maskedSoftmax.js";
import matmul from "./matmul.js";
import max from "./max.js";
import maximum from "./maximum.js";
import melFilters from "./melFilters.js";
import minimum from "./minimum.js";
import multiply from "./multiply.js";
import nearestRows from "./nearestRows.js";
import oneHot from "./oneHot.js";
import popStrengths from "./popStrengths.js";
import productTopK from "./productTopK.js";
import pushRows from "./pushRows.js";
import readRows from "./readRows.js";
import readWindow from "./readWindow.js";
import relu from "./relu.js";
import renormalize from "./renormalize.js";
import reverseSequence from "./reverseSequence.js";
import selectColumn from "./selectColumn.js";
import sharpen from "./sharpen.js";
import shiftRows from "./shiftRows.js";
import sigmoid from "./sigmoid.js";
import slice from "./slice.js";
import softmax from "./softmax.js";
import softplus from "./softplus.js";
import splitSteps from "./splitSteps.js";
import squaredError from "./squaredError.js";
import stackRead from "./stackRead.js";
import stopGradient from "./stopGradient.js";
import subtract from "./subtract.js";
import sum from "./sum.js";
import tanh from "./tanh.js";
import transpose from "./transpose.js";
import uniform from "./uniform.js";
import weightedRead from "./weightedRead.js";
import writeRows from "./writeRows.js";
import writeWindow from "./writeWindow.js";

export type OpName = keyof typeof ops;

export const opTests = {
  accumulate,
  add,
  additiveScore,
  affine,
  approximateNearestRows,
  argmax,
  batchMajor,
  beamStep,
  binaryCrossEntropy,
  bitErrors,
  bitMisses,
  broadcast,
  categorical,
  categoricalCrossEntropy,
  circuit,
  circularConvolution,
  classMisses,
  clip,
  clipGradient,
  columnSums,
  compareCells,
  concat,
  constant,
  contentSimilarity,
  convolution,
  diagonalGate,
  divide,
  dropout,
  embeddingBag,
  eraseAdd,
  exp,
  firstInOrder,
  fourierBasis,
  gather,
  growingSoftmax,
  gruCell,
  halting,
  huber,
  identity,
  interpolate,
  joinSteps,
  layerNorm,
  linear,
  linkRows,
  log,
  logLikelihood,
  logSoftmax,
  lstmCell,
  maskedLogSoftmax,
  maskedSoftmax,
  matmul,
  max,
  maximum,
  melFilters,
  minimum,
  multiply,
  nearestRows,
  oneHot,
  popStrengths,
  productTopK,
  pushRows,
  readRows,
  readWindow,
  relu,
  renormalize,
  reverseSequence,
  selectColumn,
  sharpen,
  shiftRows,
  sigmoid,
  slice,
  softmax,
  softplus,
  splitSteps,
  squaredError,
  stackRead,
  stopGradient,
  subtract,
  sum,
  tanh,
  transpose,
  uniform,
  weightedRead,
  writeRows,
  writeWindow,
} satisfies { [Name in OpName]: OpTest };
