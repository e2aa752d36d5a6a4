/**
 * Numbers of classes as vectors.
 *
 *   forward   y[i,c] = 1 if c = indices[i], else 0
 *
 * Shapes  y: f32 (count, classes), row-major, contiguous; indices: f32 (count), whole numbers in [0, classes),
 *         classes ≤ 2²⁴, up to where f32 counts. Any alignment. An index that is no class, or NaN, gives zeros; a fraction
 *         is dropped.
 * Range   i in [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   none.
 */
export function oneHot(y: usize, indices: usize, classes: i32, begin: i32, end: i32): void {
  assert(begin <= end && classes <= 1 << 24);
  const line = (<usize>classes) << 2;
  memory.fill(y + <usize>begin * line, 0, <usize>(end - begin) * line);
  for (let i = <usize>begin; i < <usize>end; ++i) {
    const index = load<f32>(indices + (i << 2));
    if (index >= 0 && index < <f32>classes) store<f32>(y + i * line + ((<usize>(<i32>index)) << 2), 1);
  }
}
