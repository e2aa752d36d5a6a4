/**
 * Key strength times the cosine similarity of a key and every memory slot. NTM (6), and (5) before its softmax.
 *
 *   forward   z[i] = β·K[i],  K[i] = (k · M[i]) / D[i],  with P[i] = |k||M[i]|
 *             guard 0: D[i] = P[i] + ε;  1: D[i] = max(P[i], ε);  2: D[i] = √(P[i]² + ε)
 *   backward  with a[i] = β·dz[i] / D[i] and D′ = dD/dP
 *             dβ += Σ_i dz[i]·K[i]
 *             dM[i] += a[i]·k − (a[i]·K[i]·D′[i]·|k| / |M[i]|)·M[i]
 *             dk += Σ_i a[i]·M[i] − (Σ_i a[i]·K[i]·D′[i]·|M[i]| / |k|)·k
 *             A second term is left out where the norm that divides it is 0. D′ is 1 for guard 0; for 1 it is 1 where
 *             P > ε, else 0; for 2 it is P / D.
 *
 * Shapes  z, cosine: f32 (batch, heads, slots); norms: (batch, slots); memory: (batch, slots, width);
 *         key: (batch, heads, width); strength: (batch, heads). Any alignment.
 *         cosine holds K and norms |M|, for backward.
 * Range   batch [begin, end). Heads do not mix: all in one call give the bits of one by one.
 * Alias   none.
 * Error   ≤ 5 · 2⁻²⁴ β for widths up to 64, against f64. A norm under 10⁻¹⁹ loses digits, its square being subnormal.
 */
import { addPart, loadPart, loadTail, madd4, storePart, sumLanes, sumLanesOf4 } from "../../simd/lanes";
import { dot, dot4, rowAt, splat0, splat1, splat2, splat3 } from "../../simd/rows";

export function contentSimilarityForward(
  z: usize,
  cosine: usize,
  norms: usize,
  memory: usize,
  key: usize,
  strength: usize,
  heads: i32,
  slots: i32,
  width: i32,
  guard: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2; // bytes of a slot
  const line = (<usize>slots) << 2; // bytes of a weighting
  const body = line & ~15;
  const rest = slots & 3;
  const epsilon4 = f32x4.splat(epsilon);
  for (let b = begin; b < end; ++b) {
    const m = memory + <usize>b * line * <usize>width;
    const n = norms + <usize>b * line;
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const k = key + <usize>h * row;
      const c = cosine + <usize>h * line;
      const isFirst = h == b * heads; // its pass over the memory finds the norms too
      if (rest == slots) {
        for (let i: usize = 0; i < line; i += 4) {
          const slot = m + i * <usize>width;
          store<f32>(c + i, dotOf(slot, k, row));
          if (isFirst) store<f32>(n + i, sqrt(dotOf(slot, slot, row)));
        }
      } else if (isFirst) {
        // The last four may be slots that were just done, for the same bits: so there are always four.
        for (let i: usize = 0; i < line; i += 16) {
          const at = min(i, line - 16);
          dotAndNorm4(c + at, n + at, m + at * <usize>width, k, row);
        }
      } else {
        for (let i: usize = 0; i < line; i += 16) {
          const at = min(i, line - 16);
          v128.store(c + at, dot4(m + at * <usize>width, k, row, 4));
        }
      }
      const size = f32x4.splat(sqrt(dotOf(k, k, row)));
      const beta = v128.load32_splat(strength + ((<usize>h) << 2));
      const pz = z + <usize>h * line;
      if (guard) {
        scaleGuarded(pz, c, n, size, beta, guard, epsilon4, line);
        continue;
      }
      for (let i: usize = 0; i < body; i += 16) scale4(pz + i, c + i, n + i, size, beta, epsilon4, 4);
      if (rest) scale4(pz + body, c + body, n + body, size, beta, epsilon4, rest);
    }
  }
}

function dotOf(x: usize, y: usize, row: usize): f32 {
  return dot(x, y, row);
}

