/**
 * A weighting raised to a power and normalised again. NTM (9), with guards against 0/0, underflow and rounding below 0.
 *
 *   forward   m = max(0, max_i w[i]),  u[i] = max(w[i], 0) / m,  Z = Σ_j u[j]^γ + 10⁻¹²,  y[i] = u[i]^γ / Z
 *             ε > 0 takes the place of 10⁻¹², and then m = 1: what is small stays small beside it.
 *   backward  with e[i] = dy[i] − Σ_j dy[j]·y[j]
 *             dw[i] += γ·u[i]^(γ−1) / (m·Z)·e[i],  dγ += Σ_i y[i]·ln(u[i])·e[i]
 *             Dividing by m changes no quotient, and its own derivative cancels. At w ≤ 0 the derivative is that of
 *             0 from above: 0 for γ > 1, and 1/(m·Z)·e[i] for γ = 1.
 *
 * Shapes  y, w, logs: f32 (rows, slots); γ, scales: (rows). γ ≥ 1. Any alignment.
 *         logs holds ln u and scales 1 / (m·Z) for backward; where m = 0, y and scales are 0. ε is 0 or ≥ 10⁻³⁰.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be w.
 * Error   relative: ≤ 2 (2 + γ (1 + |ln u|)) · 2⁻²⁴, against f64; powers under 2⁻¹²⁵·⁵ are 0. NaN or ∞ makes its row NaN.
 */
import { expNegative4 } from "../../simd/exp";
import { addPart, loadPart, loadTail, madd4, maxLanes, storePart, storeTail, sumLanes } from "../../simd/lanes";
import { logNormal4 } from "../../simd/log";
import { dot } from "../../simd/rows";

export function sharpenForward(
  y: usize,
  logs: usize,
  scales: usize,
  weights: usize,
  gamma: usize,
  slots: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(slots > 0);
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const tail = slots & 3;
  const zero = f32x4.splat(0);
  const guard: f32 = epsilon > 0 ? epsilon : 1e-12;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const py = y + r * line;
    const pl = logs + r * line;
    const pw = weights + r * line;
    let max4 = zero;
    let all4 = zero;
    for (let j: usize = 0; j < body; j += 16) {
      const w = v128.load(pw + j);
      max4 = f32x4.pmax(max4, w);
      all4 = f32x4.add(all4, w);
    }
    if (tail) {
      const w = loadTail(pw + body, tail, zero);
      max4 = f32x4.pmax(max4, w);
      all4 = f32x4.add(all4, w);
    }
    const m: f32 = epsilon > 0 ? 1 : maxLanes(max4);
    const perMax: f32 = m < smallest ? 0 : <f32>1 / m;
    storeLogs(pl, pw, f32x4.splat(perMax), body, tail);

    const all = sumLanes(all4);
    const sum = storePowers(py, pl, v128.load32_splat(gamma + (r << 2)), body, tail);
    const perSum = <f32>1 / (sum + guard + (all - all)); // all − all is 0, or NaN if there is a NaN in the row
    store<f32>(scales + (r << 2), perMax * perSum);
    const perSum4 = f32x4.splat(perSum);
    for (let j: usize = 0; j < body; j += 16) v128.store(py + j, f32x4.mul(v128.load(py + j), perSum4));
    if (tail) storeTail(py + body, f32x4.mul(loadTail(py + body, tail, zero), perSum4), tail);
  }
}

/** The smallest normal number. In place of a weight under it this vanishes from every power ≥ 1. */
// @ts-ignore: decorator
@inline
const smallest: f32 = 1.1754943508222875e-38;

function storeLogs(logs: usize, w: usize, perMax: v128, body: usize, tail: i32): void {
  let j: usize = 0;
  if (body) {
    do {
      v128.store(logs + j, logOfWeight(v128.load(w + j), perMax));
      j += 16;
    } while (j < body);
  }
  if (tail) storeTail(logs + j, logOfWeight(loadTail(w + j, tail, perMax), perMax), tail);
}

// @ts-ignore: decorator
@inline
function logOfWeight(w: v128, perMax: v128): v128 {
  return logNormal4(f32x4.pmax(f32x4.mul(w, perMax), f32x4.splat(smallest)));
}

/** Returns the sum of the powers. */
function storePowers(y: usize, logs: usize, gamma: v128, body: usize, tail: i32): f32 {
  let sum4 = f32x4.splat(0);
  let j: usize = 0;
  if (body) {
    do {
      const p = expNegative4(f32x4.mul(gamma, v128.load(logs + j)));
      v128.store(y + j, p);
      sum4 = f32x4.add(sum4, p);
      j += 16;
    } while (j < body);
  }
  if (tail) {
    const p = expNegative4(f32x4.mul(gamma, loadTail(logs + j, tail, f32x4.splat(-Infinity))));
    storeTail(y + j, p, tail);
    sum4 = f32x4.add(sum4, p);
  }
  return sumLanes(sum4);
}

export function sharpenBackward(
  dweights: usize,
  dgamma: usize,
  dy: usize,
  y: usize,
  logs: usize,
  scales: usize,
  gamma: usize,
  slots: i32,
  begin: i32,
  end: i32,
): void {
  assert(slots > 0);
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const tail = slots & 3;
  const zero = f32x4.splat(0);
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const pdw = dweights + r * line;
    const pdy = dy + r * line;
    const py = y + r * line;
    const pl = logs + r * line;
    const power = v128.load32_splat(gamma + (r << 2));
    const less = f32x4.sub(power, f32x4.splat(1));
    const scale = f32x4.mul(power, v128.load32_splat(scales + (r << 2)));
    const mean = f32x4.splat(dot(pdy, py, line));
    let dg = zero;
    let j: usize = 0;
    if (body) {
      do {
        dg = unpower4(dg, pdw + j, pdy + j, py + j, pl + j, mean, less, scale, 4);
        j += 16;
      } while (j < body);
    }
    if (tail) dg = unpower4(dg, pdw + body, pdy + body, py + body, pl + body, mean, less, scale, tail);
    store<f32>(dgamma + (r << 2), load<f32>(dgamma + (r << 2)) + sumLanes(dg));
  }
}

/** Adds to dw; returns dγ with these lanes added. */
// @ts-ignore: decorator
@inline
function unpower4(
  dg: v128,
  dw: usize,
  dy: usize,
  y: usize,
  logs: usize,
  mean: v128,
  less: v128,
  scale: v128,
  count: i32,
): v128 {
  const zero = f32x4.splat(0);
  const e = f32x4.sub(loadPart(dy, count, zero), mean);
  const log = loadPart(logs, count, zero);
  const slope = f32x4.mul(scale, expNegative4(f32x4.mul(less, log)));
  addPart(dw, f32x4.mul(slope, e), count);
  return madd4(f32x4.mul(loadPart(y, count, zero), log), e, dg);
}
