/**
 * Backward of the modules of a circuit: dA[a] += Σ_b B[b] · g[f(a,b)], dB[b] += Σ_a A[a] · g[f(a,b)], in less.
 *
 * da, db, g, a, b: m numbers; g is the gradient of the module's output.
 */
import { takeAll } from "./mix";
import { ADD, convolve, correlate, DEC, EQUAL, INC, LESS_OR_EQUAL, MAX, MIN, READ, rotate, SUB } from "./modules";
import { addScaled, valueAt, dotOf, gain, sumOf } from "./vectors";

/** Any module but WRITE. dmemory, memory: (m, m), for READ. */
export function undoModule(
  module: i32,
  da: usize,
  db: usize,
  dmemory: usize,
  g: usize,
  a: usize,
  b: usize,
  memory: usize,
  m: i32,
): void {
  if (module == READ) takeAll(da, dmemory, g, a, memory, (<usize>m) << 2, m);
  else if (module == INC) rotate(da, g, m, m - 1);
  else if (module == DEC) rotate(da, g, m, 1);
  else if (module == ADD) {
    correlate(da, g, b, m);
    correlate(db, g, a, m);
  } else if (module == SUB) {
    convolve(da, g, b, m);
    unsubtract(db, g, a, m);
  } else if (module == MIN) unminimum(da, db, g, a, b, m);
  else if (module == MAX) unmaximum(da, db, g, a, b, m);
  else if (module > DEC) uncompare(module, da, db, g, a, b, m);
}

/** db[b] += Σ_c A[(c + b) mod m] · g[c]. */
function unsubtract(db: usize, g: usize, a: usize, m: i32): void {
  for (let i = 0; i < m; ++i) {
    const left = m - i;
    const wrapped = dotOf(a, g + ((<usize>left) << 2), i);
    gain(db, i, dotOf(a + ((<usize>i) << 2), g, left) + wrapped);
  }
}

function uncompare(module: i32, da: usize, db: usize, g: usize, a: usize, b: usize, m: i32): void {
  const no = valueAt(g, 0);
  const yes = valueAt(g, 1 % m);
  if (module == EQUAL) {
    addAlike(da, m, no * sumOf(b, m));
    addAlike(db, m, no * sumOf(a, m));
    addScaled(da, b, m, yes - no);
    addScaled(db, a, m, yes - no);
    return;
  }
  const withEqual = module == LESS_OR_EQUAL;
  const sumA = sumOf(a, m);
  const sumB = sumOf(b, m);
  let aboveB: f32 = 0;
  let belowA: f32 = 0;
  for (let i = m - 1; i >= 0; --i) {
    const holds = withEqual ? aboveB + valueAt(b, i) : aboveB;
    gain(da, i, yes * holds + no * (sumB - holds));
    aboveB += valueAt(b, i);
  }
  for (let i = 0; i < m; ++i) {
    const holds = withEqual ? belowA + valueAt(a, i) : belowA;
    gain(db, i, yes * holds + no * (sumA - holds));
    belowA += valueAt(a, i);
  }
}

/** x[i] += value. */
function addAlike(x: usize, m: i32, value: f32): void {
  for (let i = 0; i < m; ++i) gain(x, i, value);
}

function unminimum(da: usize, db: usize, g: usize, a: usize, b: usize, m: i32): void {
  let aboveA: f32 = 0; // with i
  let aboveB: f32 = 0;
  for (let i = m - 1; i >= 0; --i) {
    aboveA += valueAt(a, i);
    aboveB += valueAt(b, i);
    gain(da, i, valueAt(g, i) * aboveB);
    gain(db, i, valueAt(g, i) * aboveA);
  }
  let belowA: f32 = 0;
  let belowB: f32 = 0;
  for (let i = 0; i < m; ++i) {
    gain(da, i, belowB);
    gain(db, i, belowA);
    belowA += valueAt(a, i) * valueAt(g, i);
    belowB += valueAt(b, i) * valueAt(g, i);
  }
}

function unmaximum(da: usize, db: usize, g: usize, a: usize, b: usize, m: i32): void {
  let belowA: f32 = 0; // with i
  let belowB: f32 = 0;
  for (let i = 0; i < m; ++i) {
    belowA += valueAt(a, i);
    belowB += valueAt(b, i);
    gain(da, i, valueAt(g, i) * belowB);
    gain(db, i, valueAt(g, i) * belowA);
  }
  let aboveA: f32 = 0;
  let aboveB: f32 = 0;
  for (let i = m - 1; i >= 0; --i) {
    gain(da, i, aboveB);
    gain(db, i, aboveA);
    aboveA += valueAt(a, i) * valueAt(g, i);
    aboveB += valueAt(b, i) * valueAt(g, i);
  }
}

/** WRITE, with dnext (m, m) the gradient of the memory behind it. */
export function undoWrite(
  da: usize,
  db: usize,
  dmemory: usize,
  dnext: usize,
  g: usize,
  a: usize,
  b: usize,
  memory: usize,
  m: i32,
): void {
  const row = (<usize>m) << 2;
  addScaled(db, g, m, 1);
  for (let i = 0; i < m; ++i) {
    const from = dnext + <usize>i * row;
    gain(da, i, dotOf(from, b, m) - dotOf(from, memory + <usize>i * row, m));
    addScaled(db, from, m, valueAt(a, i));
    addScaled(dmemory + <usize>i * row, from, m, <f32>1 - valueAt(a, i));
  }
}
