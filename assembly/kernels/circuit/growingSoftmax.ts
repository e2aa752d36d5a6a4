/**
 * Softmax over segments of a row that grow by one: two of `first` elements, two of first + 1, …, `pairs` lengths in all.
 *
 *   forward   y[r,c]   = exp(x[r,c]) / Σ_{k in the segment of c} exp(x[r,k])
 *   backward  dx[r,c] += y[r,c] · (dy[r,c] − Σ_{k in the segment of c} dy[r,k] · y[r,k])
 *
 * Shapes  x, y, dx, dy: f32 (rows, pairs · (2 first + pairs − 1)), row-major, contiguous. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be x. dx must be its own buffer.
 * Error   that of softmax, of which each segment is a row.
 */
import { softmaxBackward, softmaxForward } from "../normalize/softmax";

export function growingSoftmaxForward(y: usize, x: usize, first: i32, pairs: i32, begin: i32, end: i32): void {
  assert(first > 0 && pairs > 0 && begin <= end);
  const stride = (<usize>(pairs * (2 * first + pairs - 1))) << 2;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    let at = r * stride;
    for (let cols = first; cols < first + pairs; ++cols) {
      softmaxForward(y + at, x + at, cols, 0, 2);
      at += (<usize>cols) << 3;
    }
  }
}

export function growingSoftmaxBackward(
  dx: usize,
  dy: usize,
  y: usize,
  first: i32,
  pairs: i32,
  begin: i32,
  end: i32,
): void {
  assert(first > 0 && pairs > 0 && begin <= end);
  const stride = (<usize>(pairs * (2 * first + pairs - 1))) << 2;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    let at = r * stride;
    for (let cols = first; cols < first + pairs; ++cols) {
      softmaxBackward(dx + at, dy + at, y + at, cols, 0, 2);
      at += (<usize>cols) << 3;
    }
  }
}
