/**
 * Fuzzy wires of a circuit: the mean of what was computed so far, which lies in two blocks, and its backward.
 *
 *   forward   y = Σ_k w[k] · pool[k] + Σ_k w[count + k] · outputs[k]
 *   backward  dw[k] += dy · pool[k],  dpool[k] += w[k] · dy, and alike for outputs
 *
 * pool: `count` rows, outputs: `done` rows, of `row` bytes each.
 */
import { addPart, loadPart } from "../../simd/lanes";
import { addOuter4, addRows4, dot4 } from "../../simd/rows";

export function mix(y: usize, w: usize, pool: usize, outputs: usize, row: usize, count: i32, done: i32): void {
  memory.fill(y, 0, row);
  addAll(y, w, pool, row, count);
  addAll(y, w + ((<usize>count) << 2), outputs, row, done);
}

/** y += Σ_k w[k] · m[k]. */
export function addAll(y: usize, w: usize, m: usize, row: usize, count: i32): void {
  for (let k = 0; k < count; k += 4) {
    const part = min(4, count - k);
    addRows4(y, m + <usize>k * row, loadPart(w + ((<usize>k) << 2), part, f32x4.splat(0)), row, part);
  }
}

export function unmix(
  dw: usize,
  dpool: usize,
  doutputs: usize,
  dy: usize,
  w: usize,
  pool: usize,
  outputs: usize,
  row: usize,
  count: i32,
  done: i32,
): void {
  const behind = (<usize>count) << 2;
  takeAll(dw, dpool, dy, w, pool, row, count);
  takeAll(dw + behind, doutputs, dy, w + behind, outputs, row, done);
}

/** dw[k] += m[k] · dy, dm[k] += w[k] · dy. */
export function takeAll(dw: usize, dm: usize, dy: usize, w: usize, m: usize, row: usize, count: i32): void {
  for (let k = 0; k < count; k += 4) {
    const part = min(4, count - k);
    const at = (<usize>k) << 2;
    const rows = <usize>k * row;
    addPart(dw + at, dot4(m + rows, dy, row, part), part);
    addOuter4(dm + rows, loadPart(w + at, part, f32x4.splat(0)), dy, row, part);
  }
}
