/**
 * Gradient descent with momentum.
 *
 *   v[i] ← momentum · v[i] + g[i]
 *   p[i] ← p[i] − rate · v[i]
 *
 * Shapes  p, g, state: f32 (count), rate: f32 (1). state is v and starts at 0. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   each + − · rounds once.
 */
import { loadPart, madd4, storePart } from "../../simd/lanes";

export function sgd(p: usize, state: usize, g: usize, rate: usize, begin: i32, end: i32, momentum: f32): void {
  assert(begin <= end);
  const rate4 = v128.load32_splat(rate);
  const momentum4 = f32x4.splat(momentum);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) update(p + i, state + i, g + i, rate4, momentum4, 4);
  if (tail) update(p + i, state + i, g + i, rate4, momentum4, tail);
}

// @ts-ignore: decorator
@inline
function update(p: usize, v: usize, g: usize, rate: v128, momentum: v128, lanes: i32): void {
  const zero = f32x4.splat(0);
  const v4 = madd4(momentum, loadPart(v, lanes, zero), loadPart(g, lanes, zero));
  storePart(v, v4, lanes);
  storePart(p, f32x4.sub(loadPart(p, lanes, zero), f32x4.mul(rate, v4)), lanes);
}
