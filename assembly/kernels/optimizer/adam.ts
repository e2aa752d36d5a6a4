/**
 * Adam. Kingma & Ba 2015 (arXiv:1412.6980), algorithm 1; weight decay decoupled, as Loshchilov & Hutter 2019 have it.
 *
 *   t    ← t + 1
 *   m[i] ← beta1 · m[i] + (1 − beta1) · g[i]
 *   v[i] ← beta2 · v[i] + (1 − beta2) · g[i]²
 *   p[i] ← p[i] − rate · (m[i] / (1 − beta1ᵗ) / (√(v[i] / (1 − beta2ᵗ)) + epsilon) + weightDecay · p[i])
 *
 * Shapes  p, g: f32 (count), rate: f32 (1), state: f32 (2 · count + 1), the rows m, v, then t; all start at 0. t is
 *         exact to 2²⁴, where it stays. Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   each operation on vectors rounds once; 1 − betaᵗ is computed in f64 and rounds once.
 */
import { loadPart, madd4, storePart } from "../../simd/lanes";

export function adam(
  p: usize,
  state: usize,
  g: usize,
  rate: usize,
  count: i32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weightDecay: f32,
): void {
  const step = state + ((<usize>count) << 3);
  store<f32>(step, load<f32>(step) + 1);
  const t = <u32>load<f32>(step);
  const learningRate = load<f32>(rate);
  const size = f32x4.splat(<f32>(<f64>learningRate / (1 - power(beta1, t))));
  const correction = f32x4.splat(<f32>(1 / sqrt<f64>(1 - power(beta2, t))));
  const keep = f32x4.splat(1 - learningRate * weightDecay);
  const beta1x4 = f32x4.splat(beta1);
  const beta2x4 = f32x4.splat(beta2);
  const epsilon4 = f32x4.splat(epsilon);
  const row = (<usize>count) << 2;
  const tail = count & 3;
  const last = (<usize>(count - tail)) << 2;
  let i: usize = 0;
  for (; i < last; i += 16) update(p + i, state + i, row, g + i, size, correction, keep, beta1x4, beta2x4, epsilon4, 4);
  if (tail) update(p + i, state + i, row, g + i, size, correction, keep, beta1x4, beta2x4, epsilon4, tail);
}

// @ts-ignore: decorator
@inline
function update(
  p: usize,
  state: usize,
  row: usize,
  g: usize,
  size: v128,
  correction: v128,
  keep: v128,
  beta1: v128,
  beta2: v128,
  epsilon: v128,
  lanes: i32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const g4 = loadPart(g, lanes, zero);
  const rest1 = f32x4.mul(f32x4.sub(one, beta1), g4);
  const rest2 = f32x4.mul(f32x4.mul(f32x4.sub(one, beta2), g4), g4);
  const m = madd4(beta1, loadPart(state, lanes, zero), rest1);
  const v = madd4(beta2, loadPart(state + row, lanes, zero), rest2);
  const change = f32x4.div(f32x4.mul(size, m), madd4(f32x4.sqrt(v), correction, epsilon));
  storePart(state, m, lanes);
  storePart(state + row, v, lanes);
  storePart(p, f32x4.sub(f32x4.mul(loadPart(p, lanes, zero), keep), change), lanes);
}

/** By repeated squaring. */
function power(base: f64, exponent: u32): f64 {
  let result: f64 = 1;
  for (; exponent; exponent >>= 1, base *= base) if (exponent & 1) result *= base;
  return result;
}
