/**
 * A copy whose gradient is clipped, element by element; forward is identityForward.
 *
 *   backward  dx[i] += min(max(dy[i], −limit), limit)
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   none.
 * Error   half an ulp of the new dx. NaN stays NaN.
 */
import { addTail, addTo, loadTail } from "../../simd/lanes";

export function clipGradientBackward(dx: usize, dy: usize, begin: i32, end: i32, limit: f32): void {
  assert(begin <= end && limit > 0);
  const low = f32x4.splat(-limit);
  const high = f32x4.splat(limit);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, f32x4.pmin(f32x4.pmax(v128.load(dy + i), low), high));
  if (tail) addTail(dx + i, f32x4.pmin(f32x4.pmax(loadTail(dy + i, tail, low), low), high), tail);
}
