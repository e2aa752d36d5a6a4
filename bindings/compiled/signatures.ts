import { Opcode } from "../../assembly/opcodes.js";

type Sizes = readonly number[];

/**
 * What a kernel touches, as a function of the size words of its instruction: for every operand the elements from the
 * one it points at to the last that is read or written. An instruction's operands are `writes`, then `reads`.
 */
export interface Kernel {
  readonly sizes: number;
  readonly scalars: number;
  /** Elements of the operands that are written or added to. */
  writes(sizes: Sizes): readonly number[];
  reads(sizes: Sizes): readonly number[];
  /** Sizes that may be 0; all others are at least 1. */
  readonly orZero?: readonly number[];
  /** What else must hold for the kernel to stay inside. */
  allows?(sizes: Sizes): boolean;
}

/** An instruction of a compiled model, under the name its file knows it by; a control instruction has no kernel. */
interface Signature<Code> {
  readonly opcode: Code;
  readonly kernel?: Kernel;
}

interface Rest {
  scalars?: number;
  orZero?: readonly number[];
  allows?: Kernel["allows"];
}

/* @__NO_SIDE_EFFECTS__ */
const define = (
  sizes: number,
  writes: Kernel["writes"],
  reads: Kernel["reads"],
  { scalars = 0, ...rest }: Rest = {},
): Kernel => ({ sizes, scalars, writes, reads, ...rest });

/** Up to 2²⁴ a number counts one by one, so that a comparison with a size is exact. */
const COUNTABLE = 0x100_0000;
/** Floats of the panel that matmulPacked copies columns to. */
const PANEL = 2560;

const map = ([n]: Sizes): number[] => [n!];
const mapTwo = ([n]: Sizes): number[] => [n!, n!];
const unary = define(1, map, map);
const unaryWithTwo = define(1, map, map, { scalars: 2 });
const binary = define(1, map, mapTwo);

/** Sizes: columns, rows. */
const matrix = ([cols, rows]: Sizes): number[] => [cols! * rows!];
const rowwise = define(2, matrix, matrix);
const masked = define(2, matrix, ([cols, rows]) => [cols! * rows!, cols! * rows!]);
/** x, targets and a mask of rows. */
const compared = ([cols, rows]: Sizes): number[] => [cols! * rows!, cols! * rows!, rows!];
const one = (): number[] => [1];
const loss = define(2, one, compared);

/** Sizes: repeat, inner, outer. */
const spread = ([repeat, inner, outer]: Sizes): number[] => [repeat! * inner! * outer!];
const folded = ([, inner, outer]: Sizes): number[] => [inner! * outer!];
const reduction = define(3, folded, spread);

/** Sizes: m, k, n, accumulate, rows of all matrices. */
const factors = ([m, k, n, , rows]: Sizes): number[] => [rows! * k!, (rows! / m!) * k! * n!];
const productSizes: Rest = { orZero: [3], allows: ([m, , , accumulate, rows]) => accumulate! <= 1 && rows! % m! === 0 };
const product = define(5, ([, , n, , rows]) => [rows! * n!], factors, productSizes);

/**
 * Every instruction: how to check it, or null where a compiled model cannot have it, since it belongs to training.
 * A kernel's promise is in its head comment, and tests/compiled.test.ts holds this table against the compiler.
 */
