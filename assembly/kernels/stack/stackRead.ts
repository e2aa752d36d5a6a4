/**
 * What is read at the sides of a stack, queue or deque: rows up to a strength of 1 in all. Grefenstette et al. 2015,
 * arXiv:1506.02516, (3), (6), (11), (12).
 *
 *   forward   w[h,i] = min(s[i], max(0, 1 − c)),  c = Σ_{n before i} s[n],   r[h] = Σ_i w[h,i]·V[i]
 *   backward  g[h,i] = dw[h,i] + dr[h] · V[i],   dV[i] += Σ_h w[h,i]·dr[h]
 *             ds[i] += g[h,i] where s[i] ≤ 1 − c;   ds[n] −= g[h,i] for n before i where s[i] > 1 − c ≥ 0
 *
 * Shapes  r, dr: f32 (batch, heads, width); w, dw: (batch, heads, ends, slots); V, dV: (batch, ends, slots, width);
 *         s, ds: (batch, ends, slots), in the order of order.ts. Any alignment. One head reads from the side `from`;
 *         two read from the first and from the last row.
 * Range   batch [begin, end). Strengths are at least 0.
 * Alias   none.
 * Error   w ≤ rows · 2⁻²⁴, r ≤ (1 + rows) · 2⁻²⁴ max |V|, against f64. Rows of strength 0 change no bit.
 * Note    Behind a row that has less than its strength left all weights are 0: there both ways stop.
 */
import { addPart, loadPart, madd4 } from "../../simd/lanes";
import { dot } from "../../simd/rows";
import { fill } from "../elementwise/fill";
import { rowOf } from "./order";

export function stackReadForward(
  r: usize,
  w: usize,
  values: usize,
  s: usize,
  heads: i32,
  ends: i32,
  slots: i32,
  width: i32,
  from: i32,
  begin: i32,
  end: i32,
): void {
  assert((heads == 1 || heads == 2) && (ends == 1 || ends == 2));
  const rows = ends * slots;
  const row = (<usize>width) << 2;
  fill(r, begin * heads * width, end * heads * width, 0);
  fill(w, begin * heads * rows, end * heads * rows, 0);
  for (let b = begin; b < end; ++b) {
    const ps = s + ((<usize>(b * rows)) << 2);
    const pv = values + <usize>(b * rows) * row;
    for (let h = 0; h < heads; ++h) {
      const pr = r + <usize>(b * heads + h) * row;
      const pw = w + ((<usize>((b * heads + h) * rows)) << 2);
      const side = heads == 2 ? h : from;
      let covered: f32 = 0;
      for (let i = 0; i < rows && covered <= 1; ++i) {
        const at = <usize>rowOf(i, slots, ends, side);
        const strength = load<f32>(ps + (at << 2));
        if (strength == 0) continue;
        const weight = min<f32>(strength, 1 - covered);
        store<f32>(pw + (at << 2), weight);
        addScaled(pr, weight, pv + at * row, row);
        if (strength > 1 - covered) break;
        covered += strength;
      }
    }
  }
}

export function stackReadBackward(
  dvalues: usize,
  ds: usize,
  dr: usize,
  dw: usize,
  w: usize,
  values: usize,
  s: usize,
  heads: i32,
  ends: i32,
  slots: i32,
  width: i32,
  from: i32,
  begin: i32,
  end: i32,
): void {
  assert((heads == 1 || heads == 2) && (ends == 1 || ends == 2));
  const rows = ends * slots;
  const row = (<usize>width) << 2;
  for (let b = begin; b < end; ++b) {
    const first = <usize>(b * rows);
    for (let h = 0; h < heads; ++h) {
      const pdr = dr + <usize>(b * heads + h) * row;
      const line = (<usize>((b * heads + h) * rows)) << 2;
      const side = heads == 2 ? h : from;
      let covered: f32 = 0;
      for (let i = 0; i < rows && covered <= 1; ++i) {
        const at = <usize>rowOf(i, slots, ends, side);
        const strength = load<f32>(s + ((first + at) << 2));
        const weight = load<f32>(w + line + (at << 2));
        const g = load<f32>(dw + line + (at << 2)) + dot(pdr, values + (first + at) * row, row);
        if (weight != 0) addScaled(dvalues + (first + at) * row, weight, pdr, row);
        if (strength > 1 - covered) {
          for (let n = 0; n < i; ++n) add(ds, first + <usize>rowOf(n, slots, ends, side), -g);
          break;
        }
        add(ds, first + at, g);
        covered += strength;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function add(numbers: usize, i: usize, value: f32): void {
  const to = numbers + (i << 2);
  store<f32>(to, load<f32>(to) + value);
}

/** y += a · x. */
// @ts-ignore: decorator
@inline
function addScaled(y: usize, a: f32, x: usize, row: usize): void {
  const a4 = f32x4.splat(a);
  const zero = f32x4.splat(0);
  const body = row & ~15;
  for (let j: usize = 0; j < body; j += 16) v128.store(y + j, madd4(a4, v128.load(x + j), v128.load(y + j)));
  const tail = <i32>((row - body) >> 2);
  if (tail) addPart(y + body, f32x4.mul(a4, loadPart(x + body, tail, zero)), tail);
}
