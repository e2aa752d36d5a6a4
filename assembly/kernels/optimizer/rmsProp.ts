/**
 * RMSProp as Graves 2013 (arXiv:1308.0850, eqs 38–45) wrote it: centred, with momentum.
 *
 *   n[i] ← decay · n[i] + (1 − decay) · g[i]²
 *   m[i] ← decay · m[i] + (1 − decay) · g[i]
 *   d[i] ← momentum · d[i] − rate · g[i] / √(max(n[i] − m[i]², 0) + epsilon)
 *   p[i] ← p[i] + d[i]
 *
 * Shapes  p, g: f32 (count), rate: f32 (1), state: f32 (3, count), the rows n, m, d, which start at 0. Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   each + − · / √ rounds once. n ≥ m², so the max changes nothing but a rounding that fell below 0; n − m²
 *         cancels when g hardly changes, and is then within n · 2⁻²² of exact beside epsilon.
 */
import { loadPart, madd4, storePart } from "../../simd/lanes";

export function rmsProp(
  p: usize,
  state: usize,
  g: usize,
  rate: usize,
  count: i32,
  decay: f32,
  momentum: f32,
  epsilon: f32,
): void {
  const rate4 = v128.load32_splat(rate);
  const decay4 = f32x4.splat(decay);
  const rest4 = f32x4.splat(1 - decay);
  const momentum4 = f32x4.splat(momentum);
  const epsilon4 = f32x4.splat(epsilon);
  const row = (<usize>count) << 2;
  const tail = count & 3;
  const last = (<usize>(count - tail)) << 2;
  let i: usize = 0;
  for (; i < last; i += 16) update(p + i, state + i, row, g + i, rate4, decay4, rest4, momentum4, epsilon4, 4);
  if (tail) update(p + i, state + i, row, g + i, rate4, decay4, rest4, momentum4, epsilon4, tail);
}

// @ts-ignore: decorator
@inline
function update(
  p: usize,
  state: usize,
  row: usize,
  g: usize,
  rate: v128,
  decay: v128,
  rest: v128,
  momentum: v128,
  epsilon: v128,
  lanes: i32,
): void {
  const zero = f32x4.splat(0);
  const g4 = loadPart(g, lanes, zero);
  const part = f32x4.mul(rest, g4);
  const n = madd4(decay, loadPart(state, lanes, zero), f32x4.mul(part, g4));
  const m = madd4(decay, loadPart(state + row, lanes, zero), part);
  const variance = f32x4.pmax(f32x4.sub(n, f32x4.mul(m, m)), zero); // in this order NaN passes through
  const change = f32x4.div(f32x4.mul(rate, g4), f32x4.sqrt(f32x4.add(variance, epsilon)));
  const d = f32x4.sub(f32x4.mul(momentum, loadPart(state + 2 * row, lanes, zero)), change);
  storePart(state, n, lanes);
  storePart(state + row, m, lanes);
  storePart(state + 2 * row, d, lanes);
  storePart(p, f32x4.add(loadPart(p, lanes, zero), d), lanes);
}
