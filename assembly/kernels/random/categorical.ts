/**
 * A draw from each of many distributions, by a number from the unit interval.
 *
 *   y[r] = the least c with p[r,0] + … + p[r,c] > u[r] · (p[r,0] + … + p[r,cols − 1])
 *
 * Shapes  p: f32 (rows, cols), row-major, contiguous, not negative, of any sum; 1 ≤ cols ≤ 2²⁴, up to where f32 counts.
 *         u, y: f32 (rows), u from 0 to below 1. Any alignment.
 *         With these a c of probability 0 is never drawn, and one is always found: u · sum is below the sum, even rounded.
 *         A row with NaN, or nothing above 0, or u outside, gives NaN, which is the number of nothing.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   sums are in f32, from left to right: a draw may differ from that of exact sums if u is within cols ulps of a
 *         border.
 */
export function categorical(y: usize, p: usize, u: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const row = p + ((r * cols) << 2);
    let total: f32 = 0;
    for (let c = 0; c < cols; ++c) total += load<f32>(row + ((<usize>c) << 2));
    const uniform = load<f32>(u + (r << 2));
    const border = uniform * total;
    let drawn: f32 = NaN;
    if (uniform >= 0 && border < total) {
      let below: f32 = 0;
      for (let c = 0; c < cols; ++c) {
        below += load<f32>(row + ((<usize>c) << 2));
        if (below > border) {
          drawn = <f32>c;
          break;
        }
      }
    }
    store<f32>(y + (r << 2), drawn);
  }
}
