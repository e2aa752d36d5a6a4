/**
 * Uniform random numbers.
 *
 *   y[i] = low + (high − low) · ⌊w / 2⁸⌋ · 2⁻²⁴,   w word i of the stream, counted from its position
 *
 * Shapes  y: f32 (count), any alignment. stream: four words, see philox.ts.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Error   computed in f64 and rounded once, as Math.fround(random.uniform(low, high)), which may round up to high;
 *         from 0 to 1 nothing rounds.
 */
import { keyOf, philox4, positionOf, storeWithin } from "./philox";

export function uniform(y: usize, stream: usize, begin: i32, end: i32, low: f32, high: f32): void {
  assert(begin <= end);
  const key = keyOf(stream);
  const first = positionOf(stream) + begin;
  const from = f64x2.splat(low);
  const length = f64x2.splat(<f64>high - <f64>low);
  let counter = first >> 2;
  for (let i = begin - ((<i32>first) & 3); i < end; i += 4) {
    const u = f32x4.mul(
      f32x4.convert_i32x4_s(i32x4.shr_u(philox4(counter++, key), 8)),
      f32x4.splat(5.9604644775390625e-8),
    );
    const upper = v128.shuffle<f32>(u, u, 2, 3, 2, 3);
    const y01 = f64x2.add(from, f64x2.mul(length, f64x2.promote_low_f32x4(u)));
    const y23 = f64x2.add(from, f64x2.mul(length, f64x2.promote_low_f32x4(upper)));
    const y4 = v128.shuffle<f32>(f32x4.demote_f64x2_zero(y01), f32x4.demote_f64x2_zero(y23), 0, 1, 4, 5);
    storeWithin(y, i, y4, begin, end);
  }
}
