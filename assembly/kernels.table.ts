/**
 * The instructions, in the order of their opcodes. What they compute is in the kernels; here is what a kernel's signature
 * does not say. scripts/generate/kernels.mjs makes of both: the opcodes, the dispatch of each tier, and the table that
 * verifies compiled models. So a new kernel is its file and a row here; its opcode is free, since files of models know
 * instructions by name.
 */

/**
 * The binaries with the instruction: every one has `run`; all but tapehead/run have `train`; all but the default have
 * `systems`, what running single systems needs; and only tapehead/full and tapehead/threads have `full`, what training
 * them needs besides, and what no system runs.
 */
export type Tier = "run" | "train" | "systems" | "full";

/**
 * By operand: elements from the one it points at to the last that the kernel touches, as an expression of the sizes in
 * the kernel's signature.
 */
export type Extents = Readonly<Record<string, string>>;

/**
 * A kernel: a function of this name in assembly/kernels/. Its arguments are operands (`usize`), sizes (`i32`), scalars
 * (`f32`), in this order, as words of the instruction; `begin` is no word but 0. One that returns a Status may end the
 * program.
 */
export interface KernelRow {
  readonly tier: Tier;
  /** What is needed to verify a call by a compiled model; without it no compiled model can have the kernel. */
  readonly touches?: Touches;
}

export interface Touches {
  /** What the kernel's range, from `begin` to `end`, counts: the name of the size `end` in expressions. */
  readonly range?: string;
  /** The first operands: those that are written. */
  readonly writes: Extents;
  /** The others. */
  readonly reads: Extents;
  /** Sizes that may be 0; all others are at least 1. */
  readonly orZero?: readonly string[];
  /** What else must hold of sizes for the kernel to stay inside. */
  readonly allows?: string;
}

/** A control instruction: an arm of the interpreter, and checked by bindings/compiled/verify.ts. */
export interface ControlRow {
  readonly about: string;
  /** Whether a compiled model can have it. */
  readonly compiled: boolean;
}

export const control: Readonly<Record<string, ControlRow>> = {
  end: { about: "Ends a program, a loop's body or a loop's prologue.", compiled: true },
  scanEnter: { about: "Makes room for a scan's frames and points the registers at the first.", compiled: true },
  scanLoop: { about: "Runs the body that follows once for each iteration.", compiled: true },
  scanEnterBackward: { about: "Points the registers at the last frame that ran.", compiled: false },
  scanLoopBackward: {
    about: "Runs the body that follows once for each iteration that ran, last one first.",
    compiled: false,
  },
  scanTurn: {
    about: "Exchanges a scan's two frames, for a session that runs one iteration at a time.",
    compiled: true,
  },
  fork: { about: "Branches that follow do not depend on each other; threads may share them.", compiled: true },
};

/** Up to 2²⁴ an f32 counts one by one, so a number that chooses an element can be compared with such a size exactly. */
const COUNTABLE = 0x100_0000;
/** Floats of the panel that matmulPacked copies columns to. */
const PANEL = 2560;

/** A kernel of every binary, which compiled models may have. */
const run = (touches: Touches): KernelRow => ({ tier: "run", touches });
/** A kernel that single systems need, also in compiled models. */
const system = (touches: Touches): KernelRow => ({ tier: "systems", touches });
/** A kernel that no system runs, but a model of a user's may. */
const rare = (touches: Touches): KernelRow => ({ tier: "full", touches });
/** A kernel that no compiled model has: backward, optimizers. */
const training: KernelRow = { tier: "train" };
/** The same, of single systems. */
const fullTraining: KernelRow = { tier: "full" };

/** One row of values for each row of an operand. */
const matrix = "cols * rows";
/** All elements of a tensor of three axes, of which the middle one is reduced or broadcast, and all without it. */
const whole = "repeat * inner * outer";
const folded = "inner * outer";
/** Matrices of which each row of the batch has its own; `rows` are those of all. */
const product = {
  range: "rows",
  reads: { a: "rows * k", b: "rows / m * k * n" },
  orZero: ["accumulate"],
  allows: "accumulate <= 1 && rows % m === 0",
};
/** Tables, and what there is for each row and for each column of one. */
const cells = "rows * batch * columns";
/** Tapes, one for each row. */
const tapes = "cells * width * rows";

