/**
 * A block of elements from each of several groups: concat places its inputs with it, slice takes its part with it, and
 * each is the other's backward.
 *
 *   copyBlocks  y[yOffset + r·yStride + i]  = x[xOffset + r·xStride + i],   0 ≤ i < inner
 *   addBlocks   y[yOffset + r·yStride + i] += x[xOffset + r·xStride + i]
 *
 * Shapes  y, x: f32; inner, strides and offsets in elements, inner ≤ both strides. Any alignment.
 * Range   groups r in [begin, end). Groups are independent: every split gives the same bits.
 * Alias   y and x must not overlap.
 * Error   none for copies, which keep every bit; half an ulp of the new y for sums.
 */
import { addTail, addTo, loadTail, storeTail } from "../../simd/lanes";

export function copyBlocks(
  y: usize,
  x: usize,
  inner: i32,
  yStride: i32,
  xStride: i32,
  yOffset: i32,
  xOffset: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && inner <= yStride && inner <= xStride);
  const tail = inner & 3;
  const body = (<usize>(inner - tail)) << 2;
  for (let r = begin; r < end; ++r) {
    const px = x + ((<usize>(xOffset + r * xStride)) << 2);
    const py = y + ((<usize>(yOffset + r * yStride)) << 2);
    for (let i: usize = 0; i < body; i += 16) v128.store(py + i, v128.load(px + i));
    if (tail) storeTail(py + body, loadTail(px + body, tail, f32x4.splat(0)), tail);
  }
}

export function addBlocks(
  y: usize,
  x: usize,
  inner: i32,
  yStride: i32,
  xStride: i32,
  yOffset: i32,
  xOffset: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && inner <= yStride && inner <= xStride);
  const tail = inner & 3;
  const body = (<usize>(inner - tail)) << 2;
  for (let r = begin; r < end; ++r) {
    const px = x + ((<usize>(xOffset + r * xStride)) << 2);
    const py = y + ((<usize>(yOffset + r * yStride)) << 2);
    for (let i: usize = 0; i < body; i += 16) addTo(py + i, v128.load(px + i));
    if (tail) addTail(py + body, loadTail(px + body, tail, f32x4.splat(0)), tail);
  }
}
