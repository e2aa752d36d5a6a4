/**
 * Convolution over one axis or two, which keeps their lengths: outside of x there are zeros.
 *
 *   forward   y[w,p,j]  += Σ_a Σ_q Σ_i x[w + a − A, p + q − Q, i] · K[a,q,i,j],   A = (taps − 1)/2 of width, Q of length
 *   backward  dx[w,p,i] += Σ_a Σ_q Σ_j dy[w − a + A, p − q + Q, j] · K[a,q,i,j]
 *             dK[a,q,i,j] += Σ_batch Σ_w Σ_p x[w + a − A, p + q − Q, i] · dy[w,p,j]
 *
 * Shapes  y, dy: f32 (batch, width, length, outputs), x, dx: f32 (batch, width, length, inputs),
 *         K, dK: f32 (widthTaps, lengthTaps, inputs, outputs), row-major, contiguous, taps odd, all sizes ≥ 1. Any
 *         alignment. One axis is a width of 1.
 * Alias   none: y, dx and dK must be their own buffers.
 * Order   of the sum: y first, then a, q, i from 0 on, one product at a time; dx: a, then q, each as in
 *         multiplyAddTransposed.ts; dK: example, w and p from 0 on.
 * Error   absolute, against f64: forward ≤ (n + 1) · 2⁻²⁴ · (|y| + Σ |x| · |K|), n = widthTaps · lengthTaps · inputs;
 *         dx: n = widthTaps · lengthTaps · (outputs / 4 + 5); dK: n = batch · width · length.
 * Note    The window of a position is contiguous in x, so the windows of neighbours are the rows of a matrix that
 *         overlap: a product for each row of taps, and nothing is copied. Positions near an end see fewer taps.
 */
import { multiplyAdd } from "../matrix/multiplyAdd";
import { multiplyAddTransposed } from "../matrix/multiplyAddTransposed";

export function convolutionForward(
  y: usize,
  x: usize,
  kernel: usize,
  width: i32,
  length: i32,
  inputs: i32,
  outputs: i32,
  widthTaps: i32,
  lengthTaps: i32,
  batch: i32,
): void {
  assert((widthTaps & 1) == 1 && (lengthTaps & 1) == 1);
  const xLine = (<usize>(length * inputs)) << 2; // bytes in a line, which is all positions of one place on the width
  const yLine = (<usize>(length * outputs)) << 2;
  const tapRow = (<usize>(lengthTaps * inputs * outputs)) << 2;
  for (let line = 0; line < batch * width; ++line) {
    const place = line % width;
    for (let a = firstTap(place, widthTaps); a < endTap(place, width, widthTaps); ++a) {
      const source = line + a - (widthTaps >> 1);
      const px = x + <usize>source * xLine;
      addLine(y + <usize>line * yLine, px, kernel + <usize>a * tapRow, length, inputs, outputs, lengthTaps);
    }
  }
}

export function convolutionBackward(
  dx: usize,
  dkernel: usize,
  dy: usize,
  x: usize,
  kernel: usize,
  width: i32,
  length: i32,
  inputs: i32,
  outputs: i32,
  widthTaps: i32,
  lengthTaps: i32,
  batch: i32,
): void {
  assert((widthTaps & 1) == 1 && (lengthTaps & 1) == 1);
  const xRow = (<usize>inputs) << 2;
  const yRow = (<usize>outputs) << 2;
  const tap = (<usize>(inputs * outputs)) << 2;
  for (let line = 0; line < batch * width; ++line) {
    const place = line % width;
    for (let a = firstTap(place, widthTaps); a < endTap(place, width, widthTaps); ++a) {
      const source = line + a - (widthTaps >> 1);
      for (let q = 0; q < lengthTaps; ++q) {
        const moved = q - (lengthTaps >> 1); // of x against y
        const from = max(-moved, 0); // the first position of y that this tap reaches
        const rows = length - abs(moved);
        if (rows <= 0) continue;
        const at = <usize>(a * lengthTaps + q) * tap;
        const xAt = <usize>(source * length + from + moved) * xRow;
        const pdy = dy + <usize>(line * length + from) * yRow;
        multiplyAddTransposed(dx + xAt, pdy, kernel + at, outputs, inputs, rows);
        multiplyAdd(dkernel + at, x + xAt, 4, xRow, pdy, 0, rows, outputs, inputs);
      }
    }
  }
}

/** Adds what one line of x gives through one row of taps to a line of y. */
function addLine(y: usize, x: usize, taps: usize, length: i32, inputs: i32, outputs: i32, lengthTaps: i32): void {
  const half = lengthTaps >> 1;
  const xRow = (<usize>inputs) << 2;
  const yRow = (<usize>outputs) << 2;
  const inner = min(half, length); // up to here, windows begin before x does
  const outer = max(length - half, inner); // from here on, they end behind it
  for (let p = 0; p < length; ++p) {
    if (p == inner && inner < outer) {
      multiplyAdd(y + <usize>p * yRow, x, xRow, 4, taps, 0, lengthTaps * inputs, outputs, outer - inner);
      p = outer - 1;
      continue;
    }
    const first = firstTap(p, lengthTaps);
    const count = endTap(p, length, lengthTaps) - first;
    const px = x + <usize>(p + first - half) * xRow;
    const from = taps + <usize>first * ((<usize>(inputs * outputs)) << 2);
    multiplyAdd(y + <usize>p * yRow, px, xRow, 4, from, 0, count * inputs, outputs, 1);
  }
}

/** The first tap that lies inside at a position, and the one behind the last. */
// @ts-ignore: decorator
@inline
function firstTap(position: i32, taps: i32): i32 {
  return max((taps >> 1) - position, 0);
}

// @ts-ignore: decorator
@inline
function endTap(position: i32, length: i32, taps: i32): i32 {
  return min(taps, length + (taps >> 1) - position);
}
