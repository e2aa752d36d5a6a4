/**
 * A weighting moved along the slots, by a distribution over shifts. NTM (8).
 *
 *   forward   y[i] = Σ_d s(d)·w[i − d],  d from −(size − 1)/2 to (size − 1)/2, in this order
 *   backward  dw[j] += Σ_d s(d)·dy[j + d],  ds(d) += Σ_i dy[i]·w[i − d]
 *             Slots are counted modulo their number; without `wrap` the weighting is 0 outside them.
 *
 * Shapes  y, w: f32 (rows, slots); s: (rows, size), size odd, smaller or larger than slots. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none.
 * Error   relative, of positive weightings: ≤ size · 2⁻²⁴, against f64. A one-hot s moves w exactly.
 * Note    Three shifts over whole vectors of slots take one pass; y and dw have the same bits in the general way.
 */
import { addTail, addTo, loadTail, madd4, sumLanes } from "../../simd/lanes";
import { dot } from "../../simd/rows";
import { fill } from "../elementwise/fill";

export function circularConvolutionForward(
  y: usize,
  weights: usize,
  shifts: usize,
  slots: i32,
  size: i32,
  wrap: i32,
  begin: i32,
  end: i32,
): void {
  assert(slots > 0 && size > 0 && (size & 1) == 1);
  const line = (<usize>slots) << 2;
  const three = size == 3 && (slots & 3) == 0;
  if (!three) fill(y, begin * slots, end * slots, 0);
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const py = y + r * line;
    const pw = weights + r * line;
    const ps = shifts + ((r * size) << 2);
    if (three) {
      shiftBy3(py, pw, ps, line, wrap);
      continue;
    }
    for (let k = 0; k < size; ++k) {
      const d = k - (size >> 1);
      if (!wrap && abs(d) >= slots) continue;
      const s = v128.load32_splat(ps + ((<usize>k) << 2));
      const moved = (<usize>(((d % slots) + slots) % slots)) << 2; // bytes; what falls off the end comes in at the start
      if (wrap || d >= 0) addScaled(py + moved, pw, s, line - moved);
      if (wrap || d < 0) addScaled(py, pw + line - moved, s, moved);
    }
  }
}

export function circularConvolutionBackward(
  dweights: usize,
  dshifts: usize,
  dy: usize,
  weights: usize,
  shifts: usize,
  slots: i32,
  size: i32,
  wrap: i32,
  begin: i32,
  end: i32,
): void {
  assert(slots > 0 && size > 0 && (size & 1) == 1);
  const line = (<usize>slots) << 2;
  const three = size == 3 && (slots & 3) == 0;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const pdw = dweights + r * line;
    const pdy = dy + r * line;
    const pw = weights + r * line;
    const ps = shifts + ((r * size) << 2);
    const pds = dshifts + ((r * size) << 2);
    if (three) {
      shiftBy3Backward(pdw, pds, pdy, pw, ps, line, wrap);
      continue;
    }
    for (let k = 0; k < size; ++k) {
      const d = k - (size >> 1);
      if (!wrap && abs(d) >= slots) continue;
      const s = v128.load32_splat(ps + ((<usize>k) << 2));
      const moved = (<usize>(((d % slots) + slots) % slots)) << 2;
      const from = line - moved;
      let ds: f32 = 0;
      if (wrap || d >= 0) {
        addScaled(pdw, pdy + moved, s, from);
        ds += dot(pdy + moved, pw, from);
      }
      if (wrap || d < 0) {
        addScaled(pdw + from, pdy, s, moved);
        ds += dot(pdy, pw + from, moved);
      }
      store<f32>(pds + ((<usize>k) << 2), load<f32>(pds + ((<usize>k) << 2)) + ds);
    }
  }
}

/** y += s·x over so many bytes. */
function addScaled(y: usize, x: usize, s: v128, bytes: usize): void {
  const body = bytes & ~15;
  const tail = (<i32>(bytes >> 2)) & 3;
  for (let j: usize = 0; j < body; j += 16) addTo(y + j, f32x4.mul(s, v128.load(x + j)));
  if (tail) addTail(y + body, f32x4.mul(s, loadTail(x + body, tail, s)), tail);
}

/** The four before each of `current`'s, `previous` being the vector in front of it. */
// @ts-ignore: decorator
@inline
function before(previous: v128, current: v128): v128 {
  return v128.shuffle<f32>(previous, current, 3, 4, 5, 6);
}

// @ts-ignore: decorator
@inline
function after(current: v128, next: v128): v128 {
  return v128.shuffle<f32>(current, next, 1, 2, 3, 4);
}

function shiftBy3(y: usize, w: usize, s: usize, line: usize, wrap: i32): void {
  const s0 = v128.load32_splat(s);
  const s1 = v128.load32_splat(s, 4);
  const s2 = v128.load32_splat(s, 8);
  const zero = f32x4.splat(0);
  const last = line - 16;
  let previous = wrap ? v128.load(w + last) : zero;
  let current = v128.load(w);
  const beyond = wrap ? current : zero;
  for (let j: usize = 0; j <= last; j += 16) {
    const next = j < last ? v128.load(w + j, 16) : beyond;
    const sum = madd4(s1, current, f32x4.mul(s0, after(current, next)));
    v128.store(y + j, madd4(s2, before(previous, current), sum));
    previous = current;
    current = next;
  }
}

function shiftBy3Backward(dw: usize, ds: usize, dy: usize, w: usize, s: usize, line: usize, wrap: i32): void {
  const s0 = v128.load32_splat(s);
  const s1 = v128.load32_splat(s, 4);
  const s2 = v128.load32_splat(s, 8);
  const zero = f32x4.splat(0);
  const last = line - 16;
  let previous = wrap ? v128.load(w + last) : zero;
  let current = v128.load(w);
  const beyond = wrap ? current : zero;
  let dyPrevious = wrap ? v128.load(dy + last) : zero;
  let dyCurrent = v128.load(dy);
  const dyBeyond = wrap ? dyCurrent : zero;
  let ds0 = zero;
  let ds1 = zero;
  let ds2 = zero;
  for (let j: usize = 0; j <= last; j += 16) {
    const next = j < last ? v128.load(w + j, 16) : beyond;
    const dyNext = j < last ? v128.load(dy + j, 16) : dyBeyond;
    const sum0 = madd4(s0, before(dyPrevious, dyCurrent), v128.load(dw + j));
    const sum1 = madd4(s1, dyCurrent, sum0);
    v128.store(dw + j, madd4(s2, after(dyCurrent, dyNext), sum1));
    ds0 = madd4(dyCurrent, after(current, next), ds0);
    ds1 = madd4(dyCurrent, current, ds1);
    ds2 = madd4(dyCurrent, before(previous, current), ds2);
    previous = current;
    current = next;
    dyPrevious = dyCurrent;
    dyCurrent = dyNext;
  }
  store<f32>(ds, load<f32>(ds) + sumLanes(ds0));
  store<f32>(ds, load<f32>(ds, 4) + sumLanes(ds1), 4);
  store<f32>(ds, load<f32>(ds, 8) + sumLanes(ds2), 8);
}
