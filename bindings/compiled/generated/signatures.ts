/** Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { Opcode } from "../../../assembly/generated/opcodes.js";
import { define, type Signature } from "../signature.js";

const likeIdentityForward = /* @__PURE__ */ define(
  1,
  (n) => [n],
  (n) => [n],
);
const likeFill = /* @__PURE__ */ define(
  1,
  (n) => [n],
  () => [],
  { scalars: 1 },
);
const likeSoftmaxForward = /* @__PURE__ */ define(
  2,
  (cols, rows) => [cols * rows],
  (cols, rows) => [cols * rows],
);
const likeSoftmaxPart = /* @__PURE__ */ define(
  1,
  (cols) => [cols, 2],
  (cols) => [cols],
);
const likeSoftmaxJoin = /* @__PURE__ */ define(
  2,
  (_parts, cols) => [cols],
  (parts) => [2, 2 * parts],
);
const likeAddForward = /* @__PURE__ */ define(
  1,
  (n) => [n],
  (n) => [n, n],
);
const likeAffineForward = /* @__PURE__ */ define(
  1,
  (n) => [n],
  (n) => [n],
  { scalars: 2 },
);
const likeBroadcastForward = /* @__PURE__ */ define(
  3,
  (repeat, inner, outer) => [repeat * inner * outer],
  (_repeat, inner, outer) => [inner * outer],
);
const likeSumForward = /* @__PURE__ */ define(
  3,
  (_repeat, inner, outer) => [inner * outer],
  (repeat, inner, outer) => [repeat * inner * outer],
);
const likeMaskedSoftmaxForward = /* @__PURE__ */ define(
  2,
  (cols, rows) => [cols * rows],
  (cols, rows) => [cols * rows, cols * rows],
);
const likeCopyBlocks = /* @__PURE__ */ define(
  6,
  (inner, yStride, _xStride, yOffset, _xOffset, groups) => [yOffset + (groups - 1) * yStride + inner],
  (inner, _yStride, xStride, _yOffset, xOffset, groups) => [xOffset + (groups - 1) * xStride + inner],
  { orZero: [3, 4], allows: (inner, yStride, xStride) => inner <= yStride && inner <= xStride },
);
const likeTransposeForward = /* @__PURE__ */ define(
  3,
  (rows, cols, batch) => [rows * cols * batch],
  (rows, cols, batch) => [rows * cols * batch],
);
const likeGatherForward = /* @__PURE__ */ define(
  3,
  (_rows, width, count) => [width * count],
  (rows, width, count) => [rows * width, count],
  { allows: (rows) => rows <= 16777216 },
);
const likeUniform = /* @__PURE__ */ define(
  1,
  (n) => [n],
  () => [4],
  { scalars: 2 },
);
const likeLstmCellForward = /* @__PURE__ */ define(
  2,
  (hidden, rows) => [hidden * rows, hidden * rows, 4 * hidden * rows, hidden * rows],
  (hidden, rows) => [4 * hidden * rows, hidden * rows],
);
const likeGruCellForward = /* @__PURE__ */ define(
  2,
  (hidden, rows) => [hidden * rows, 3 * hidden * rows],
  (hidden, rows) => [3 * hidden * rows, 3 * hidden * rows, hidden * rows],
);
const likeContentSimilarityForward = /* @__PURE__ */ define(
  5,
  (heads, slots, _width, _guard, batch) => [batch * heads * slots, batch * heads * slots, batch * slots],
  (heads, slots, width, _guard, batch) => [batch * slots * width, batch * heads * width, batch * heads],
  { scalars: 1, orZero: [3], allows: (_heads, _slots, _width, guard) => guard <= 2 },
);
const likeInterpolateForward = /* @__PURE__ */ define(
  2,
  (slots, rows) => [slots * rows],
  (slots, rows) => [rows, slots * rows, slots * rows],
);
const likeCircularConvolutionForward = /* @__PURE__ */ define(
  4,
  (slots, _size, _wrap, rows) => [slots * rows],
  (slots, size, _wrap, rows) => [slots * rows, size * rows],
  { orZero: [2], allows: (_slots, size, wrap) => size % 2 === 1 && wrap <= 1 },
);
const likeSharpenForward = /* @__PURE__ */ define(
  2,
  (slots, rows) => [slots * rows, slots * rows, rows],
  (slots, rows) => [slots * rows, rows],
  { scalars: 1 },
);
const likeWeightedReadForward = /* @__PURE__ */ define(
  4,
  (heads, _slots, width, batch) => [batch * heads * width],
  (heads, slots, width, batch) => [batch * slots * width, batch * heads * slots],
);
const likeEraseAddForward = /* @__PURE__ */ define(
  4,
  (_heads, slots, width, batch) => [batch * slots * width],
  (heads, slots, width, batch) => [
    batch * slots * width,
    batch * heads * slots,
    batch * heads * width,
    batch * heads * width,
  ],
);
const likeHaltingForward = /* @__PURE__ */ define(
  1,
  (rows) => [rows, rows, rows, rows],
  (rows) => [rows, rows, rows, rows],
  { scalars: 2 },
);
const likeAccumulateForward = /* @__PURE__ */ define(
  2,
  (cols, rows) => [cols * rows],
  (cols, rows) => [cols * rows, cols * rows, rows],
);
const likeMatmul = /* @__PURE__ */ define(
  5,
  (_m, _k, n, _accumulate, rows) => [rows * n],
  (m, k, n, _accumulate, rows) => [rows * k, (rows / m) * k * n],
  { orZero: [3], allows: (m, _k, _n, accumulate, rows) => accumulate <= 1 && rows % m === 0 },
);
const likeMatmulPacked = /* @__PURE__ */ define(
  5,
  (_m, _k, n, _accumulate, rows) => [2560, rows * n],
  (m, k, n, _accumulate, rows) => [rows * k, (rows / m) * k * n],
  { orZero: [3], allows: (m, _k, _n, accumulate, rows) => accumulate <= 1 && rows % m === 0 },
);
const likeLinearForward = /* @__PURE__ */ define(
  3,
  (_inputs, outputs, rows) => [outputs * rows],
  (inputs, outputs, rows) => [inputs * rows, inputs * outputs, outputs],
);
const likeAdditiveScoreForward = /* @__PURE__ */ define(
  3,
  (count, _width, batch) => [count * batch],
  (count, width, batch) => [batch * width, batch * count * width, width],
);
const likeReverseSequenceForward = /* @__PURE__ */ define(
  3,
  (batch, width, time) => [batch * width * time],
  (batch, width, time) => [batch * width * time, batch],
  { allows: (_batch, _width, time) => time <= 16777216 },
);
const likeArgmax = /* @__PURE__ */ define(
  2,
  (_cols, rows) => [rows],
  (cols, rows) => [cols * rows],
);
const likeBeamStep = /* @__PURE__ */ define(
  2,
  (_classes, beams) => [beams, beams, beams, beams, beams, beams],
  (classes, beams) => [classes * beams, beams, beams, beams],
  { scalars: 1 },
);
const likeCompareCellsForward = /* @__PURE__ */ define(
  5,
  (columns, _numbers, batch, rows) => [rows * batch * columns],
  (columns, numbers, batch, rows) => [rows * batch * columns, rows * batch * columns, batch * numbers, batch * numbers],
  { orZero: [4], allows: (_columns, _numbers, _batch, _rows, relation) => relation <= 4 },
);
const likeColumnSumsForward = /* @__PURE__ */ define(
  3,
  (columns, _rows, batch) => [batch * columns],
  (columns, rows, batch) => [rows * batch, rows * batch * columns],
);
const likeSelectColumnForward = /* @__PURE__ */ define(
  3,
  (_columns, rows, batch) => [rows * batch],
  (columns, rows, batch) => [rows * batch * columns, batch * columns],
);
const likeFirstInOrderForward = /* @__PURE__ */ define(
  3,
  (columns, rows, batch) => [rows * batch * columns, rows * batch * columns],
  (columns, rows, batch) => [rows * batch, rows * batch * columns],
  { allows: (_columns, rows) => rows <= 16777216 },
);
const likeShiftRowsForward = /* @__PURE__ */ define(
  2,
  (width, rows) => [width * rows],
  (width, rows) => [width * rows],
  { scalars: 1 },
);
const likeOneHot = /* @__PURE__ */ define(
  2,
  (classes, count) => [classes * count],
  (_classes, count) => [count],
  { allows: (classes) => classes <= 16777216 },
);
const likeCategorical = /* @__PURE__ */ define(
  2,
  (_cols, rows) => [rows],
  (cols, rows) => [cols * rows, rows],
);
const likeReadWindowForward = /* @__PURE__ */ define(
  4,
  (_cells, size, width, rows) => [size * width * rows],
  (cells, _size, width, rows) => [cells * width * rows, rows],
  { allows: (_cells, size) => size % 2 === 1 },
);
const likeWriteWindowForward = /* @__PURE__ */ define(
  4,
  (cells, _size, width, rows) => [cells * width * rows],
  (cells, size, width, rows) => [cells * width * rows, rows, size * width * rows],
  { allows: (cells, size) => size % 2 === 1 && size <= cells },
);
const likeConvolutionForward = /* @__PURE__ */ define(
  7,
  (width, length, _inputs, outputs, _widthTaps, _lengthTaps, batch) => [batch * width * length * outputs],
  (width, length, inputs, outputs, widthTaps, lengthTaps, batch) => [
    batch * width * length * inputs,
    widthTaps * lengthTaps * inputs * outputs,
  ],
  {
    allows: (_width, _length, _inputs, _outputs, widthTaps, lengthTaps) => widthTaps % 2 === 1 && lengthTaps % 2 === 1,
  },
);
const likeDiagonalGateForward = /* @__PURE__ */ define(
  3,
  (maps, length, batch) => [batch * length * maps],
  (maps, length, batch) => [batch * length * maps, batch * length * maps, batch * length * maps],
);
const likePopStrengthsForward = /* @__PURE__ */ define(
  4,
  (ends, slots, _from, batch) => [ends * slots * batch],
  (ends, slots, _from, batch) => [ends * slots * batch, batch],
  { orZero: [2], allows: (ends, _slots, from) => ends <= 2 && from <= 1 },
);
const likePushRowsForward = /* @__PURE__ */ define(
  4,
  (slots, width, _whole, ends) => [slots * width * ends],
  (slots, width, _whole, ends) => [slots * width * ends, width * ends],
  { orZero: [2], allows: (_slots, _width, whole) => whole <= 1 },
);
const likeStackReadForward = /* @__PURE__ */ define(
  6,
  (heads, ends, slots, width, _from, batch) => [heads * width * batch, heads * ends * slots * batch],
  (_heads, ends, slots, width, _from, batch) => [ends * slots * width * batch, ends * slots * batch],
  { orZero: [4], allows: (heads, ends, _slots, _width, from) => heads <= 2 && ends <= 2 && from <= 1 },
);
const likeNearestRowsForward = /* @__PURE__ */ define(
  5,
  (heads, count, _slots, _width, batch) => [heads * count * batch, heads * count * batch],
  (heads, _count, slots, width, batch) => [heads * width * batch, slots * width * batch, slots * batch, batch],
  { scalars: 1, allows: (_heads, count, slots) => count <= slots },
);
const likeReadRowsForward = /* @__PURE__ */ define(
  5,
  (heads, _count, slots, width, batch) => [
    heads * width * batch,
    slots * width * batch,
    slots * batch,
    2 * (slots + 1) * batch,
    batch,
  ],
  (heads, count, _slots, _width, batch) => [heads * count * batch, heads * count * batch],
  { scalars: 1 },
);
const likeWriteRowsForward = /* @__PURE__ */ define(
  5,
  (heads, count, slots, width, batch) => [
    batch,
    heads * batch,
    heads * (count + 1) * width * batch,
    slots * width * batch,
    slots * batch,
    2 * (slots + 1) * batch,
    batch,
  ],
  (heads, count, _slots, width, batch) => [
    batch,
    heads * (count + 1) * batch,
    heads * width * batch,
    heads * count * batch,
  ],
  { scalars: 1, allows: (heads, _count, slots) => heads <= slots },
);
const likeCircuitForward = /* @__PURE__ */ define(
  3,
  (_count, cells, batch) => [batch * 14 * cells, batch * cells * cells, batch * 28 * cells],
  (count, cells, batch) => [batch * count * cells, batch * cells * cells, batch * (28 * count + 182)],
);
const likeGrowingSoftmaxForward = /* @__PURE__ */ define(
  3,
  (first, pairs, rows) => [rows * pairs * (2 * first + pairs - 1)],
  (first, pairs, rows) => [rows * pairs * (2 * first + pairs - 1)],
);
const likeFourierBasis = /* @__PURE__ */ define(
  4,
  (_window, bins, _size, rows) => [rows * 2 * bins],
  () => [],
  { allows: (window, bins, size, rows) => rows <= size && window <= size && bins <= size && size <= 32768 },
);
const likeMelFilters = /* @__PURE__ */ define(
  3,
  (_size, bands, bins) => [bins * bands],
  () => [],
  { scalars: 3 },
);
const likeLayerNormForward = /* @__PURE__ */ define(
  2,
  (cols, rows) => [cols * rows, 2 * rows],
  (cols, rows) => [cols * rows, cols, cols],
  { scalars: 1 },
);
const likeLinkRowsForward = /* @__PURE__ */ define(
  6,
  (_heads, _count, slots, _width, _reach, batch) => [batch, batch * (35 * slots + 9216), batch],
  (heads, count, slots, width, _reach, batch) => [
    slots * width * batch,
    slots * batch,
    batch,
    heads * (count + 1) * batch,
    heads * width * batch,
    heads * count * batch,
    heads * batch,
  ],
  { scalars: 1, allows: (_heads, _count, _slots, _width, reach) => reach <= 256 },
);
const likeApproximateNearestRowsForward = /* @__PURE__ */ define(
  6,
  (heads, count, slots, _width, _reach, batch) => [
    heads * count * batch,
    heads * count * batch,
    batch,
    batch * (35 * slots + 9216),
  ],
  (heads, _count, slots, width, _reach, batch) => [
    heads * width * batch,
    slots * width * batch,
    slots * batch,
    batch,
    batch,
  ],
  { scalars: 1, allows: (_heads, count, slots, _width, reach) => count <= slots && reach <= 256 },
);
const likeProductTopKForward = /* @__PURE__ */ define(
  4,
  (_n, _m, count, rows) => [count * rows, count * rows, 8 * count * rows],
  (n, m, _count, rows) => [n * rows, m * rows],
);

