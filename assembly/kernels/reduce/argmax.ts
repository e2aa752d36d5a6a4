/**
 * Where the largest element of a row is.
 *
 *   forward   y[r] = argmax_c x[r,c],   the first of equals
 *
 * Shapes  x: f32 (rows, cols), row-major, contiguous, 1 ≤ cols ≤ 2²⁴, up to where f32 counts; y: f32 (rows). Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   none. NaN is never the largest; a row with nothing above −∞ has its largest at 0.
 */
export function argmax(y: usize, x: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  for (let r = begin; r < end; ++r) {
    const px = x + ((<usize>r * <usize>cols) << 2);
    let largest: f32 = -Infinity;
    let at = 0;
    for (let c = 0; c < cols; ++c) {
      const value = load<f32>(px + ((<usize>c) << 2));
      if (value > largest) {
        largest = value;
        at = c;
      }
    }
    store<f32>(y + ((<usize>r) << 2), <f32>at);
  }
}
