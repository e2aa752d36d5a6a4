/**
 * Cross-entropy of softmax with one true class a row, summed over the rows that a mask keeps.
 *
 *   forward   logSum[r] = log Σ_c exp(x[r,c])
 *             loss[0]   = Σ_r mask[r] · (logSum[r] − x[r,t[r]])
 *   backward  dx[r,c]  += dloss[0] · mask[r] · (exp(x[r,c] − logSum[r]) − [c = t[r]])
 *
 * Shapes  x, dx: f32 (rows, classes), row-major, contiguous, classes ≥ 1; logSum, mask: f32 (rows); loss, dloss:
 *         f32 (1). Any alignment. t: f32 (rows), whole numbers in [0, classes), a fraction is dropped.
 * Range   rows [begin, end): the loss of those. Row by row in order, each as (m − x[t]) + log Σ exp(x − m).
 * Alias   dx must be its own buffer.
 * Error   against f64: ≤ (4 + rows) · 2⁻²⁴ of Σ mask · (loss of the row + 0.001); of backward's exp, relative,
 *         ≤ (8 + classes / 128 + |x − logSum| + |logSum|) · 2⁻²⁴.
 *         A row whose mask is 0 is skipped, whatever it holds, and its logSum not written. NaN elsewhere makes the
 *         loss NaN, and so does a t that is no class.
 */
import { expNegative4 } from "../../simd/exp";
import { addTail, addTo, loadTail, maxLanes, sumLanes } from "../../simd/lanes";
import { log4 } from "../../simd/log";

/** Whether there is such a class; not for NaN. */
// @ts-ignore: decorator
@inline
function isClass(target: f32, classes: i32): bool {
  return target >= 0 && target < <f32>classes;
}

/** Bytes from a row's first element to that of the class. */
// @ts-ignore: decorator
@inline
function offsetOf(target: f32): usize {
  return (<usize>(<u32>target)) << 2;
}

export function categoricalCrossEntropyForward(
  loss: usize,
  logSum: usize,
  x: usize,
  t: usize,
  mask: usize,
  classes: i32,
  begin: i32,
  end: i32,
): void {
  assert(classes > 0 && begin <= end);
  const stride = (<usize>classes) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = classes & 3; // lanes left over
  const lowest = f32x4.splat(-Infinity);
  let total: f32 = 0;

  for (let r = begin; r < end; ++r) {
    const at = (<usize>r) << 2;
    const px = x + <usize>r * stride;
    const weight = load<f32>(mask + at);
    if (weight == 0) continue;

    let max4 = lowest; // pmax drops a NaN; it comes back through x − m
    for (let i: usize = 0; i < body; i += 16) max4 = f32x4.pmax(max4, v128.load(px + i));
    if (tail) max4 = f32x4.pmax(max4, loadTail(px + body, tail, lowest));
    const max = maxLanes(max4);
    const m = f32x4.splat(max);

    let sum4 = f32x4.splat(0);
    let i: usize = 0;
    if (body) {
      // Tested at the bottom, the constants of exp stay outside the loop.
      do {
        sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(v128.load(px + i), m)));
        i += 16;
      } while (i < body);
    }
    if (tail) sum4 = f32x4.add(sum4, expNegative4(f32x4.sub(loadTail(px + body, tail, lowest), m)));
    const log = f32x4.extract_lane(log4(f32x4.splat(sumLanes(sum4))), 0);

    store<f32>(logSum + at, max + log);
    const target = load<f32>(t + at);
    total += weight * (isClass(target, classes) ? max - load<f32>(px + offsetOf(target)) + log : NaN);
  }
  store<f32>(loss, total);
}

/** Needs the saved logSum and what forward reads. */
export function categoricalCrossEntropyBackward(
  dx: usize,
  dloss: usize,
  x: usize,
  t: usize,
  mask: usize,
  logSum: usize,
  classes: i32,
  begin: i32,
  end: i32,
): void {
  assert(classes > 0 && begin <= end);
  const stride = (<usize>classes) << 2;
  const body = stride & ~15;
  const tail = classes & 3;

  for (let r = begin; r < end; ++r) {
    const at = (<usize>r) << 2;
    const px = x + <usize>r * stride;
    const pdx = dx + <usize>r * stride;
    const weight = load<f32>(mask + at);
    if (weight == 0) continue;
    const g = load<f32>(dloss) * weight;
    const g4 = f32x4.splat(g);
    const logSum4 = v128.load32_splat(logSum + at);

    let i: usize = 0;
    if (body) {
      do {
        addTo(pdx + i, f32x4.mul(g4, expNegative4(f32x4.sub(v128.load(px + i), logSum4))));
        i += 16;
      } while (i < body);
    }
    if (tail) {
      addTail(pdx + body, f32x4.mul(g4, expNegative4(f32x4.sub(loadTail(px + body, tail, logSum4), logSum4))), tail);
    }
    const target = load<f32>(t + at);
    if (isClass(target, classes)) {
      const pt = pdx + offsetOf(target);
      store<f32>(pt, load<f32>(pt) - g);
    }
  }
}
