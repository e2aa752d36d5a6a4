/**
 * Rows behind a new one at each end. Grefenstette et al. 2015, arXiv:1506.02516, (1), (7): every row moves on by one.
 *
 *   forward   y[0] = v,  y[i] = x[i − 1];   x[slots − 1] is lost: with `whole`, all y are NaN where it is not 0
 *   backward  dv += dy[0],  dx[i − 1] += dy[i]
 *
 * Shapes  y, x, dy, dx: f32 (ends, slots, width), of all examples; v, dv: (ends, width). Any alignment.
 * Range   ends [begin, end).
 * Alias   none.
 * Error   none forward, half an ulp of the new dx or dv backward.
 */
import { fill } from "../elementwise/fill";
import { addBlocks, copyBlocks } from "../shape/copyBlocks";

export function pushRowsForward(
  y: usize,
  x: usize,
  v: usize,
  slots: i32,
  width: i32,
  whole: i32,
  begin: i32,
  end: i32,
): void {
  const row = (<usize>width) << 2;
  const all = <usize>slots * row;
  const moved = (slots - 1) * width;
  for (let e = <usize>begin; e < <usize>end; ++e) {
    const py = y + e * all;
    const px = x + e * all;
    copyBlocks(py, v + e * row, width, width, width, 0, 0, 0, 1);
    if (moved) copyBlocks(py + row, px, moved, moved, moved, 0, 0, 0, 1);
    if (!whole) continue;
    for (let j: usize = 0; j < row; j += 4) {
      if (load<f32>(px + all - row + j) != 0) fill(py, 0, slots * width, NaN);
    }
  }
}

export function pushRowsBackward(dx: usize, dv: usize, dy: usize, slots: i32, width: i32, begin: i32, end: i32): void {
  const row = (<usize>width) << 2;
  const all = <usize>slots * row;
  const moved = (slots - 1) * width;
  for (let e = <usize>begin; e < <usize>end; ++e) {
    const pdy = dy + e * all;
    addBlocks(dv + e * row, pdy, width, width, width, 0, 0, 0, 1);
    if (moved) addBlocks(dx + e * all, pdy + row, moved, moved, moved, 0, 0, 0, 1);
  }
}
