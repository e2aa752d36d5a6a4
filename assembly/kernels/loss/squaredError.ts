/**
 * Squared error, summed over the rows that a mask keeps.
 *
 *   forward   loss[0]  = Σ_r mask[r] · Σ_c (x[r,c] − t[r,c])²
 *   backward  dx[r,c] += 2 · dloss[0] · mask[r] · (x[r,c] − t[r,c])
 *
 * Shapes  x, t, dx: f32 (rows, cols), row-major, contiguous; mask: f32 (rows); loss, dloss: f32 (1). Any alignment.
 * Range   rows [begin, end): the loss of those. Two accumulators take a row's vectors in turn, rows one after the other;
 *         then (first + second), then the lanes.
 * Alias   dx must be its own buffer.
 * Error   against f64: ≤ (4 + rows · cols / 8) · 2⁻²⁴ of the loss.
 *         A row whose mask is 0 is skipped, whatever it holds; NaN elsewhere makes the loss NaN.
 */
import { addTail, addTo, loadTail, madd4, sumLanes } from "../../simd/lanes";

// @ts-ignore: decorator
@inline
function term(x: v128, t: v128): v128 {
  const d = f32x4.sub(x, t);
  return f32x4.mul(d, d);
}

export function squaredErrorForward(
  loss: usize,
  x: usize,
  t: usize,
  mask: usize,
  cols: i32,
  begin: i32,
  end: i32,
): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const pairs = stride & ~31; // bytes in its pairs of vectors
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
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
      sum0 = madd4(m, term(v128.load(px + i), v128.load(pt + i)), sum0);
      sum1 = madd4(m, term(v128.load(px + i, 16), v128.load(pt + i, 16)), sum1);
    }
    if (i < body) sum0 = madd4(m, term(v128.load(px + i), v128.load(pt + i)), sum0);
    if (tail) sum1 = madd4(m, term(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero)), sum1);
  }
  store<f32>(loss, sumLanes(f32x4.add(sum0, sum1)));
}

/** Needs what forward reads. */
export function squaredErrorBackward(
  dx: usize,
  dloss: usize,
  x: usize,
  t: usize,
  mask: usize,
  cols: i32,
  begin: i32,
  end: i32,
): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const pt = t + <usize>r * stride;
    const pdx = dx + <usize>r * stride;
    const m = load<f32>(mask + ((<usize>r) << 2));
    if (m == 0) continue;
    const g = f32x4.splat(2 * load<f32>(dloss) * m);

    for (let i: usize = 0; i < body; i += 16) {
      addTo(pdx + i, f32x4.mul(g, f32x4.sub(v128.load(px + i), v128.load(pt + i))));
    }
    if (tail) {
      const error = f32x4.sub(loadTail(px + body, tail, zero), loadTail(pt + body, tail, zero));
      addTail(pdx + body, f32x4.mul(g, error), tail);
    }
  }
}
