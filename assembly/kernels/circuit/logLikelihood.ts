/**
 * How likely distributions make the numbers that they are to hold: in nats, summed over the cells of a memory.
 * Kurach et al. 2016, arXiv:1511.06392, section 3.3.
 *
 *   forward   s[b] = Σ_i mask[b,i] · log(max(x[b,i,t[b,i]], epsilon))
 *   backward  dx[b,i,t[b,i]] += ds[b] · mask[b,i] / x[b,i,t[b,i]]   where that x > epsilon
 *
 * Shapes  x: f32 (batch, cells, values), row-major, contiguous; t, mask: f32 (batch, cells), t whole numbers in
 *         [0, values), a fraction is dropped; s, ds: f32 (batch). Any alignment.
 * Range   batch [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none.
 * Error   ≤ cells · 2⁻²³ · |s|, against f64. A t that is no value counts as one of probability 0; cells whose mask is 0
 *         are skipped, whatever they hold.
 */
import { logNormal4 } from "../../simd/log";

export function logLikelihoodForward(
  s: usize,
  x: usize,
  t: usize,
  mask: usize,
  cells: i32,
  values: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(cells > 0 && values > 0 && begin <= end && epsilon > 0);
  for (let b = begin; b < end; ++b) {
    let sum: f32 = 0;
    for (let i = b * cells; i < (b + 1) * cells; ++i) {
      const at = (<usize>i) << 2;
      const weight = load<f32>(mask + at);
      if (weight == 0) continue;
      const target = load<f32>(t + at);
      let p = epsilon;
      if (target >= 0 && target < <f32>values) {
        p = max<f32>(load<f32>(x + ((<usize>i * <usize>values + <usize>(<i32>target)) << 2)), epsilon);
      }
      sum += weight * f32x4.extract_lane(logNormal4(f32x4.splat(p)), 0);
    }
    store<f32>(s + ((<usize>b) << 2), sum);
  }
}

export function logLikelihoodBackward(
  dx: usize,
  ds: usize,
  x: usize,
  t: usize,
  mask: usize,
  cells: i32,
  values: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(cells > 0 && values > 0 && begin <= end && epsilon > 0);
  for (let b = begin; b < end; ++b) {
    const scale = load<f32>(ds + ((<usize>b) << 2));
    for (let i = b * cells; i < (b + 1) * cells; ++i) {
      const at = (<usize>i) << 2;
      const weight = load<f32>(mask + at);
      const target = load<f32>(t + at);
      if (weight == 0 || !(target >= 0 && target < <f32>values)) continue;
      const p = (<usize>i * <usize>values + <usize>(<i32>target)) << 2;
      const likely = load<f32>(x + p);
      if (likely > epsilon) store<f32>(dx + p, load<f32>(dx + p) + (scale * weight) / likely);
    }
  }
}
