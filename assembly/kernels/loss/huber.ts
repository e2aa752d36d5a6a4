/**
 * Huber loss, summed over the rows that a mask keeps.
 *
 *   forward   loss[0]  = Σ_r mask[r] · Σ_c e(x[r,c] − t[r,c]),   e(d) = d² / 2 for |d| ≤ δ, else δ (|d| − δ / 2)
 *   backward  dx[r,c] += dloss[0] · mask[r] · min(max(x[r,c] − t[r,c], −δ), δ)
 *
 * Shapes  x, t, dx: f32 (rows, cols), row-major, contiguous; mask: f32 (rows); loss, dloss: f32 (1). Any alignment.
 * Range   rows [begin, end): the loss of those. Two accumulators take a row's vectors in turn, rows one after the other;
 *         then (first + second), then the lanes.
 * Alias   dx must be its own buffer.
 * Error   against f64: ≤ (4 + rows · cols / 8) · 2⁻²⁴ of the loss.
 *         A row whose mask is 0 is skipped, whatever it holds; NaN elsewhere makes the loss NaN.
 */
import { addTail, addTo, loadTail, madd4, sumLanes } from "../../simd/lanes";

/** a (|d| − a / 2) with a = min(|d|, δ), both branches at once. */
// @ts-ignore: decorator
@inline
function term(x: v128, t: v128, delta: v128): v128 {
  const d = f32x4.abs(f32x4.sub(x, t));
  const a = f32x4.pmin(d, delta);
  return f32x4.mul(a, f32x4.sub(d, f32x4.mul(a, f32x4.splat(0.5))));
}

// @ts-ignore: decorator
@inline
function slope(x: v128, t: v128, delta: v128): v128 {
  return f32x4.pmax(f32x4.pmin(f32x4.sub(x, t), delta), f32x4.neg(delta));
}

export function huberForward(
  loss: usize,
  x: usize,
  t: usize,
  mask: usize,
  cols: i32,
  begin: i32,
  end: i32,
  delta: f32,
): void {
  assert(cols > 0 && begin <= end && delta > 0);
  const stride = (<usize>cols) << 2; // bytes in a row
  const pairs = stride & ~31; // bytes in its pairs of vectors
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
  const delta4 = f32x4.splat(delta);
  let sum0 = zero;
  let sum1 = zero;

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const pt = t + <usize>r * stride;
    const pm = mask + ((<usize>r) << 2);
    if (load<f32>(pm) == 0) continue;
    const m = v128.load32_splat(pm);

    let i: usize = 0;
    for (; i < pairs; i += 32) {
      sum0 = madd4(m, term(v128.load(px + i), v128.load(pt + i), delta4), sum0);
      sum1 = madd4(m, term(v128.load(px + i, 16), v128.load(pt + i, 16), delta4), sum1);
    }
    if (i < body) sum0 = madd4(m, term(v128.load(px + i), v128.load(pt + i), delta4), sum0);
    if (tail) sum1 = madd4(m, term(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero), delta4), sum1);
  }
  store<f32>(loss, sumLanes(f32x4.add(sum0, sum1)));
}

/** Needs what forward reads. */
export function huberBackward(
  dx: usize,
  dloss: usize,
  x: usize,
  t: usize,
  mask: usize,
  cols: i32,
  begin: i32,
  end: i32,
  delta: f32,
): void {
  assert(cols > 0 && begin <= end && delta > 0);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);
  const delta4 = f32x4.splat(delta);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const pt = t + <usize>r * stride;
    const pdx = dx + <usize>r * stride;
    const m = load<f32>(mask + ((<usize>r) << 2));
    if (m == 0) continue;
    const g = f32x4.splat(load<f32>(dloss) * m);

    for (let i: usize = 0; i < body; i += 16) {
      addTo(pdx + i, f32x4.mul(g, slope(v128.load(px + i), v128.load(pt + i), delta4)));
    }
    if (tail) {
      const error = slope(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero), delta4);
      addTail(pdx + body, f32x4.mul(g, error), tail);
    }
  }
}
