/**
 * What the write heads make of a memory: all erases, then all adds. NTM (3), (4).
 *
 *   forward   next[i,j] = M[i,j]·Π_h (1 − w[h,i]·e[h,j]) + Σ_h w[h,i]·a[h,j]
 *   backward  with Q[h] = Π_{g≠h} (1 − w[g,i]·e[g,j]), multiplied out, so that no factor of 0 divides
 *             dM[i,j] += dnext[i,j]·Π_h (1 − w[h,i]·e[h,j])
 *             dw[h,i] += Σ_j dnext[i,j]·(a[h,j] − M[i,j]·Q[h]·e[h,j])
 *             de[h,j] −= Σ_i dnext[i,j]·w[h,i]·M[i,j]·Q[h],  da[h,j] += Σ_i dnext[i,j]·w[h,i]
 *
 * Shapes  next, M: f32 (batch, slots, width); w: (batch, heads, slots); e, a: (batch, heads, width). Any alignment.
 * Range   batch [begin, end).
 * Alias   next may be M.
 * Error   ≤ 2.5 · 2⁻²⁴ (|M| + Σ_h w[h]·|a[h]|) for one and two heads, against f64. w = e = 1 replaces a slot exactly.
 * Note    One head over whole vectors takes four slots at a time; the bits are those of the general way.
 */
import { addPart, addTo, loadPart, madd4, storePart, sumLanes, sumLanesOf4 } from "../../simd/lanes";

export function eraseAddForward(
  next: usize,
  memory: usize,
  weights: usize,
  erase: usize,
  add: usize,
  heads: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2; // bytes of a slot
  const fours = heads == 1 && (width & 3) == 0 ? slots & ~3 : 0;
  for (let b = begin; b < end; ++b) {
    const first = <usize>(b * slots);
    const pw = weights + ((first * <usize>heads) << 2);
    const pe = erase + <usize>(b * heads) * row;
    const pa = add + <usize>(b * heads) * row;
    let i = 0;
    for (; i < fours; i += 4) {
      const m = (first + <usize>i) * row;
      write4(next + m, memory + m, pw + ((<usize>i) << 2), pe, pa, row);
    }
    for (; i < slots; ++i) {
      const m = (first + <usize>i) * row;
      write(next + m, memory + m, pw + ((<usize>i) << 2), pe, pa, heads, slots, row);
    }
  }
}

/** One slot, any number of heads. */
function write(next: usize, m: usize, w: usize, e: usize, a: usize, heads: i32, slots: i32, row: usize): void {
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < row; j += 16) {
    const count = <i32>min<usize>((row - j) >> 2, 4);
    let kept = f32x4.splat(1);
    let added = zero;
    for (let h: usize = 0; h < <usize>heads; ++h) {
      const wh = v128.load32_splat(w + ((h * <usize>slots) << 2));
      kept = f32x4.mul(kept, keep(wh, loadPart(e + h * row + j, count, zero)));
      added = madd4(wh, loadPart(a + h * row + j, count, zero), added);
    }
    storePart(next + j, madd4(loadPart(m + j, count, zero), kept, added), count);
  }
}

/** 1 − w·e. */
// @ts-ignore: decorator
@inline
function keep(w: v128, e: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(w, e));
}

// @ts-ignore: decorator
@inline
function write4(next: usize, m: usize, w: usize, e: usize, a: usize, row: usize): void {
  const w0 = v128.load32_splat(w);
  const w1 = v128.load32_splat(w, 4);
  const w2 = v128.load32_splat(w, 8);
  const w3 = v128.load32_splat(w, 12);
  for (let j: usize = 0; j < row; j += 16) {
    const e4 = v128.load(e + j);
    const a4 = v128.load(a + j);
    v128.store(next + j, madd4(v128.load(m + j), keep(w0, e4), f32x4.mul(w0, a4)));
    v128.store(next + row + j, madd4(v128.load(m + row + j), keep(w1, e4), f32x4.mul(w1, a4)));
    v128.store(next + 2 * row + j, madd4(v128.load(m + 2 * row + j), keep(w2, e4), f32x4.mul(w2, a4)));
    v128.store(next + 3 * row + j, madd4(v128.load(m + 3 * row + j), keep(w3, e4), f32x4.mul(w3, a4)));
  }
}

export function eraseAddBackward(
  dmemory: usize,
  dweights: usize,
  derase: usize,
  dadd: usize,
  dnext: usize,
  memory: usize,
  weights: usize,
  erase: usize,
  add: usize,
  heads: i32,
  slots: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2;
  const fours = heads == 1 && (width & 3) == 0 ? slots & ~3 : 0;
  for (let b = begin; b < end; ++b) {
    const first = <usize>(b * slots);
    const head = <usize>(b * heads) * row;
    const line = (first * <usize>heads) << 2;
    let i = 0;
    for (; i < fours; i += 4) {
      const m = (first + <usize>i) * row;
      const w = line + ((<usize>i) << 2);
      unwrite4(
        dmemory + m,
        dweights + w,
        derase + head,
        dadd + head,
        dnext + m,
        memory + m,
        weights + w,
        erase + head,
        add + head,
        row,
      );
    }
    for (; i < slots; ++i) {
      const m = (first + <usize>i) * row;
      const w = line + ((<usize>i) << 2);
      unwrite(
        dmemory + m,
        dweights + w,
        derase + head,
        dadd + head,
        dnext + m,
        memory + m,
        weights + w,
        erase + head,
        add + head,
        heads,
        slots,
        row,
      );
    }
  }
}

