/**
 * Rows moved down by `by`, or up where it is negative: "next" and "previous" of Neelakantan et al. 2017,
 * arXiv:1611.08945. What is moved over an end is lost, and 0 comes in at the other.
 *
 *   forward   y[r]       = x[r − by], 0 where there is no such row
 *   backward  dx[r − by] += dy[r]
 *
 * Shapes  x, y, dx, dy: f32 (rows, width), row-major, contiguous. Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   none forward, half an ulp of the new dx backward.
 */
import { addPart, loadPart } from "../../simd/lanes";

export function shiftRowsForward(y: usize, x: usize, width: i32, rows: i32, by: f32): void {
  const shift = <i32>by; // saturates, so that any number is some shift
  const line = (<usize>width) << 2;
  for (let r = 0; r < rows; ++r) {
    const from = r - shift;
    if (from >= 0 && from < rows) memory.copy(y + <usize>r * line, x + <usize>from * line, line);
    else memory.fill(y + <usize>r * line, 0, line);
  }
}

export function shiftRowsBackward(dx: usize, dy: usize, width: i32, rows: i32, by: f32): void {
  const shift = <i32>by; // saturates, so that any number is some shift
  const line = (<usize>width) << 2;
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; ++r) {
    const to = r - shift;
    if (to < 0 || to >= rows) continue;
    for (let c = 0; c < width; c += 4) {
      const left = min(width - c, 4);
      const at = (<usize>c) << 2;
      addPart(dx + <usize>to * line + at, loadPart(dy + <usize>r * line + at, left, zero), left);
    }
  }
}
