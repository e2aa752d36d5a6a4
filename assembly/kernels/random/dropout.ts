/**
 * Dropout. Srivastava et al. 2014, scaled in training, so that nothing is left to do afterwards.
 *
 *   forward   y[i]   = m[i]·x[i],   m[i] = 0 where u[i] < rate, otherwise 1 / (1 − rate)
 *   backward  dx[i] += m[i]·dy[i]
 *             u[i] = ⌊w / 2⁸⌋ · 2⁻²⁴,   w word i of the stream, counted from its position: drawn again, not kept
 *
 * Shapes  x, y, dx, dy: f32 (count), any alignment. stream: four words, see philox.ts; its position a multiple of 4.
 * Range   elements [begin, end), begin a multiple of 4. Elements are independent: every split gives the same bits.
 * Alias   y may be x.
 * Error   half an ulp. What is dropped is 0, whatever x holds, also NaN.
 */
import { addPart, loadPart, storePart } from "../../simd/lanes";
import { keyOf, philox4, positionOf } from "./philox";

export function dropoutForward(y: usize, x: usize, stream: usize, begin: i32, end: i32, rate: f32): void {
  drop(y, x, stream, begin, end, rate, false);
}

export function dropoutBackward(dx: usize, dy: usize, stream: usize, begin: i32, end: i32, rate: f32): void {
  drop(dx, dy, stream, begin, end, rate, true);
}

/** `add` is known at compile time. */
// @ts-ignore: decorator
@inline
function drop(y: usize, x: usize, stream: usize, begin: i32, end: i32, rate: f32, add: bool): void {
  assert(begin <= end && (begin & 3) == 0 && (positionOf(stream) & 3) == 0);
  const key = keyOf(stream);
  const zero = f32x4.splat(0);
  const scale = f32x4.splat(<f32>1 / (<f32>1 - rate));
  const least = f32x4.splat(rate);
  let counter = (positionOf(stream) >> 2) + ((<u64>begin) >> 2);
  for (let i = begin; i < end; i += 4) {
    const u = f32x4.mul(
      f32x4.convert_i32x4_s(i32x4.shr_u(philox4(counter++, key), 8)),
      f32x4.splat(5.9604644775390625e-8),
    );
    const left = min(end - i, 4);
    const at = (<usize>i) << 2;
    const kept = v128.bitselect(zero, f32x4.mul(loadPart(x + at, left, zero), scale), f32x4.lt(u, least));
    if (add) addPart(y + at, kept, left);
    else storePart(y + at, kept, left);
  }
}