/** Every instruction that a compiled model can have. */
export const signatures: { readonly [Name in keyof typeof Opcode]?: Signature } = {
  end: { opcode: Opcode.end },
  scanEnter: { opcode: Opcode.scanEnter },
  scanLoop: { opcode: Opcode.scanLoop },
  scanTurn: { opcode: Opcode.scanTurn },
  fork: { opcode: Opcode.fork },
  identityForward: { opcode: Opcode.identityForward, kernel: likeIdentityForward },
  fill: { opcode: Opcode.fill, kernel: likeFill },
  softmaxForward: { opcode: Opcode.softmaxForward, kernel: likeSoftmaxForward },
  softmaxPart: { opcode: Opcode.softmaxPart, kernel: likeSoftmaxPart },
  softmaxJoin: { opcode: Opcode.softmaxJoin, kernel: likeSoftmaxJoin },
  addForward: { opcode: Opcode.addForward, kernel: likeAddForward },
  subtractForward: { opcode: Opcode.subtractForward, kernel: likeAddForward },
  multiplyForward: { opcode: Opcode.multiplyForward, kernel: likeAddForward },
  divideForward: { opcode: Opcode.divideForward, kernel: likeAddForward },
  affineForward: { opcode: Opcode.affineForward, kernel: likeAffineForward },
  clipForward: { opcode: Opcode.clipForward, kernel: likeAffineForward },
  expForward: { opcode: Opcode.expForward, kernel: likeIdentityForward },
  logForward: { opcode: Opcode.logForward, kernel: likeIdentityForward },
  reluForward: { opcode: Opcode.reluForward, kernel: likeIdentityForward },
  sigmoidForward: { opcode: Opcode.sigmoidForward, kernel: likeIdentityForward },
  softplusForward: { opcode: Opcode.softplusForward, kernel: likeIdentityForward },
  tanhForward: { opcode: Opcode.tanhForward, kernel: likeIdentityForward },
  broadcastForward: { opcode: Opcode.broadcastForward, kernel: likeBroadcastForward },
  sumForward: { opcode: Opcode.sumForward, kernel: likeSumForward },
  maxForward: { opcode: Opcode.maxForward, kernel: likeSumForward },
  logSoftmaxForward: { opcode: Opcode.logSoftmaxForward, kernel: likeSoftmaxForward },
  maskedSoftmaxForward: { opcode: Opcode.maskedSoftmaxForward, kernel: likeMaskedSoftmaxForward },
  copyBlocks: { opcode: Opcode.copyBlocks, kernel: likeCopyBlocks },
  transposeForward: { opcode: Opcode.transposeForward, kernel: likeTransposeForward },
  gatherForward: { opcode: Opcode.gatherForward, kernel: likeGatherForward },
  uniform: { opcode: Opcode.uniform, kernel: likeUniform },
  lstmCellForward: { opcode: Opcode.lstmCellForward, kernel: likeLstmCellForward },
  gruCellForward: { opcode: Opcode.gruCellForward, kernel: likeGruCellForward },
  contentSimilarityForward: { opcode: Opcode.contentSimilarityForward, kernel: likeContentSimilarityForward },
  interpolateForward: { opcode: Opcode.interpolateForward, kernel: likeInterpolateForward },
  circularConvolutionForward: { opcode: Opcode.circularConvolutionForward, kernel: likeCircularConvolutionForward },
  sharpenForward: { opcode: Opcode.sharpenForward, kernel: likeSharpenForward },
  weightedReadForward: { opcode: Opcode.weightedReadForward, kernel: likeWeightedReadForward },
  eraseAddForward: { opcode: Opcode.eraseAddForward, kernel: likeEraseAddForward },
  haltingForward: { opcode: Opcode.haltingForward, kernel: likeHaltingForward },
  accumulateForward: { opcode: Opcode.accumulateForward, kernel: likeAccumulateForward },
  matmul: { opcode: Opcode.matmul, kernel: likeMatmul },
  matmulPacked: { opcode: Opcode.matmulPacked, kernel: likeMatmulPacked },
  matmulTransposedA: { opcode: Opcode.matmulTransposedA, kernel: likeMatmul },
  matmulTransposedB: { opcode: Opcode.matmulTransposedB, kernel: likeMatmul },
  linearForward: { opcode: Opcode.linearForward, kernel: likeLinearForward },
  maskedLogSoftmaxForward: { opcode: Opcode.maskedLogSoftmaxForward, kernel: likeMaskedSoftmaxForward },
  additiveScoreForward: { opcode: Opcode.additiveScoreForward, kernel: likeAdditiveScoreForward },
  reverseSequenceForward: { opcode: Opcode.reverseSequenceForward, kernel: likeReverseSequenceForward },
  argmax: { opcode: Opcode.argmax, kernel: likeArgmax },
  beamStep: { opcode: Opcode.beamStep, kernel: likeBeamStep },
  minimumForward: { opcode: Opcode.minimumForward, kernel: likeAddForward },
  maximumForward: { opcode: Opcode.maximumForward, kernel: likeAddForward },
  compareCellsForward: { opcode: Opcode.compareCellsForward, kernel: likeCompareCellsForward },
  columnSumsForward: { opcode: Opcode.columnSumsForward, kernel: likeColumnSumsForward },
  selectColumnForward: { opcode: Opcode.selectColumnForward, kernel: likeSelectColumnForward },
  firstInOrderForward: { opcode: Opcode.firstInOrderForward, kernel: likeFirstInOrderForward },
  shiftRowsForward: { opcode: Opcode.shiftRowsForward, kernel: likeShiftRowsForward },
  oneHot: { opcode: Opcode.oneHot, kernel: likeOneHot },
  categorical: { opcode: Opcode.categorical, kernel: likeCategorical },
  readWindowForward: { opcode: Opcode.readWindowForward, kernel: likeReadWindowForward },
  writeWindowForward: { opcode: Opcode.writeWindowForward, kernel: likeWriteWindowForward },
  convolutionForward: { opcode: Opcode.convolutionForward, kernel: likeConvolutionForward },
  diagonalGateForward: { opcode: Opcode.diagonalGateForward, kernel: likeDiagonalGateForward },
  popStrengthsForward: { opcode: Opcode.popStrengthsForward, kernel: likePopStrengthsForward },
  pushRowsForward: { opcode: Opcode.pushRowsForward, kernel: likePushRowsForward },
  stackReadForward: { opcode: Opcode.stackReadForward, kernel: likeStackReadForward },
  nearestRowsForward: { opcode: Opcode.nearestRowsForward, kernel: likeNearestRowsForward },
  readRowsForward: { opcode: Opcode.readRowsForward, kernel: likeReadRowsForward },
  writeRowsForward: { opcode: Opcode.writeRowsForward, kernel: likeWriteRowsForward },
  circuitForward: { opcode: Opcode.circuitForward, kernel: likeCircuitForward },
  growingSoftmaxForward: { opcode: Opcode.growingSoftmaxForward, kernel: likeGrowingSoftmaxForward },
  renormalizeForward: { opcode: Opcode.renormalizeForward, kernel: likeSoftmaxForward },
  fourierBasis: { opcode: Opcode.fourierBasis, kernel: likeFourierBasis },
  melFilters: { opcode: Opcode.melFilters, kernel: likeMelFilters },
  layerNormForward: { opcode: Opcode.layerNormForward, kernel: likeLayerNormForward },
  linkRowsForward: { opcode: Opcode.linkRowsForward, kernel: likeLinkRowsForward },
  approximateNearestRowsForward: {
    opcode: Opcode.approximateNearestRowsForward,
    kernel: likeApproximateNearestRowsForward,
  },
  productTopKForward: { opcode: Opcode.productTopKForward, kernel: likeProductTopKForward },
};
