/**
 * Exchange of the last two axes.
 *
 *   forward   y[b,c,r]   = x[b,r,c]
 *   backward  dx[b,r,c] += dy[b,c,r]
 *
 * Shapes  x, dx: f32 (batch, rows, cols), y, dy: f32 (batch, cols, rows), row-major, contiguous. Any alignment.
 * Range   batch [begin, end). Every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   none forward, half an ulp of the new dx backward.
 */
import { addPart, loadPart, storePart } from "../../simd/lanes";

export function transposeForward(y: usize, x: usize, rows: i32, cols: i32, begin: i32, end: i32): void {
  exchange(y, x, rows, cols, begin, end, false);
}

/** rows and cols are those of dx. */
export function transposeBackward(dx: usize, dy: usize, rows: i32, cols: i32, begin: i32, end: i32): void {
  exchange(dx, dy, cols, rows, begin, end, true);
}

/** In blocks of 4 × 4, those at the edges in part. `add` is known at compile time. */
// @ts-ignore: decorator
@inline
function exchange(y: usize, x: usize, rows: i32, cols: i32, begin: i32, end: i32, add: bool): void {
  assert(begin <= end);
  const zero = f32x4.splat(0);
  const xRow = (<usize>cols) << 2; // bytes
  const yRow = (<usize>rows) << 2;
  const size = <usize>cols * yRow;
  for (let b = begin; b < end; ++b) {
    for (let r = 0; r < rows; r += 4) {
      const high = min(rows - r, 4);
      let px = x + <usize>b * size + <usize>r * xRow;
      let py = y + <usize>b * size + ((<usize>r) << 2);
      for (let c = 0; c < cols; c += 4) {
        const wide = min(cols - c, 4);
        const r0 = loadPart(px, wide, zero);
        const r1 = high > 1 ? loadPart(px + xRow, wide, zero) : zero;
        const r2 = high > 2 ? loadPart(px + 2 * xRow, wide, zero) : zero;
        const r3 = high > 3 ? loadPart(px + 3 * xRow, wide, zero) : zero;

        const left02 = v128.shuffle<f32>(r0, r2, 0, 4, 1, 5); // columns 0 and 1 of rows 0 and 2
        const left13 = v128.shuffle<f32>(r1, r3, 0, 4, 1, 5);
        put(py, v128.shuffle<f32>(left02, left13, 0, 4, 1, 5), high, add);
        if (wide > 1) put(py + yRow, v128.shuffle<f32>(left02, left13, 2, 6, 3, 7), high, add);
        if (wide > 2) {
          const right02 = v128.shuffle<f32>(r0, r2, 2, 6, 3, 7);
          const right13 = v128.shuffle<f32>(r1, r3, 2, 6, 3, 7);
          put(py + 2 * yRow, v128.shuffle<f32>(right02, right13, 0, 4, 1, 5), high, add);
          if (wide > 3) put(py + 3 * yRow, v128.shuffle<f32>(right02, right13, 2, 6, 3, 7), high, add);
        }
        px += 16;
        py += yRow << 2;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, count: i32, add: bool): void {
  if (add) addPart(p, v, count);
  else storePart(p, v, count);
}
