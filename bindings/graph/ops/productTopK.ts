import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectShape, fixedAxis, rowsOf, ShapeError, type Shape } from "../shape.js";
import type { Size } from "../size.js";

/** How many sums are found. */
export interface ProductTopKOptions {
  /** The largest so many of all sums. */
  readonly count: number;
}

/** Indices that floats can count. */
const MOST = 0x100_0000;

/**
 * The largest of all sums of a number of one list and one of another, without making them: first (…, n), second (…, m) →
 * scores, indices (…, count), the largest first, of equals that of the lower index, where the sum of first[i] and second[j]
 * has the index i · m + j. They are those of all n · m sums to the bit, and cost about as much as looking for the largest in
 * both lists. The two numbers of every sum that was found have a gradient. Product keys: Lample et al. 2019,
 * arXiv:1907.05242, section 3.2.
 *
 * n · m is at most 2²⁴, so that indices are exact. NaN counts as larger than any number.
 */
export const productTopK = /* @__PURE__ */ defineOpOfMany("productTopK", {
  inputs: ["first", "second"],
  outputs: ["scores", "indices"],
  shapes([first, second], { count }: ProductTopKOptions) {
    const [n, m] = lengthsOf(first.shape, second.shape);
    expectShape("productTopK", "second", second.shape, [...first.shape.slice(0, -1), m]);
    if (n * m > MOST) {
      const message = `productTopK: there are ${n} · ${m} sums, and must be at most ${MOST}, which floats can count`;
      throw new ShapeError(message, "productTopK", `at most ${MOST}`, String(n * m));
    }
    if (!(Number.isInteger(count) && count >= 1 && count <= n * m)) {
      const message = `productTopK: count is ${count}, and must be from 1 to the sums there are, ${n * m}`;
      throw new ShapeError(message, "productTopK", `1 to ${n * m}`, String(count));
    }
    const found = first.shape.with(-1, count);
    return [found, found];
  },
  /** The largest of both lists, with their places: one more than the count of each. */
  saves: ([first], { count }) => [first.shape.with(-1, 8 * count)],
  forward({ emit, saved: [largest], attributes: { count } }, outputs, inputs) {
    const sizes = sizesOf(inputs[0].shape, inputs[1].shape, count);
    emit(Opcode.productTopKForward, { writes: [...outputs, largest!], reads: inputs, sizes });
  },
  backward({ emit, attributes: { count } }, { y: [, indices], dy: [dscores] }, gradients) {
    const [dfirst, dsecond] = gradients;
    const sizes = sizesOf(dfirst.shape, dsecond.shape, count);
    emit(Opcode.productTopKBackward, { adds: [dfirst, dsecond], reads: [dscores, indices], sizes });
  },
});

const lengthsOf = (first: Shape, second: Shape): [n: number, m: number] => [
  fixedAxis("productTopK", first, -1),
  fixedAxis("productTopK", second, -1),
];

/** Both lengths, the count, rows. */
const sizesOf = (first: Shape, second: Shape, count: number): Size[] => [
  ...lengthsOf(first, second),
  count,
  rowsOf(first)[0],
];