const unary = run({ range: "n", writes: { y: "n" }, reads: { x: "n" } });
const binary = { range: "n", writes: { y: "n" }, reads: { a: "n", b: "n" } };

export const kernels: Readonly<Record<string, KernelRow>> = {
  expectFinite: training,

  identityForward: unary,
  identityBackward: training,
  fill: run({ range: "n", writes: { y: "n" }, reads: {} }),
  softmaxForward: run({ range: "rows", writes: { y: matrix }, reads: { x: matrix } }),
  softmaxBackward: training,
  softmaxPart: run({ writes: { y: "cols", sum: "2" }, reads: { x: "cols" } }),
  softmaxJoin: run({ writes: { y: "cols" }, reads: { sum: "2", sums: "2 * parts" } }),

  addForward: run(binary),
  addBackward: training,
  subtractForward: run(binary),
  subtractBackward: training,
  multiplyForward: run(binary),
  multiplyBackward: training,
  divideForward: run(binary),
  divideBackward: training,
  affineForward: unary,
  affineBackward: training,
  clipForward: unary,
  clipBackward: training,
  expForward: unary,
  expBackward: training,
  logForward: unary,
  logBackward: training,
  reluForward: unary,
  reluBackward: training,
  sigmoidForward: unary,
  sigmoidBackward: training,
  softplusForward: unary,
  softplusBackward: training,
  tanhForward: unary,
  tanhBackward: training,

  broadcastForward: run({ range: "outer", writes: { y: whole }, reads: { x: folded } }),
  broadcastBackward: training,
  sumForward: run({ range: "outer", writes: { y: folded }, reads: { x: whole } }),
  sumBackward: training,
  maxForward: run({ range: "outer", writes: { y: folded }, reads: { x: whole } }),
  maxBackward: training,

  logSoftmaxForward: run({ range: "rows", writes: { y: matrix }, reads: { x: matrix } }),
  logSoftmaxBackward: training,
  maskedSoftmaxForward: run({ range: "rows", writes: { y: matrix }, reads: { x: matrix, mask: matrix } }),
  maskedLogSoftmaxForward: system({ range: "rows", writes: { y: matrix }, reads: { x: matrix, mask: matrix } }),
  maskedLogSoftmaxBackward: fullTraining,
  layerNormForward: rare({
    range: "rows",
    writes: { y: matrix, stats: "2 * rows" },
    reads: { x: matrix, gain: "cols", bias: "cols" },
  }),
  layerNormBackward: fullTraining,

  binaryCrossEntropyForward: training,
  binaryCrossEntropyBackward: training,
  categoricalCrossEntropyForward: training,
  categoricalCrossEntropyBackward: training,
  squaredErrorForward: training,
  squaredErrorBackward: training,
  huberForward: training,
  huberBackward: training,
  bitErrors: training,
  bitMisses: training,
  classMisses: training,

  copyBlocks: run({
    range: "groups",
    writes: { y: "yOffset + (groups - 1) * yStride + inner" },
    reads: { x: "xOffset + (groups - 1) * xStride + inner" },
    orZero: ["yOffset", "xOffset"],
    allows: "inner <= yStride && inner <= xStride",
  }),
  addBlocks: training,
  transposeForward: run({ range: "batch", writes: { y: "rows * cols * batch" }, reads: { x: "rows * cols * batch" } }),
  transposeBackward: training,
  gatherForward: run({
    range: "count",
    writes: { y: "width * count" },
    reads: { table: "rows * width", indices: "count" },
    allows: `rows <= ${COUNTABLE}`, // an index chooses the row that is read
  }),
  gatherBackward: training,

  sgd: training,
  rmsProp: training,
  adam: training,
  clipByValue: training,
  clipByNorm: training,
  globalNorm: training,
  sumBlocks: training,

  uniform: run({ range: "n", writes: { y: "n" }, reads: { stream: "4" } }),
  normal: training,
  bits: fullTraining,
  permutation: fullTraining,
  advance: fullTraining,

  lstmCellForward: run({
    range: "rows",
    writes: { h: "hidden * rows", next: "hidden * rows", gates: "4 * hidden * rows", t: "hidden * rows" },
    reads: { x: "4 * hidden * rows", cell: "hidden * rows" },
  }),
  lstmCellBackward: training,
  gruCellForward: run({
    range: "rows",
    writes: { next: "hidden * rows", gates: "3 * hidden * rows" },
    reads: { x: "3 * hidden * rows", y: "3 * hidden * rows", h: "hidden * rows" },
  }),
  gruCellBackward: training,

  contentSimilarityForward: run({
    range: "batch",
    writes: { z: "batch * heads * slots", cosine: "batch * heads * slots", norms: "batch * slots" },
    reads: { memory: "batch * slots * width", key: "batch * heads * width", strength: "batch * heads" },
    orZero: ["guard"],
    allows: "guard <= 2",
  }),
  contentSimilarityBackward: training,
  interpolateForward: run({
    range: "rows",
    writes: { y: "slots * rows" },
    reads: { gate: "rows", content: "slots * rows", previous: "slots * rows" },
  }),
  interpolateBackward: training,
  circularConvolutionForward: run({
    range: "rows",
    writes: { y: "slots * rows" },
    reads: { weights: "slots * rows", shifts: "size * rows" },
    orZero: ["wrap"],
    allows: "size % 2 === 1 && wrap <= 1",
  }),
  circularConvolutionBackward: training,
  sharpenForward: run({
    range: "rows",
    writes: { y: "slots * rows", logs: "slots * rows", scales: "rows" },
    reads: { weights: "slots * rows", gamma: "rows" },
  }),
  sharpenBackward: training,
  weightedReadForward: run({
    range: "batch",
    writes: { r: "batch * heads * width" },
    reads: { memory: "batch * slots * width", weights: "batch * heads * slots" },
  }),
  weightedReadBackward: training,
  eraseAddForward: run({
    range: "batch",
    writes: { next: "batch * slots * width" },
    reads: {
      memory: "batch * slots * width",
      weights: "batch * heads * slots",
      erase: "batch * heads * width",
      add: "batch * heads * width",
    },
  }),
  eraseAddBackward: training,

  haltingForward: run({
    range: "rows",
    writes: { p: "rows", nextSum: "rows", nextSteps: "rows", nextHalted: "rows" },
    reads: { h: "rows", sum: "rows", steps: "rows", halted: "rows" },
  }),
  haltingBackward: training,
  accumulateForward: run({ range: "rows", writes: { y: matrix }, reads: { total: matrix, x: matrix, p: "rows" } }),
  accumulateBackward: training,

  additiveScoreForward: system({
    range: "batch",
    writes: { e: "count * batch" },
    reads: { q: "batch * width", k: "batch * count * width", v: "width" },
  }),
  additiveScoreBackward: fullTraining,
  reverseSequenceForward: system({
    writes: { y: "batch * width * time" },
    reads: { x: "batch * width * time", lengths: "batch" },
    allows: `time <= ${COUNTABLE}`, // a length chooses the row that is read
  }),
  reverseSequenceBackward: fullTraining,
  argmax: system({ range: "rows", writes: { y: "rows" }, reads: { x: matrix } }),
  beamStep: system({
    writes: {
      nextScores: "beams",
      nextLengths: "beams",
      nextEnded: "beams",
      parents: "beams",
      symbols: "beams",
      ranks: "beams",
    },
    reads: { logp: "classes * beams", scores: "beams", lengths: "beams", ended: "beams" },
  }),
  dropoutForward: fullTraining,
  dropoutBackward: fullTraining,

  minimumForward: system(binary),
  minimumBackward: fullTraining,
  maximumForward: system(binary),
  maximumBackward: fullTraining,
  compareCellsForward: system({
    writes: { y: cells },
    reads: { x: cells, p: cells, q: "batch * numbers", w: "batch * numbers" },
    orZero: ["relation"],
    allows: "relation <= 4",
  }),
  compareCellsBackward: fullTraining,
  columnSumsForward: system({ writes: { y: "batch * columns" }, reads: { s: "rows * batch", x: cells } }),
  columnSumsBackward: fullTraining,
  selectColumnForward: system({ writes: { y: "rows * batch" }, reads: { x: cells, w: "batch * columns" } }),
  selectColumnBackward: fullTraining,
  firstInOrderForward: system({
    writes: { y: cells, t: cells },
    reads: { s: "rows * batch", o: cells },
    allows: `rows <= ${COUNTABLE}`, // the order chooses the row that is written
  }),
  firstInOrderBackward: fullTraining,
  shiftRowsForward: system({ writes: { y: "width * rows" }, reads: { x: "width * rows" } }),
  shiftRowsBackward: fullTraining,
  oneHot: system({
    range: "count",
    writes: { y: "classes * count" },
    reads: { indices: "count" },
    allows: `classes <= ${COUNTABLE}`, // an index chooses the element that is written
  }),
  categorical: system({ range: "rows", writes: { y: "rows" }, reads: { p: matrix, u: "rows" } }),
  readWindowForward: system({
    range: "rows",
    writes: { y: "size * width * rows" },
    reads: { tape: tapes, position: "rows" },
    allows: "size % 2 === 1",
  }),
  readWindowBackward: fullTraining,
  writeWindowForward: system({
    range: "rows",
    writes: { next: tapes },
    reads: { tape: tapes, position: "rows", values: "size * width * rows" },
    allows: "size % 2 === 1 && size <= cells",
  }),
  writeWindowBackward: fullTraining,

  matmul: run({ ...product, writes: { c: "rows * n" } }),
  matmulPacked: run({ ...product, writes: { panel: `${PANEL}`, c: "rows * n" } }),
  matmulTransposedA: run({ ...product, writes: { c: "rows * n" } }),
  matmulTransposedB: run({ ...product, writes: { c: "rows * n" } }),
  linearForward: run({
    range: "rows",
    writes: { y: "outputs * rows" },
    reads: { x: "inputs * rows", weights: "inputs * outputs", bias: "outputs" },
  }),
  linearBackward: training,

  convolutionForward: system({
    writes: { y: "batch * width * length * outputs" },
    reads: { x: "batch * width * length * inputs", kernel: "widthTaps * lengthTaps * inputs * outputs" },
    allows: "widthTaps % 2 === 1 && lengthTaps % 2 === 1",
  }),
  convolutionBackward: fullTraining,
  diagonalGateForward: system({
    writes: { y: "batch * length * maps" },
    reads: { s: "batch * length * maps", gate: "batch * length * maps", candidate: "batch * length * maps" },
  }),
  diagonalGateBackward: fullTraining,
  adaMax: fullTraining,

  popStrengthsForward: system({
    range: "batch",
    writes: { y: "ends * slots * batch" },
    reads: { s: "ends * slots * batch", u: "batch" },
    orZero: ["from"],
    allows: "ends <= 2 && from <= 1",
  }),
  popStrengthsBackward: fullTraining,
  pushRowsForward: system({
    range: "ends",
    writes: { y: "slots * width * ends" },
    reads: { x: "slots * width * ends", v: "width * ends" },
    orZero: ["whole"],
    allows: "whole <= 1",
  }),
  pushRowsBackward: fullTraining,
  stackReadForward: system({
    range: "batch",
    writes: { r: "heads * width * batch", w: "heads * ends * slots * batch" },
    reads: { values: "ends * slots * width * batch", s: "ends * slots * batch" },
    orZero: ["from"],
    allows: "heads <= 2 && ends <= 2 && from <= 1",
  }),
  stackReadBackward: fullTraining,
  nearestRowsForward: system({
    range: "batch",
    writes: { indices: "heads * count * batch", similarities: "heads * count * batch" },
    reads: {
      query: "heads * width * batch",
      rows: "slots * width * batch",
      norms: "slots * batch",
      used: "batch",
    },
    allows: "count <= slots",
  }),
  nearestRowsBackward: fullTraining,
  readRowsForward: system({
    range: "batch",
    writes: {
      read: "heads * width * batch",
      rows: "slots * width * batch",
      norms: "slots * batch",
      ring: "2 * (slots + 1) * batch",
      used: "batch",
    },
    reads: { weights: "heads * count * batch", indices: "heads * count * batch" },
  }),
  readRowsBackward: fullTraining,
  writeRowsForward: system({
    range: "batch",
    writes: {
      next: "batch",
      oldest: "heads * batch",
      undo: "heads * (count + 1) * width * batch",
      rows: "slots * width * batch",
      norms: "slots * batch",
      ring: "2 * (slots + 1) * batch",
      used: "batch",
    },
    reads: {
      version: "batch",
      weights: "heads * (count + 1) * batch",
      add: "heads * width * batch",
      indices: "heads * count * batch",
    },
    allows: "heads <= slots",
  }),
  writeRowsBackward: fullTraining,
  linkRowsForward: rare({
    range: "batch",
    writes: { compared: "batch", index: "batch * (35 * slots + 9216)", linked: "batch" },
    reads: {
      rows: "slots * width * batch",
      norms: "slots * batch",
      used: "batch",
      weights: "heads * (count + 1) * batch",
      add: "heads * width * batch",
      indices: "heads * count * batch",
      oldest: "heads * batch",
    },
    allows: "reach <= 256",
  }),
  approximateNearestRowsForward: rare({
    range: "batch",
    writes: {
      indices: "heads * count * batch",
      similarities: "heads * count * batch",
      compared: "batch",
      index: "batch * (35 * slots + 9216)",
    },
    reads: {
      query: "heads * width * batch",
      rows: "slots * width * batch",
      norms: "slots * batch",
      used: "batch",
      linked: "batch",
    },
    allows: "count <= slots && reach <= 256",
  }),
  productTopKForward: rare({
    range: "rows",
    writes: { scores: "count * rows", indices: "count * rows", scratch: "8 * count * rows" },
    reads: { a: "n * rows", b: "m * rows" },
  }),
  productTopKBackward: fullTraining,
  circuitForward: system({
    range: "batch",
    writes: {
      o: "batch * 14 * cells",
      next: "batch * cells * cells",
      used: "batch * 28 * cells",
    },
    reads: {
      pool: "batch * count * cells",
      memory: "batch * cells * cells",
      w: "batch * (28 * count + 182)",
    },
  }),
  circuitBackward: fullTraining,
  growingSoftmaxForward: system({
    range: "rows",
    writes: { y: "rows * pairs * (2 * first + pairs - 1)" },
    reads: { x: "rows * pairs * (2 * first + pairs - 1)" },
  }),
  growingSoftmaxBackward: fullTraining,
  renormalizeForward: system({ range: "rows", writes: { y: matrix }, reads: { x: matrix } }),
  clipGradientBackward: fullTraining,
  logLikelihoodForward: fullTraining,
  logLikelihoodBackward: fullTraining,
  embeddingBagForward: fullTraining, // elsewhere layers/wordBag.ts composes it
  embeddingBagBackward: fullTraining,
  fourierBasis: system({
    range: "rows",
    writes: { y: "rows * 2 * bins" },
    reads: {},
    allows: "rows <= size && window <= size && bins <= size && size <= 32768", // products of two are exact
  }),
  melFilters: system({ range: "bins", writes: { y: "bins * bands" }, reads: {} }),
};
