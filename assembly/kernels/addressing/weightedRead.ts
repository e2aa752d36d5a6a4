/**
 * What a head reads: the slots of a memory, weighted. NTM (2).
 *
 *   forward   r[h] = Σ_i w[h,i]·M[i]
 *   backward  dw[h,i] += dr[h] · M[i],  dM[i] += Σ_h w[h,i]·dr[h]
 *
 * Shapes  r: f32 (batch, heads, width); memory: (batch, slots, width); w: (batch, heads, slots). Any alignment.
 * Range   batch [begin, end). Heads do not mix: all in one call give the bits of one by one.
 * Alias   none.
 * Error   of positive weightings: ≤ 1.5 · 2⁻²⁴ max |M| for up to 128 slots, against f64. A one-hot w reads its slot exactly.
 */
import { addPart, loadPart } from "../../simd/lanes";
import { addOuter4, addRows4, dot4 } from "../../simd/rows";
import { fill } from "../elementwise/fill";

export function weightedReadForward(
  r: usize,
  memory: usize,
  weights: usize,
  heads: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2; // bytes of a slot
  const line = (<usize>slots) << 2; // bytes of a weighting
  const body = line & ~15;
  const rest = slots & 3;
  fill(r, begin * heads * width, end * heads * width, 0);
  for (let b = <usize>begin; b < <usize>end; ++b) {
    const m = memory + b * line * <usize>width;
    for (let h = b * <usize>heads; h < (b + 1) * <usize>heads; ++h) {
      const w = weights + h * line;
      const pr = r + h * row;
      for (let i: usize = 0; i < body; i += 16) addRows4(pr, m + i * <usize>width, v128.load(w + i), row, 4);
      if (rest) addRows4(pr, m + body * <usize>width, loadPart(w + body, rest, f32x4.splat(0)), row, rest);
    }
  }
}

export function weightedReadBackward(
  dmemory: usize,
  dweights: usize,
  dr: usize,
  memory: usize,
  weights: usize,
  heads: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2;
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const rest = slots & 3;
  for (let b = <usize>begin; b < <usize>end; ++b) {
    const m = b * line * <usize>width;
    for (let h = b * <usize>heads; h < (b + 1) * <usize>heads; ++h) {
      const w = h * line;
      const pdr = dr + h * row;
      for (let i: usize = 0; i < body; i += 16) {
        const at = m + i * <usize>width;
        unread4(dmemory + at, dweights + w + i, pdr, memory + at, weights + w + i, row, 4);
      }
      if (rest) {
        const at = m + body * <usize>width;
        unread4(dmemory + at, dweights + w + body, pdr, memory + at, weights + w + body, row, rest);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function unread4(dm: usize, dw: usize, dr: usize, m: usize, w: usize, row: usize, count: i32): void {
  addPart(dw, dot4(m, dr, row, count), count);
  addOuter4(dm, loadPart(w, count, f32x4.splat(0)), dr, row, count);
}
