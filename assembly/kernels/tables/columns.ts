/**
 * The three products of a table x with weights of its rows and of its columns, of which each is the gradient of the
 * other two: what columnSums and selectColumn are made of.
 *
 *   sums    y[b,c]    = Σ_r s[r,b]·x[r,b,c]
 *   select  z[r,b]    = Σ_c x[r,b,c]·w[b,c]
 *   spread  x[r,b,c] += s[r,b]·w[b,c]
 *
 * Shapes  x: f32 (rows, batch, columns); s, z: (rows, batch); w, y: (batch, columns); row-major, contiguous. Any
 *         alignment.
 * Alias   none: every argument its own buffer.
 * Error   sums in order of the rows; select in the order of sumLanes: ≤ (rows or columns) · 2⁻²⁴ of Σ|…|.
 */
import { addPart, loadPart, madd4, storePart, sumLanes } from "../../simd/lanes";

/** `add` is known at compile time: adds to y instead of writing it. */
// @ts-ignore: decorator
@inline
export function sums(y: usize, s: usize, x: usize, columns: i32, batch: i32, rows: i32, add: bool): void {
  assert(columns > 0);
  const zero = f32x4.splat(0);
  for (let b = 0; b < batch; ++b) {
    for (let c = 0; c < columns; c += 4) {
      const left = min(columns - c, 4);
      let sum = zero;
      for (let r = 0; r < rows; ++r) {
        const at = <usize>(r * batch + b);
        const cells = loadPart(x + ((at * <usize>columns + <usize>c) << 2), left, zero);
        sum = madd4(v128.load32_splat(s + (at << 2)), cells, sum);
      }
      const to = y + ((<usize>(b * columns + c)) << 2);
      if (add) addPart(to, sum, left);
      else storePart(to, sum, left);
    }
  }
}

// @ts-ignore: decorator
@inline
export function select(z: usize, x: usize, w: usize, columns: i32, batch: i32, rows: i32, add: bool): void {
  assert(columns > 0);
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; ++r) {
    for (let b = 0; b < batch; ++b) {
      const at = <usize>(r * batch + b);
      let sum = zero;
      for (let c = 0; c < columns; c += 4) {
        const left = min(columns - c, 4);
        const cells = loadPart(x + ((at * <usize>columns + <usize>c) << 2), left, zero);
        sum = madd4(cells, loadPart(w + ((<usize>(b * columns + c)) << 2), left, zero), sum);
      }
      const to = z + (at << 2);
      store<f32>(to, add ? load<f32>(to) + sumLanes(sum) : sumLanes(sum));
    }
  }
}

export function spread(x: usize, s: usize, w: usize, columns: i32, batch: i32, rows: i32): void {
  assert(columns > 0);
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; ++r) {
    for (let b = 0; b < batch; ++b) {
      const at = <usize>(r * batch + b);
      const share = v128.load32_splat(s + (at << 2));
      for (let c = 0; c < columns; c += 4) {
        const left = min(columns - c, 4);
        const weights = loadPart(w + ((<usize>(b * columns + c)) << 2), left, zero);
        addPart(x + ((at * <usize>columns + <usize>c) << 2), f32x4.mul(share, weights), left);
      }
    }
  }
}