export const signatures: { readonly [Name in keyof typeof Opcode]: Signature<(typeof Opcode)[Name]> | null } = {
  end: { opcode: Opcode.end },
  scanEnter: { opcode: Opcode.scanEnter },
  scanLoop: { opcode: Opcode.scanLoop },
  scanEnterBackward: null,
  scanLoopBackward: null,
  scanTurn: { opcode: Opcode.scanTurn },
  fork: { opcode: Opcode.fork },
  expectFinite: null,

  identityForward: { opcode: Opcode.identityForward, kernel: unary },
  identityBackward: null,
  fill: { opcode: Opcode.fill, kernel: define(1, map, () => [], { scalars: 1 }) },
  softmaxForward: { opcode: Opcode.softmaxForward, kernel: rowwise },
  softmaxBackward: null,
  softmaxPart: { opcode: Opcode.softmaxPart, kernel: define(1, ([cols]) => [cols!, 2], map) },
  softmaxJoin: {
    opcode: Opcode.softmaxJoin, // sizes: parts, columns
    kernel: define(
      2,
      ([, cols]) => [cols!],
      ([parts]) => [2, 2 * parts!],
    ),
  },

  addForward: { opcode: Opcode.addForward, kernel: binary },
  addBackward: null,
  subtractForward: { opcode: Opcode.subtractForward, kernel: binary },
  subtractBackward: null,
  multiplyForward: { opcode: Opcode.multiplyForward, kernel: binary },
  multiplyBackward: null,
  divideForward: { opcode: Opcode.divideForward, kernel: binary },
  divideBackward: null,
  affineForward: { opcode: Opcode.affineForward, kernel: unaryWithTwo },
  affineBackward: null,
  clipForward: { opcode: Opcode.clipForward, kernel: unaryWithTwo },
  clipBackward: null,
  expForward: { opcode: Opcode.expForward, kernel: unary },
  expBackward: null,
  logForward: { opcode: Opcode.logForward, kernel: unary },
  logBackward: null,
  reluForward: { opcode: Opcode.reluForward, kernel: unary },
  reluBackward: null,
  sigmoidForward: { opcode: Opcode.sigmoidForward, kernel: unary },
  sigmoidBackward: null,
  softplusForward: { opcode: Opcode.softplusForward, kernel: unary },
  softplusBackward: null,
  tanhForward: { opcode: Opcode.tanhForward, kernel: unary },
  tanhBackward: null,

  broadcastForward: { opcode: Opcode.broadcastForward, kernel: define(3, spread, folded) },
  broadcastBackward: null,
  sumForward: { opcode: Opcode.sumForward, kernel: reduction },
  sumBackward: null,
  maxForward: { opcode: Opcode.maxForward, kernel: reduction },
  maxBackward: null,

  logSoftmaxForward: { opcode: Opcode.logSoftmaxForward, kernel: rowwise },
  logSoftmaxBackward: null,
  maskedSoftmaxForward: { opcode: Opcode.maskedSoftmaxForward, kernel: masked },
  maskedLogSoftmaxForward: { opcode: Opcode.maskedLogSoftmaxForward, kernel: masked },
  maskedLogSoftmaxBackward: null,
  layerNormForward: {
    opcode: Opcode.layerNormForward,
    kernel: define(
      2,
      ([cols, rows]) => [cols! * rows!, 2 * rows!],
      ([cols, rows]) => [cols! * rows!, cols!, cols!],
      { scalars: 1 },
    ),
  },
  layerNormBackward: null,

  binaryCrossEntropyForward: { opcode: Opcode.binaryCrossEntropyForward, kernel: loss },
  binaryCrossEntropyBackward: null,
  categoricalCrossEntropyForward: {
    opcode: Opcode.categoricalCrossEntropyForward,
    kernel: define(
      2,
      ([, rows]) => [1, rows!],
      ([classes, rows]) => [classes! * rows!, rows!, rows!],
      { allows: ([classes]) => classes! <= COUNTABLE }, // the target chooses the element that is read
    ),
  },
  categoricalCrossEntropyBackward: null,
  squaredErrorForward: { opcode: Opcode.squaredErrorForward, kernel: loss },
  squaredErrorBackward: null,
  huberForward: { opcode: Opcode.huberForward, kernel: define(2, one, compared, { scalars: 1 }) },
  huberBackward: null,
  bitErrors: { opcode: Opcode.bitErrors, kernel: loss },
  bitMisses: { opcode: Opcode.bitMisses, kernel: define(2, ([, rows]) => [rows!], compared) },
  classMisses: {
    opcode: Opcode.classMisses,
    kernel: define(
      2,
      ([, rows]) => [rows!],
      ([classes, rows]) => [classes! * rows!, rows!, rows!],
      { allows: ([classes]) => classes! <= COUNTABLE }, // the target chooses the element that is read
    ),
  },

  copyBlocks: {
    opcode: Opcode.copyBlocks, // sizes: inner, y's and x's stride, y's and x's offset, groups
    kernel: define(
      6,
      ([inner, stride, , offset, , groups]) => [offset! + (groups! - 1) * stride! + inner!],
      ([inner, , stride, , offset, groups]) => [offset! + (groups! - 1) * stride! + inner!],
      { orZero: [3, 4], allows: ([inner, yStride, xStride]) => inner! <= yStride! && inner! <= xStride! },
    ),
  },
  addBlocks: null,
  transposeForward: {
    opcode: Opcode.transposeForward, // sizes: rows, columns, batch
    kernel: define(3, spread, spread),
  },
  transposeBackward: null,
  gatherForward: {
    opcode: Opcode.gatherForward, // sizes: rows and width of the table, count
    kernel: define(
      3,
      ([, width, count]) => [width! * count!],
      ([rows, width, count]) => [rows! * width!, count!],
      { allows: ([rows]) => rows! <= COUNTABLE }, // an index chooses the row that is read
    ),
  },
  gatherBackward: null,

  sgd: null,
  rmsProp: null,
  adam: null,
  clipByValue: null,
  clipByNorm: null,
  globalNorm: null,
  sumBlocks: null,

  uniform: null,
  normal: null,
  bits: null,
  permutation: null,
  advance: null,

  lstmCellForward: {
    opcode: Opcode.lstmCellForward, // sizes: hidden, rows
    kernel: define(
      2,
      ([hidden, rows]) => [1, 1, 4, 1].map((gates) => gates * hidden! * rows!),
      ([hidden, rows]) => [4 * hidden! * rows!, hidden! * rows!],
    ),
  },
  lstmCellBackward: null,
  gruCellForward: {
    opcode: Opcode.gruCellForward,
    kernel: define(
      2,
      ([hidden, rows]) => [hidden! * rows!, 3 * hidden! * rows!],
      ([hidden, rows]) => [3, 3, 1].map((gates) => gates * hidden! * rows!),
    ),
  },
  gruCellBackward: null,

  // Sizes over a memory: heads, slots, width, batch; a content similarity has its guard in front of the batch.
  contentSimilarityForward: {
    opcode: Opcode.contentSimilarityForward,
    kernel: define(
      5,
      ([heads, slots, , , batch]) => [batch! * heads! * slots!, batch! * heads! * slots!, batch! * slots!],
      ([heads, slots, width, , batch]) => [batch! * slots! * width!, batch! * heads! * width!, batch! * heads!],
      { scalars: 1, orZero: [3], allows: ([, , , guard]) => guard! <= 2 },
    ),
  },
  contentSimilarityBackward: null,
  interpolateForward: {
    opcode: Opcode.interpolateForward, // sizes: slots, rows
    kernel: define(2, matrix, ([slots, rows]) => [rows!, slots! * rows!, slots! * rows!]),
  },
  interpolateBackward: null,
  circularConvolutionForward: {
    opcode: Opcode.circularConvolutionForward, // sizes: slots, shifts, wrap, rows
    kernel: define(
      4,
      ([slots, , , rows]) => [slots! * rows!],
      ([slots, shifts, , rows]) => [slots! * rows!, shifts! * rows!],
      { orZero: [2], allows: ([, shifts, wrap]) => shifts! % 2 === 1 && wrap! <= 1 },
    ),
  },
  circularConvolutionBackward: null,
  sharpenForward: {
    opcode: Opcode.sharpenForward, // sizes: slots, rows
    kernel: define(
      2,
      ([slots, rows]) => [slots! * rows!, slots! * rows!, rows!],
      ([slots, rows]) => [slots! * rows!, rows!],
      { scalars: 1 },
    ),
  },
  sharpenBackward: null,
  weightedReadForward: {
    opcode: Opcode.weightedReadForward,
    kernel: define(
      4,
      ([heads, , width, batch]) => [batch! * heads! * width!],
      ([heads, slots, width, batch]) => [batch! * slots! * width!, batch! * heads! * slots!],
    ),
  },
  weightedReadBackward: null,
  eraseAddForward: {
    opcode: Opcode.eraseAddForward,
    kernel: define(
      4,
      ([, slots, width, batch]) => [batch! * slots! * width!],
      ([heads, slots, width, batch]) =>
        [slots! * width!, heads! * slots!, heads! * width!, heads! * width!].map((size) => batch! * size),
    ),
  },
  eraseAddBackward: null,

  haltingForward: {
    opcode: Opcode.haltingForward, // sizes: rows
    kernel: define(
      1,
      ([rows]) => [rows!, rows!, rows!, rows!],
      ([rows]) => [rows!, rows!, rows!, rows!],
      { scalars: 2 },
    ),
  },
  haltingBackward: null,
  accumulateForward: {
    opcode: Opcode.accumulateForward, // sizes: columns, rows
    kernel: define(2, matrix, ([cols, rows]) => [cols! * rows!, cols! * rows!, rows!]),
  },
  accumulateBackward: null,

  additiveScoreForward: {
    opcode: Opcode.additiveScoreForward, // sizes: annotations, width, batch
    kernel: define(
      3,
      ([count, , batch]) => [count! * batch!],
      ([count, width, batch]) => [batch! * width!, batch! * count! * width!, width!],
    ),
  },
  additiveScoreBackward: null,
  reverseSequenceForward: {
    opcode: Opcode.reverseSequenceForward, // sizes: batch, width, time
    kernel: define(
      3,
      ([batch, width, time]) => [batch! * width! * time!],
      ([batch, width, time]) => [batch! * width! * time!, batch!],
      { allows: ([, , time]) => time! <= COUNTABLE }, // a length chooses the row that is read
    ),
  },
  reverseSequenceBackward: null,
  argmax: { opcode: Opcode.argmax, kernel: define(2, ([, rows]) => [rows!], matrix) },
  beamStep: {
    opcode: Opcode.beamStep, // sizes: classes, beams
    kernel: define(
      2,
      ([, beams]) => [beams!, beams!, beams!, beams!, beams!, beams!],
      ([classes, beams]) => [classes! * beams!, beams!, beams!, beams!],
      { scalars: 1 },
    ),
  },
  dropoutForward: null,
  dropoutBackward: null,

  // Models over tables are not compiled: they have no steps.
  minimumForward: null,
  minimumBackward: null,
  maximumForward: null,
  maximumBackward: null,
  compareCellsForward: null,
  compareCellsBackward: null,
  columnSumsForward: null,
  columnSumsBackward: null,
  selectColumnForward: null,
  selectColumnBackward: null,
  firstInOrderForward: null,
  firstInOrderBackward: null,
  shiftRowsForward: null,
  shiftRowsBackward: null,

  matmul: { opcode: Opcode.matmul, kernel: product },
  matmulPacked: {
    opcode: Opcode.matmulPacked,
    kernel: define(5, ([, , n, , rows]) => [PANEL, rows! * n!], factors, productSizes),
  },
  matmulTransposedA: { opcode: Opcode.matmulTransposedA, kernel: product },
  matmulTransposedB: { opcode: Opcode.matmulTransposedB, kernel: product },
  linearForward: {
    opcode: Opcode.linearForward, // sizes: inputs, outputs, rows
    kernel: define(
      3,
      ([, outputs, rows]) => [outputs! * rows!],
      ([inputs, outputs, rows]) => [inputs! * rows!, inputs! * outputs!, outputs!],
    ),
  },
  linearBackward: null,
};
