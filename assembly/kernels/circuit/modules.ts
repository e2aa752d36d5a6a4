/**
 * The modules of a circuit on distributions over 0 … m − 1, each equal to P(c) = Σ_{a,b: f(a,b)=c} A[a] · B[b].
 * Kurach et al. 2016, arXiv:1511.06392, section 4.3, in its order.
 *
 * o, A, B: m numbers, m ≥ 1; 1 and 2, as all numbers, are taken mod m. o is written, and is none of the others.
 */
import { addAll } from "./mix";
import { addScaled, valueAt, dotOf, gain, put, sumOf } from "./vectors";

export const READ = 0;
export const INC = 4;
export const ADD = 5;
export const SUB = 6;
export const DEC = 7;
export const LESS = 8;
export const LESS_OR_EQUAL = 9;
export const EQUAL = 10;
export const MIN = 11;
export const MAX = 12;
export const WRITE = 13;
/** Modules of a list. */
export const MODULES = 14;

/** Arguments of a module: those behind are not computed. READ, INC and DEC have one, ZERO, ONE and TWO none. */
export function argumentsOf(module: i32): i32 {
  if (module == READ || module == INC || module == DEC) return 1;
  return module < INC ? 0 : 2;
}

/** o of any module but WRITE, whose output is B; memory: (m, m). */
export function applyModule(module: i32, o: usize, a: usize, b: usize, memory: usize, m: i32): void {
  const row = (<usize>m) << 2;
  if (module == MIN) return minimum(o, a, b, m);
  if (module == MAX) return maximum(o, a, b, m);
  zero(o, row);
  if (module == READ) addAll(o, a, memory, row, m);
  else if (module < INC) put(o, (module - 1) % m, 1);
  else if (module == INC) rotate(o, a, m, 1);
  else if (module == ADD) convolve(o, a, b, m);
  else if (module == SUB) correlate(o, a, b, m);
  else if (module == DEC) rotate(o, a, m, m - 1);
  else compare(module, o, a, b, m);
}

/** o[(i + by) mod m] += a[i]. */
export function rotate(o: usize, a: usize, m: i32, by: i32): void {
  const cut = (<usize>(m - by)) << 2;
  addScaled(o + ((<usize>by) << 2), a, m - by, 1);
  addScaled(o, a + cut, by, 1);
}

/** o[(a + b) mod m] += A[a] · B[b]. */
export function convolve(o: usize, a: usize, b: usize, m: i32): void {
  for (let i = 0; i < m; ++i) {
    const w = valueAt(b, i);
    addScaled(o + ((<usize>i) << 2), a, m - i, w);
    addScaled(o, a + ((<usize>(m - i)) << 2), i, w);
  }
}

/** o[(a − b) mod m] += A[a] · B[b]. */
export function correlate(o: usize, a: usize, b: usize, m: i32): void {
  for (let i = 0; i < m; ++i) {
    const w = valueAt(b, i);
    addScaled(o, a + ((<usize>i) << 2), m - i, w);
    addScaled(o + ((<usize>(m - i)) << 2), a, i, w);
  }
}

/** o[0] and o[1 mod m] of LESS-THAN, LESS-OR-EQUAL and EQUALITY. */
function compare(module: i32, o: usize, a: usize, b: usize, m: i32): void {
  if (module == EQUAL) {
    const same = dotOf(a, b, m);
    put(o, 0, sumOf(a, m) * sumOf(b, m) - same);
    gain(o, 1 % m, same);
    return;
  }
  const withEqual = module == LESS_OR_EQUAL;
  let holds: f32 = 0;
  let fails: f32 = 0;
  let above: f32 = 0; // Σ_{b > i} B[b]
  let aboveA: f32 = 0; // Σ_{a > i} A[a]
  for (let i = m - 1; i >= 0; --i) {
    const x = valueAt(a, i);
    const y = valueAt(b, i);
    holds += x * (withEqual ? above + y : above);
    fails += y * (withEqual ? aboveA : aboveA + x);
    above += y;
    aboveA += x;
  }
  put(o, 0, fails);
  gain(o, 1 % m, holds);
}

function minimum(o: usize, a: usize, b: usize, m: i32): void {
  let aboveA: f32 = 0;
  let aboveB: f32 = 0;
  for (let i = m - 1; i >= 0; --i) {
    const x = valueAt(a, i);
    const y = valueAt(b, i);
    put(o, i, x * (aboveB + y) + y * aboveA);
    aboveA += x;
    aboveB += y;
  }
}

function maximum(o: usize, a: usize, b: usize, m: i32): void {
  let belowA: f32 = 0;
  let belowB: f32 = 0;
  for (let i = 0; i < m; ++i) {
    const x = valueAt(a, i);
    const y = valueAt(b, i);
    put(o, i, x * (belowB + y) + y * belowA);
    belowA += x;
    belowB += y;
  }
}

/** WRITE: next[i] = (1 − A[i]) · memory[i] + A[i] · B, and its output B. */
export function applyWrite(next: usize, o: usize, a: usize, b: usize, memory: usize, m: i32): void {
  const row = (<usize>m) << 2;
  copy(o, b, row);
  for (let i = 0; i < m; ++i) {
    const p = next + <usize>i * row;
    const keeps = <f32>1 - valueAt(a, i);
    zero(p, row);
    addScaled(p, memory + <usize>i * row, m, keeps);
    addScaled(p, b, m, valueAt(a, i));
  }
}

// @ts-ignore: decorator
@inline
function zero(p: usize, bytes: usize): void {
  memory.fill(p, 0, bytes);
}

// @ts-ignore: decorator
@inline
function copy(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
