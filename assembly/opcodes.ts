/**
 * The instructions. One list, compiled by asc and by tsc.
 *
 * A kernel's name here is the name of its function; control instructions come first.
 */
export const enum Opcode {
  /** Ends a program, a loop's body or a loop's prologue. */
  end,
  /** Makes room for a scan's frames and points the registers at the first. */
  scanEnter,
  /** Runs the body that follows once for each iteration. */
  scanLoop,
  /** Points the registers at the last frame that ran. */
  scanEnterBackward,
  /** Runs the body that follows once for each iteration that ran, last one first. */
  scanLoopBackward,
  /** Exchanges a scan's two frames, for a session that runs one iteration at a time. */
  scanTurn,
  /** Branches that follow do not depend on each other; threads may share them. */
  fork,
  /** Ends the program unless every value of a block is finite. */
  expectFinite,

  identityForward,
  identityBackward,
  fill,
  softmaxForward,
  softmaxBackward,
  softmaxPart,
  softmaxJoin,

  addForward,
  addBackward,
  subtractForward,
  subtractBackward,
  multiplyForward,
  multiplyBackward,
  divideForward,
  divideBackward,
  affineForward,
  affineBackward,
  clipForward,
  clipBackward,
  expForward,
  expBackward,
  logForward,
  logBackward,
  reluForward,
  reluBackward,
  sigmoidForward,
  sigmoidBackward,
  softplusForward,
  softplusBackward,
  tanhForward,
  tanhBackward,

  broadcastForward,
  broadcastBackward,
  sumForward,
  sumBackward,
  maxForward,
  maxBackward,

  logSoftmaxForward,
  logSoftmaxBackward,
  maskedSoftmaxForward,
  maskedLogSoftmaxForward,
  maskedLogSoftmaxBackward,
  layerNormForward,
  layerNormBackward,

  binaryCrossEntropyForward,
  binaryCrossEntropyBackward,
  categoricalCrossEntropyForward,
  categoricalCrossEntropyBackward,
  squaredErrorForward,
  squaredErrorBackward,
  huberForward,
  huberBackward,
  bitErrors,
  bitMisses,
  classMisses,

  copyBlocks,
  addBlocks,
  transposeForward,
  transposeBackward,
  gatherForward,
  gatherBackward,

  sgd,
  rmsProp,
  adam,
  clipByValue,
  clipByNorm,
  globalNorm,
  sumBlocks,

  uniform,
  normal,
  bits,
  permutation,
  advance,

  lstmCellForward,
  lstmCellBackward,
  gruCellForward,
  gruCellBackward,

  contentSimilarityForward,
  contentSimilarityBackward,
  interpolateForward,
  interpolateBackward,
  circularConvolutionForward,
  circularConvolutionBackward,
  sharpenForward,
  sharpenBackward,
  weightedReadForward,
  weightedReadBackward,
  eraseAddForward,
  eraseAddBackward,

  haltingForward,
  haltingBackward,
  accumulateForward,
  accumulateBackward,

  additiveScoreForward,
  additiveScoreBackward,
  reverseSequenceForward,
  reverseSequenceBackward,
  argmax,
  beamStep,
  dropoutForward,
  dropoutBackward,

  matmul,
  matmulPacked,
  matmulTransposedA,
  matmulTransposedB,
  linearForward,
  linearBackward,
}