function unwrite(
  dm: usize,
  dw: usize,
  de: usize,
  da: usize,
  dnext: usize,
  m: usize,
  w: usize,
  e: usize,
  a: usize,
  heads: i32,
  slots: i32,
  row: usize,
): void {
  const zero = f32x4.splat(0);
  const line = (<usize>slots) << 2;
  for (let h: usize = 0; h < <usize>heads; ++h) {
    const wh = v128.load32_splat(w + h * line);
    let dw4 = zero;
    for (let j: usize = 0; j < row; j += 16) {
      const count = <i32>min<usize>((row - j) >> 2, 4);
      const at = h * row + j;
      let others = f32x4.splat(1);
      for (let g: usize = 0; g < <usize>heads; ++g) {
        if (g == h) continue;
        others = f32x4.mul(others, keep(v128.load32_splat(w + g * line), loadPart(e + g * row + j, count, zero)));
      }
      const d = loadPart(dnext + j, count, zero);
      const m4 = f32x4.mul(loadPart(m + j, count, zero), others);
      const e4 = loadPart(e + at, count, zero);
      const dwh = f32x4.mul(d, wh);
      dw4 = madd4(d, f32x4.sub(loadPart(a + at, count, zero), f32x4.mul(m4, e4)), dw4);
      addPart(de + at, f32x4.neg(f32x4.mul(dwh, m4)), count);
      addPart(da + at, dwh, count);
      if (h) continue;
      const rest = f32x4.mul(d, others);
      addPart(dm + j, f32x4.sub(rest, f32x4.mul(f32x4.mul(rest, wh), e4)), count);
    }
    store<f32>(dw + h * line, load<f32>(dw + h * line) + sumLanes(dw4));
  }
}

// @ts-ignore: decorator
@inline
function unwrite4(
  dm: usize,
  dw: usize,
  de: usize,
  da: usize,
  dnext: usize,
  m: usize,
  w: usize,
  e: usize,
  a: usize,
  row: usize,
): void {
  const zero = f32x4.splat(0);
  let dw0 = zero;
  let dw1 = zero;
  let dw2 = zero;
  let dw3 = zero;
  for (let j: usize = 0; j < row; j += 16) {
    const e4 = v128.load(e + j);
    const a4 = v128.load(a + j);
    dw0 = madd4(v128.load(dnext + j), f32x4.sub(a4, f32x4.mul(v128.load(m + j), e4)), dw0);
    dw1 = madd4(v128.load(dnext + row + j), f32x4.sub(a4, f32x4.mul(v128.load(m + row + j), e4)), dw1);
    dw2 = madd4(v128.load(dnext + 2 * row + j), f32x4.sub(a4, f32x4.mul(v128.load(m + 2 * row + j), e4)), dw2);
    dw3 = madd4(v128.load(dnext + 3 * row + j), f32x4.sub(a4, f32x4.mul(v128.load(m + 3 * row + j), e4)), dw3);
  }
  v128.store(dw, f32x4.add(v128.load(dw), sumLanesOf4(dw0, dw1, dw2, dw3)));
  const w0 = v128.load32_splat(w);
  const w1 = v128.load32_splat(w, 4);
  const w2 = v128.load32_splat(w, 8);
  const w3 = v128.load32_splat(w, 12);
  for (let j: usize = 0; j < row; j += 16) {
    const e4 = v128.load(e + j);
    let da4 = v128.load(da + j);
    let de4 = v128.load(de + j);
    const d0 = v128.load(dnext + j);
    const t0 = f32x4.mul(d0, w0);
    da4 = f32x4.add(da4, t0);
    de4 = f32x4.sub(de4, f32x4.mul(t0, v128.load(m + j)));
    addTo(dm + j, f32x4.sub(d0, f32x4.mul(t0, e4)));
    const d1 = v128.load(dnext + row + j);
    const t1 = f32x4.mul(d1, w1);
    da4 = f32x4.add(da4, t1);
    de4 = f32x4.sub(de4, f32x4.mul(t1, v128.load(m + row + j)));
    addTo(dm + row + j, f32x4.sub(d1, f32x4.mul(t1, e4)));
    const d2 = v128.load(dnext + 2 * row + j);
    const t2 = f32x4.mul(d2, w2);
    da4 = f32x4.add(da4, t2);
    de4 = f32x4.sub(de4, f32x4.mul(t2, v128.load(m + 2 * row + j)));
    addTo(dm + 2 * row + j, f32x4.sub(d2, f32x4.mul(t2, e4)));
    const d3 = v128.load(dnext + 3 * row + j);
    const t3 = f32x4.mul(d3, w3);
    da4 = f32x4.add(da4, t3);
    de4 = f32x4.sub(de4, f32x4.mul(t3, v128.load(m + 3 * row + j)));
    addTo(dm + 3 * row + j, f32x4.sub(d3, f32x4.mul(t3, e4)));
    v128.store(da + j, da4);
    v128.store(de + j, de4);
  }
}
