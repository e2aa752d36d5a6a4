/**
 * How well a query fits each annotation, by a layer of tanh units. Bahdanau, Cho & Bengio 2015, arXiv:1409.0473, A.1.2.
 *
 *   forward   e[b,j] = v · t[b,j],   t[b,j] = tanh(q[b] + k[b,j])
 *   backward  dv += Σ de[b,j]·t[b,j];   with g[b,j] = de[b,j]·v·(1 − t[b,j]²):  dk[b,j] += g[b,j],  dq[b] += Σ_j g[b,j]
 *
 * Shapes  e, de: f32 (batch, count); q, dq: (batch, width); k, dk: (batch, count, width); v, dv: (width), row-major,
 *         contiguous. Any alignment.
 * Range   batch [begin, end). Forward, every split gives the same bits; backward, all rows add to dv: never split.
 * Alias   none: every argument its own buffer.
 * Error   forward, against f64: ≤ 4 · 2⁻²⁴ Σ|v| for widths up to 128. Backward computes t again, since keeping it takes
 *         more memory than all else of a decoder; where de is 0, as masks make it, nothing is computed or added.
 */
import { addTail, addTo, loadTail, madd4, sumLanes } from "../../simd/lanes";
import { tanh4 } from "../../simd/tanh";

export function additiveScoreForward(
  e: usize,
  q: usize,
  k: usize,
  v: usize,
  count: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(count > 0 && width > 0 && begin <= end);
  const row = (<usize>width) << 2; // bytes
  const body = row & ~15;
  const tail = width & 3;
  const zero = f32x4.splat(0);
  for (let b = begin; b < end; ++b) {
    const pq = q + <usize>b * row;
    for (let i = b * count; i < (b + 1) * count; ++i) {
      const pk = k + <usize>i * row;
      let sum4 = zero;
      for (let a: usize = 0; a < body; a += 16) {
        sum4 = madd4(v128.load(v + a), tanh4(f32x4.add(v128.load(pq + a), v128.load(pk + a))), sum4);
      }
      if (tail) {
        const x = f32x4.add(loadTail(pq + body, tail, zero), loadTail(pk + body, tail, zero));
        sum4 = madd4(loadTail(v + body, tail, zero), tanh4(x), sum4);
      }
      store<f32>(e + ((<usize>i) << 2), sumLanes(sum4));
    }
  }
}

export function additiveScoreBackward(
  dq: usize,
  dk: usize,
  dv: usize,
  de: usize,
  q: usize,
  k: usize,
  v: usize,
  count: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(count > 0 && width > 0 && begin <= end);
  const row = (<usize>width) << 2;
  const body = row & ~15;
  const tail = width & 3;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let b = begin; b < end; ++b) {
    const pq = q + <usize>b * row;
    const pdq = dq + <usize>b * row;
    for (let i = b * count; i < (b + 1) * count; ++i) {
      const share = load<f32>(de + ((<usize>i) << 2));
      if (share == 0) continue;
      const de4 = f32x4.splat(share);
      const pk = k + <usize>i * row;
      const pdk = dk + <usize>i * row;
      for (let a: usize = 0; a < body; a += 16) {
        const t = tanh4(f32x4.add(v128.load(pq + a), v128.load(pk + a)));
        const g = f32x4.mul(f32x4.mul(de4, v128.load(v + a)), f32x4.sub(one, f32x4.mul(t, t)));
        addTo(dv + a, f32x4.mul(de4, t));
        addTo(pdk + a, g);
        addTo(pdq + a, g);
      }
      if (tail) {
        const t = tanh4(f32x4.add(loadTail(pq + body, tail, zero), loadTail(pk + body, tail, zero)));
        const g = f32x4.mul(f32x4.mul(de4, loadTail(v + body, tail, zero)), f32x4.sub(one, f32x4.mul(t, t)));
        addTail(dv + body, f32x4.mul(de4, t), tail);
        addTail(pdk + body, g, tail);
        addTail(pdq + body, g, tail);
      }
    }
  }
}
