/**
 * Normally distributed random numbers (Box & Muller 1958).
 *
 *   y[i] = mean + deviation · √(−2 ln u) · cos 2πt   where position + i is even
 *   y[i] = mean + deviation · √(−2 ln u) · sin 2πt   where it is odd
 *   u = w · 2⁻³² + 2⁻³³,  t = ⌊w′ / 2⁸⌋ · 2⁻²⁴,   w the even word of the stream, w′ the odd one behind it
 *
 * w and u are rounded to f32. A number depends on its place in the stream alone, so a stream can be entered anywhere.
 *
 * Shapes  y: f32 (count), any alignment. stream: four words, see philox.ts.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Error   before mean and deviation, relative, ≤ 4 · 2⁻²⁴. √(−2 ln u) is at most 6.764; a normal number is beyond that
 *         once in 7 · 10¹⁰.
 */
import { log4 } from "../../simd/log";
import { madd4 } from "../../simd/lanes";
import { sinTurns4 } from "../../simd/sin";
import { keyOf, philox4, positionOf, storeWithin } from "./philox";

export function normal(y: usize, stream: usize, begin: i32, end: i32, mean: f32, deviation: f32): void {
  assert(begin <= end);
  const key = keyOf(stream);
  const first = positionOf(stream) + begin;
  const mean4 = f32x4.splat(mean);
  const deviation4 = f32x4.splat(deviation);
  let counter = first >> 2;
  for (let i = begin - ((<i32>first) & 3); i < end; i += 4) {
    storeWithin(y, i, madd4(deviation4, standard(philox4(counter++, key)), mean4), begin, end);
  }
}

/** Two pairs of words to two pairs of numbers with mean 0 and deviation 1. */
// @ts-ignore: decorator
@inline
function standard(words: v128): v128 {
  const even = f32x4.convert_i32x4_u(v128.shuffle<i32>(words, words, 0, 0, 2, 2));
  const odd = i32x4.shr_s(v128.shuffle<i32>(words, words, 1, 1, 3, 3), 8); // signed: t in [−½, ½), so t + ¼ is exact
  const u = madd4(even, f32x4.splat(2.3283064365386963e-10), f32x4.splat(1.1641532182693481e-10));
  const t = madd4(f32x4.convert_i32x4_s(odd), f32x4.splat(5.9604644775390625e-8), f32x4(0.25, 0, 0.25, 0));
  const radius = f32x4.sqrt(f32x4.mul(log4(u), f32x4.splat(-2)));
  return f32x4.mul(radius, sinTurns4(t)); // cos 2πt = sin 2π(t + ¼)
}
