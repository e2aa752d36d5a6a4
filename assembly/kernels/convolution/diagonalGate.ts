/**
 * The gate of a diagonal cell: what is kept comes from here or from a neighbour. Freivalds & Liepins 2017,
 * arXiv:1702.08727, section 3.
 *
 *   forward   y[p,i]            = g[p,i] · s[p + d(i),i] + (1 − g[p,i]) · c[p,i]
 *   backward  ds[p + d(i),i]   += g[p,i] · dy[p,i]
 *             dg[p,i]          += (s[p + d(i),i] − c[p,i]) · dy[p,i],   dc[p,i] += (1 − g[p,i]) · dy[p,i]
 *             d is 0 for the first maps, −1 for the next third, 1 for the last; a third is ⌊maps / 3⌋, and s is 0 outside.
 *
 * Shapes  y, s, g, c and their gradients: f32 (batch, length, maps), row-major, contiguous. Any alignment.
 * Alias   y may be c; none backward.
 * Error   absolute, against f64: forward ≤ 3 · 2⁻²⁴ · (|g · s| + |(1 − g) · c|).
 */
import { addPart, loadPart, madd4, storePart } from "../../simd/lanes";

export function diagonalGateForward(
  y: usize,
  s: usize,
  gate: usize,
  candidate: usize,
  maps: i32,
  length: i32,
  batch: i32,
): void {
  const row = (<usize>maps) << 2;
  const third = maps / 3;
  for (let r = 0; r < batch * length; ++r) {
    const at = <usize>r * row;
    const p = r % length;
    keep(y + at, s + at, gate + at, candidate + at, 0, maps - 2 * third, true);
    keep(y + at, s + at - row, gate + at, candidate + at, maps - 2 * third, maps - third, p > 0);
    keep(y + at, s + at + row, gate + at, candidate + at, maps - third, maps, p < length - 1);
  }
}

export function diagonalGateBackward(
  ds: usize,
  dgate: usize,
  dcandidate: usize,
  dy: usize,
  s: usize,
  gate: usize,
  candidate: usize,
  maps: i32,
  length: i32,
  batch: i32,
): void {
  const row = (<usize>maps) << 2;
  const third = maps / 3;
  for (let r = 0; r < batch * length; ++r) {
    const p = r % length;
    for (let group = 0; group < 3; ++group) {
      const first = group == 0 ? 0 : maps - (3 - group) * third;
      const last = group == 0 ? maps - 2 * third : first + third;
      const from = r + (group == 0 ? 0 : group == 1 ? -1 : 1);
      const isInside = group == 0 || (group == 1 ? p > 0 : p < length - 1);
      const zero = f32x4.splat(0);
      const one = f32x4.splat(1);
      for (let i = first; i < last; i += 4) {
        const left = min(last - i, 4);
        const at = <usize>r * row + ((<usize>i) << 2);
        const moved = <usize>from * row + ((<usize>i) << 2);
        const dy4 = loadPart(dy + at, left, zero);
        const g4 = loadPart(gate + at, left, zero);
        const s4 = isInside ? loadPart(s + moved, left, zero) : zero;
        const c4 = loadPart(candidate + at, left, zero);
        addPart(dgate + at, f32x4.mul(f32x4.sub(s4, c4), dy4), left);
        addPart(dcandidate + at, f32x4.mul(f32x4.sub(one, g4), dy4), left);
        if (isInside) addPart(ds + moved, f32x4.mul(g4, dy4), left);
      }
    }
  }
}

/** The maps [first, last) of a position. */
// @ts-ignore: decorator
@inline
function keep(y: usize, s: usize, gate: usize, candidate: usize, first: i32, last: i32, isInside: bool): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let i = first; i < last; i += 4) {
    const left = min(last - i, 4);
    const at = (<usize>i) << 2;
    const g4 = loadPart(gate + at, left, zero);
    const s4 = isInside ? loadPart(s + at, left, zero) : zero;
    const c4 = loadPart(candidate + at, left, zero);
    storePart(y + at, madd4(g4, s4, f32x4.mul(f32x4.sub(one, g4), c4)), left);
  }
}