/** k · M[i] and |M[i]| of four slots. */
// @ts-ignore: decorator
@inline
function dotAndNorm4(dots: usize, norms: usize, m: usize, k: usize, row: usize): void {
  const m1 = m + row;
  const m2 = m1 + row;
  const m3 = m2 + row;
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  const zero = f32x4.splat(0);
  let d0 = zero;
  let d1 = zero;
  let d2 = zero;
  let d3 = zero;
  let n0 = zero;
  let n1 = zero;
  let n2 = zero;
  let n3 = zero;
  for (let j: usize = 0; j < body; j += 16) {
    const k4 = v128.load(k + j);
    const a0 = v128.load(m + j);
    const a1 = v128.load(m1 + j);
    const a2 = v128.load(m2 + j);
    const a3 = v128.load(m3 + j);
    d0 = madd4(a0, k4, d0);
    d1 = madd4(a1, k4, d1);
    d2 = madd4(a2, k4, d2);
    d3 = madd4(a3, k4, d3);
    n0 = madd4(a0, a0, n0);
    n1 = madd4(a1, a1, n1);
    n2 = madd4(a2, a2, n2);
    n3 = madd4(a3, a3, n3);
  }
  if (tail) {
    const k4 = loadTail(k + body, tail, zero);
    const a0 = loadTail(m + body, tail, zero);
    const a1 = loadTail(m1 + body, tail, zero);
    const a2 = loadTail(m2 + body, tail, zero);
    const a3 = loadTail(m3 + body, tail, zero);
    d0 = madd4(a0, k4, d0);
    d1 = madd4(a1, k4, d1);
    d2 = madd4(a2, k4, d2);
    d3 = madd4(a3, k4, d3);
    n0 = madd4(a0, a0, n0);
    n1 = madd4(a1, a1, n1);
    n2 = madd4(a2, a2, n2);
    n3 = madd4(a3, a3, n3);
  }
  v128.store(dots, sumLanesOf4(d0, d1, d2, d3));
  v128.store(norms, f32x4.sqrt(sumLanesOf4(n0, n1, n2, n3)));
}

/** Products in place to cosines, and from them z. */
// @ts-ignore: decorator
@inline
function scale4(z: usize, cosine: usize, norms: usize, size: v128, beta: v128, epsilon: v128, count: i32): void {
  const one = f32x4.splat(1);
  const k = f32x4.div(loadPart(cosine, count, one), madd4(size, loadPart(norms, count, one), epsilon));
  storePart(cosine, k, count);
  storePart(z, f32x4.mul(beta, k), count);
}

/** The same with the other guards, for all slots; by itself, since beside it the loop of guard 0 loses a tenth. */
function scaleGuarded(
  z: usize,
  cosine: usize,
  norms: usize,
  size: v128,
  beta: v128,
  guard: i32,
  epsilon: v128,
  line: usize,
): void {
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < line; i += 16) {
    const count = <i32>min<usize>((line - i) >> 2, 4);
    const d = guarded(size, loadPart(norms + i, count, one), guard, epsilon);
    const k = f32x4.div(loadPart(cosine + i, count, one), d);
    storePart(cosine + i, k, count);
    storePart(z + i, f32x4.mul(beta, k), count);
  }
}

/** D of four slots, for guards 1 and 2. */
// @ts-ignore: decorator
@inline
function guarded(size: v128, norm: v128, guard: i32, epsilon: v128): v128 {
  const product = f32x4.mul(size, norm);
  return guard == 1 ? f32x4.max(product, epsilon) : f32x4.sqrt(madd4(product, product, epsilon));
}

/** D′ of four slots, for guards 1 and 2. */
// @ts-ignore: decorator
@inline
function slope(size: v128, norm: v128, guard: i32, epsilon: v128, d: v128): v128 {
  const product = f32x4.mul(size, norm);
  return guard == 1 ? v128.and(f32x4.gt(product, epsilon), f32x4.splat(1)) : f32x4.div(product, d);
}

