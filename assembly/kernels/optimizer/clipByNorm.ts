/**
 * Scaling of a block that is too long, down to the greatest length it may have.
 *
 *   g[i] ← g[i] · (maximum / norm)  if norm > maximum
 *
 * Shapes  g: f32 (count), norm: f32 (1), which globalNorm wrote. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Error   ≤ 2 half ulps. A norm of NaN changes nothing; a norm of ∞ leaves zeros, and NaN where g is ∞.
 */
import { loadPart, storePart } from "../../simd/lanes";

export function clipByNorm(g: usize, norm: usize, begin: i32, end: i32, maximum: f32): void {
  assert(begin <= end);
  const length = load<f32>(norm);
  if (!(length > maximum)) return;
  const factor = f32x4.splat(maximum / length);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) scale(g + i, factor, 4);
  if (tail) scale(g + i, factor, tail);
}

// @ts-ignore: decorator
@inline
function scale(g: usize, factor: v128, lanes: i32): void {
  storePart(g, f32x4.mul(loadPart(g, lanes, f32x4.splat(0)), factor), lanes);
}
