/**
 * Affine map with fixed coefficients.
 *
 *   forward   y[i]   = scale · x[i] + shift
 *   backward  dx[i] += scale · dy[i]
 *
 * Shapes  any; f32. Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   two roundings, of the product and of the sum.
 */
import { addTail, addTo, loadTail, madd4, storeTail } from "../../simd/lanes";

export function affineForward(y: usize, x: usize, begin: i32, end: i32, scale: f32, shift: f32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  const scale4 = f32x4.splat(scale);
  const shift4 = f32x4.splat(shift);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) v128.store(y + i, madd4(v128.load(x + i), scale4, shift4));
  if (tail) storeTail(y + i, madd4(loadTail(x + i, tail, zero), scale4, shift4), tail);
}

export function affineBackward(dx: usize, dy: usize, begin: i32, end: i32, scale: f32): void {
  assert(begin <= end);
  const tail = (end - begin) & 3;
  const last = (<usize>(end - tail)) << 2;
  const zero = f32x4.splat(0);
  const scale4 = f32x4.splat(scale);
  let i = (<usize>begin) << 2;
  for (; i < last; i += 16) addTo(dx + i, f32x4.mul(v128.load(dy + i), scale4));
  if (tail) addTail(dx + i, f32x4.mul(loadTail(dy + i, tail, zero), scale4), tail);
}