export function contentSimilarityBackward(
  dmemory: usize,
  dkey: usize,
  dstrength: usize,
  dz: usize,
  memory: usize,
  key: usize,
  strength: usize,
  cosine: usize,
  norms: usize,
  heads: i32,
  slots: i32,
  width: i32,
  guard: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(heads > 0 && slots > 0 && width > 0);
  const row = (<usize>width) << 2;
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const rest = slots & 3;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const epsilon4 = f32x4.splat(epsilon);
  for (let b = <usize>begin; b < <usize>end; ++b) {
    const m = b * line * <usize>width;
    for (let h = b * <usize>heads; h < (b + 1) * <usize>heads; ++h) {
      const k = key + h * row;
      const dk = dkey + h * row;
      const size = sqrt(dot(k, k, row));
      const size4 = f32x4.splat(size);
      const beta = v128.load32_splat(strength + (h << 2));
      let dbeta = zero;
      let radial = zero; // Σ_i a[i]·K[i]·D′[i]·|M[i]|
      for (let i: usize = 0; i < line; i += 16) {
        const count = i < body ? 4 : rest;
        const at = m + i * <usize>width;
        const dz4 = loadPart(dz + h * line + i, count, zero);
        const cosine4 = loadPart(cosine + h * line + i, count, zero);
        const norm4 = loadPart(norms + b * line + i, count, one);
        const d = guard ? guarded(size4, norm4, guard, epsilon4) : madd4(size4, norm4, epsilon4);
        const a = f32x4.div(f32x4.mul(beta, dz4), d);
        let ak = f32x4.mul(a, cosine4);
        if (guard) ak = f32x4.mul(ak, slope(size4, norm4, guard, epsilon4, d));
        dbeta = madd4(dz4, cosine4, dbeta);
        radial = madd4(ak, norm4, radial);
        const c = v128.and(f32x4.div(f32x4.mul(ak, size4), norm4), f32x4.ne(norm4, zero));
        if (count == 4) addPlane4(dmemory + at, dk, a, c, memory + at, k, row, 4);
        else addPlane4(dmemory + at, dk, a, c, memory + at, k, row, count);
      }
      store<f32>(dstrength + (h << 2), load<f32>(dstrength + (h << 2)) + sumLanes(dbeta));
      if (size == 0) continue;
      const scale = f32x4.splat(-sumLanes(radial) / size);
      for (let j: usize = 0; j < row; j += 16) {
        const count = <i32>min<usize>((row - j) >> 2, 4);
        addPart(dk + j, f32x4.mul(scale, loadPart(k + j, count, zero)), count);
      }
    }
  }
}

/** dm[i] += a[i]·k − c[i]·m[i] and dk += Σ_i a[i]·m[i] over four slots. */
// @ts-ignore: decorator
@inline
function addPlane4(dm: usize, dk: usize, a: v128, c: v128, m: usize, k: usize, row: usize, count: i32): void {
  const r1 = rowAt(0, row, 1, count);
  const r2 = rowAt(0, row, 2, count);
  const r3 = rowAt(0, row, 3, count);
  const body = row & ~15;
  const tail = (<i32>(row >> 2)) & 3;
  for (let j: usize = 0; j < body; j += 16) plane4(dm + j, dk + j, a, c, m + j, k + j, r1, r2, r3, 4);
  if (tail) plane4(dm + body, dk + body, a, c, m + body, k + body, r1, r2, r3, tail);
}

// @ts-ignore: decorator
@inline
function plane4(
  dm: usize,
  dk: usize,
  a: v128,
  c: v128,
  m: usize,
  k: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  count: i32,
): void {
  const zero = f32x4.splat(0);
  const k4 = loadPart(k, count, zero);
  const m0 = loadPart(m, count, zero);
  const m1 = loadPart(m + r1, count, zero);
  const m2 = loadPart(m + r2, count, zero);
  const m3 = loadPart(m + r3, count, zero);
  const a0 = splat0(a);
  const a1 = splat1(a);
  const a2 = splat2(a);
  const a3 = splat3(a);
  addPart(dm, f32x4.sub(f32x4.mul(a0, k4), f32x4.mul(splat0(c), m0)), count);
  addPart(dm + r1, f32x4.sub(f32x4.mul(a1, k4), f32x4.mul(splat1(c), m1)), count);
  addPart(dm + r2, f32x4.sub(f32x4.mul(a2, k4), f32x4.mul(splat2(c), m2)), count);
  addPart(dm + r3, f32x4.sub(f32x4.mul(a3, k4), f32x4.mul(splat3(c), m3)), count);
  const low = madd4(a0, m0, f32x4.mul(a1, m1));
  const high = madd4(a2, m2, f32x4.mul(a3, m3));
  addPart(dk, f32x4.add(low, high), count);
}
