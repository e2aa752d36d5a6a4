/**
 * Binary cross-entropy on logits, summed over the rows that a mask keeps.
 *
 *   forward   loss[0]  = Σ_r mask[r] · Σ_c (max(x[r,c], 0) − x[r,c] · t[r,c] + log(1 + exp(−|x[r,c]|)))
 *   backward  dx[r,c] += dloss[0] · mask[r] · (sigmoid(x[r,c]) − t[r,c])
 *
 * Shapes  x, t, dx: f32 (rows, cols), row-major, contiguous; mask: f32 (rows); loss, dloss: f32 (1). Any alignment.
 * Range   rows [begin, end): the loss of those. Two accumulators take a row's vectors in turn, rows one after the other;
 *         then (first + second), then the lanes.
 * Alias   dx must be its own buffer.
 * Error   against f64: ≤ (4 + rows · cols / 8) · 2⁻²⁴ of Σ mask · (|x| + |x · t| + log(1 + exp(−|x|))).
 *         A row whose mask is 0 is skipped, whatever it holds; NaN elsewhere makes the loss NaN.
 */
import { addTail, addTo, loadTail, madd4, sumLanes } from "../../simd/lanes";
import { sigmoid4 } from "../../simd/sigmoid";
import { log1pExp4 } from "../../simd/softplus";

// @ts-ignore: decorator
@inline
function term(x: v128, t: v128): v128 {
  return f32x4.add(f32x4.sub(f32x4.pmax(x, f32x4.splat(0)), f32x4.mul(x, t)), log1pExp4(x));
}

export function binaryCrossEntropyForward(
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
    if (pairs) {
      // Tested at the bottom, the constants of exp and log stay outside the loop.
      do {
        const e0 = term(v128.load(px + i), v128.load(pt + i));
        const e1 = term(v128.load(px + i, 16), v128.load(pt + i, 16));
        sum0 = madd4(m, e0, sum0);
        sum1 = madd4(m, e1, sum1);
        i += 32;
      } while (i < pairs);
    }
    if (i < body) sum0 = madd4(m, term(v128.load(px + i), v128.load(pt + i)), sum0);
    if (tail) {
      // A logit of −1000 for target 0 costs 0.
      const e = term(loadTail(px + body, tail, f32x4.splat(-1000)), loadTail(pt + body, tail, zero));
      sum1 = madd4(m, e, sum1);
    }
  }
  store<f32>(loss, sumLanes(f32x4.add(sum0, sum1)));
}

/** Needs what forward reads. */
export function binaryCrossEntropyBackward(
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
    const g = f32x4.splat(load<f32>(dloss) * m);

    let i: usize = 0;
    if (body) {
      do {
        addTo(pdx + i, f32x4.mul(g, f32x4.sub(sigmoid4(v128.load(px + i)), v128.load(pt + i))));
        i += 16;
      } while (i < body);
    }
    if (tail) {
      const error = f32x4.sub(sigmoid4(loadTail(px + body, tail, zero)), loadTail(pt + body, tail, zero));
      addTail(pdx + body, f32x4.mul(g, error), tail);
    }
  }
}
