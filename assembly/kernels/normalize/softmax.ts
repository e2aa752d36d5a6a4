/**
 * Softmax over the last axis.
 *
 *   forward   y[r,c]   = exp(x[r,c] − m[r]) / Σ_k exp(x[r,k] − m[r]),   m[r] = max_k x[r,k]
 *   backward  dx[r,c] += y[r,c] · (dy[r,c] − Σ_k dy[r,k] · y[r,k])
 *
 * Shapes  x, y, dx, dy: f32 (rows, cols), row-major, contiguous, cols ≥ 1. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   relative, against f64: ≤ (6 + cols / 128 + |x − m|) · 2⁻²⁴; under 2⁻¹²⁵·⁵ an exp counts as 0.
 *         NaN makes its row NaN. A row of only −∞ is NaN.
 */
import { expNegative4 } from "../../simd/exp";
import { addTail, addTo, loadTail, madd4, maxLanes, storeTail, sumLanes } from "../../simd/lanes";

export function softmaxForward(y: usize, x: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const lowest = f32x4.splat(-Infinity);

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const py = y + <usize>r * stride;

    let max4 = lowest; // pmax drops a NaN; it comes back through x − m
    for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, v128.load(px + i));
    if (tail) max4 = f32x4.pmax(max4, loadTail(px + body, tail, lowest));
    const m = f32x4.splat(maxLanes(max4));

    let sum4 = f32x4.splat(0);
    let i: usize = 0;
    if (body) {
      // Tested at the bottom, the constants of exp stay outside the loop.
      do {
        const e = expNegative4(f32x4.sub(v128.load(px + i), m));
        v128.store(py + i, e);
        sum4 = f32x4.add(sum4, e);
        i += 16;
      } while (i < body);
    }
    if (tail) {
      // A lane filled with −∞ leaves exp as 0 and adds nothing.
      const e = expNegative4(f32x4.sub(loadTail(px + body, tail, lowest), m));
      storeTail(py + body, e, tail);
      sum4 = f32x4.add(sum4, e);
    }

    const inv = f32x4.splat(1 / sumLanes(sum4));
    for (let i: usize = 0; i < body; i += 16) v128.store(py + i, f32x4.mul(v128.load(py + i), inv));
    if (tail) storeTail(py + body, f32x4.mul(loadTail(py + body, tail, inv), inv), tail);
  }
}

/** Needs only the saved output y: the derivative of exp is exp. */
export function softmaxBackward(dx: usize, dy: usize, y: usize, cols: i32, begin: i32, end: i32): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);

  for (let r = begin; r < end; ++r) {
    const pdx = dx + <usize>r * stride;
    const pdy = dy + <usize>r * stride;
    const py = y + <usize>r * stride;

    let dot4 = zero;
    for (let i: usize = 0; i < body; i += 16) dot4 = madd4(v128.load(pdy + i), v128.load(py + i), dot4);
    if (tail) dot4 = madd4(loadTail(pdy + body, tail, zero), loadTail(py + body, tail, zero), dot4);
    const dot = f32x4.splat(sumLanes(dot4));

    for (let i: usize = 0; i < body; i += 16) {
      addTo(pdx + i, f32x4.mul(v128.load(py + i), f32x4.sub(v128.load(pdy + i), dot)));
    }
    if (tail) {
      const dy4 = loadTail(pdy + body, tail, zero);
      addTail(pdx + body, f32x4.mul(loadTail(py + body, tail, zero), f32x4.sub(dy4, dot)), tail);
    }
  }
}
