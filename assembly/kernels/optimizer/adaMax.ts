/**
 * AdaMax that clips by its own scale. Kingma & Ba 2015, arXiv:1412.6980, algorithm 2, without the correction of bias and as
 * Freivalds & Liepins 2017, arXiv:1702.08727, have it: a gradient counts for little more than the largest of late.
 *
 *   t     ← t + 1
 *   beta2 = 1 − max(1 / 2000, ½^(t / 2000) / 100)
 *   c     = 1.2 · v[i] + 1e-4,   g = min(max(g[i], −c), c)
 *   m[i]  ← beta1 · m[i] + (1 − beta1) · g
 *   v[i]  ← max(beta2 · v[i], |g|)
 *   p[i]  ← p[i] − rate · m[i] / (v[i] + 1e-8)
 *
 * Shapes  p, g: f32 (count), rate: f32 (1), state: f32 (2 · count + 1), the rows m, v, then t; all start at 0. t is
 *         exact to 2²⁴, where it stays. Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   each operation on vectors rounds once; beta2 is computed in f64 and rounds once.
 */
import { loadPart, madd4, storePart } from "../../simd/lanes";

/** ½^(1 / 2000). */
const HALVING: f64 = 0.9996534864594527;

export function adaMax(p: usize, state: usize, g: usize, rate: usize, count: i32, beta1: f32): void {
  const step = state + ((<usize>count) << 3);
  store<f32>(step, load<f32>(step) + 1);
  const t = <u32>load<f32>(step);
  const beta2 = f32x4.splat(<f32>(1 - max<f64>(0.0005, 0.01 * power(HALVING, t))));
  const rate4 = v128.load32_splat(rate);
  const old = f32x4.splat(beta1);
  const fresh = f32x4.splat(1 - beta1);
  const zero = f32x4.splat(0);
  const row = (<usize>count) << 2;
  for (let i = 0; i < count; i += 4) {
    const left = min(count - i, 4);
    const at = (<usize>i) << 2;
    const v = loadPart(state + row + at, left, zero);
    const c = madd4(f32x4.splat(1.2), v, f32x4.splat(1e-4));
    const g4 = f32x4.min(f32x4.max(loadPart(g + at, left, zero), f32x4.neg(c)), c);
    const m = madd4(old, loadPart(state + at, left, zero), f32x4.mul(fresh, g4));
    const most = f32x4.max(f32x4.mul(beta2, v), f32x4.abs(g4));
    const change = f32x4.div(f32x4.mul(rate4, m), f32x4.add(most, f32x4.splat(1e-8)));
    storePart(state + at, m, left);
    storePart(state + row + at, most, left);
    storePart(p + at, f32x4.sub(loadPart(p + at, left, zero), change), left);
  }
}

/** By repeated squaring. */
function power(base: f64, exponent: u32): f64 {
  let result: f64 = 1;
  for (; exponent; exponent >>= 1, base *= base) if (exponent & 1) result *= base;
  return result;
}
