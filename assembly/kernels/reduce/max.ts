/**
 * Maximum over a middle axis.
 *
 *   forward   y[o,i]      = max_r x[o,r,i]
 *   backward  dx[o,k,i]  += dy[o,i],   k the first r with x[o,r,i] = y[o,i]
 *
 * Shapes  x, dx: f32 (outer, repeat, inner), repeat ≥ 1; y, dy: f32 (outer, inner); row-major, contiguous.
 *         Any alignment.
 * Range   outer [begin, end). Blocks are independent: every split gives the same bits.
 * Alias   y and dx must be their own buffers.
 * Error   none. NaN makes its y NaN, which passes no gradient.
 */
import { addTail, addTo, loadTail, maxLanes, storeTail } from "../../simd/lanes";

export function maxForward(y: usize, x: usize, repeat: i32, inner: i32, begin: i32, end: i32): void {
  assert(repeat > 0 && inner > 0 && begin <= end);
  const stride = (<usize>inner) << 2; // bytes in a row
  const body = stride & ~15;
  const tail = inner & 3;
  const block = <usize>repeat * stride;
  const lowest = f32x4.splat(-Infinity);

  for (let o = begin; o < end; ++o) {
    const px = x + <usize>o * block;
    const py = y + <usize>o * stride;
    if (inner == 1) {
      store<f32>(py, maxRow(px, repeat));
      continue;
    }
    const last = px + block;
    for (let i: usize = 0; i < body; i += 16) {
      let m = lowest;
      for (let p = px + i; p < last; p += stride) m = f32x4.max(m, v128.load(p));
      v128.store(py + i, m);
    }
    if (tail) {
      let m = lowest;
      for (let p = px + body; p < last; p += stride) m = f32x4.max(m, loadTail(p, tail, lowest));
      storeTail(py + body, m, tail);
    }
  }
}

/** Finds the position again from the input x and the output y. */
export function maxBackward(
  dx: usize,
  dy: usize,
  x: usize,
  y: usize,
  repeat: i32,
  inner: i32,
  begin: i32,
  end: i32,
): void {
  assert(repeat > 0 && inner > 0 && begin <= end);
  const stride = (<usize>inner) << 2;
  const body = stride & ~15;
  const tail = inner & 3;
  const block = <usize>repeat * stride;
  const never = f32x4.splat(NaN); // equals nothing

  for (let o = begin; o < end; ++o) {
    const px = x + <usize>o * block;
    const pdx = dx + <usize>o * block;
    const py = y + <usize>o * stride;
    const pdy = dy + <usize>o * stride;
    if (inner == 1) {
      const at = indexInRow(px, repeat, load<f32>(py)) << 2;
      if (at < block) store<f32>(pdx + at, load<f32>(pdx + at) + load<f32>(pdy));
      continue;
    }
    for (let i: usize = 0; i < body; i += 16) {
      const m = v128.load(py + i);
      const g = v128.load(pdy + i);
      let open = i32x4.splat(-1); // lanes whose maximum is not found yet
      for (let p = i; p < block && v128.any_true(open); p += stride) {
        const hit = v128.and(f32x4.eq(v128.load(px + p), m), open);
        if (v128.any_true(hit)) addTo(pdx + p, v128.and(g, hit));
        open = v128.andnot(open, hit);
      }
    }
    if (tail) {
      const m = loadTail(py + body, tail, never);
      const g = loadTail(pdy + body, tail, never);
      let open = i32x4.splat(-1);
      for (let p = body; p < block; p += stride) {
        const hit = v128.and(f32x4.eq(loadTail(px + p, tail, never), m), open);
        if (v128.any_true(hit)) addTail(pdx + p, v128.and(g, hit), tail);
        open = v128.andnot(open, hit);
      }
    }
  }
}

function maxRow(p: usize, count: i32): f32 {
  const body = ((<usize>count) << 2) & ~15;
  const tail = count & 3;
  const lowest = f32x4.splat(-Infinity);
  let m = lowest;
  for (let i: usize = 0; i < body; i += 16) m = f32x4.max(m, v128.load(p + i));
  if (tail) m = f32x4.max(m, loadTail(p + body, tail, lowest));
  return maxLanes(m);
}

/** The first element equal to m, or count if there is none. */
function indexInRow(p: usize, count: i32, m: f32): usize {
  const body = ((<usize>count) << 2) & ~15;
  const tail = count & 3;
  const m4 = f32x4.splat(m);
  for (let i: usize = 0; i < body; i += 16) {
    const hits = i32x4.bitmask(f32x4.eq(v128.load(p + i), m4));
    if (hits) return (i >> 2) + <usize>ctz(hits);
  }
  if (tail) {
    const hits = i32x4.bitmask(f32x4.eq(loadTail(p + body, tail, f32x4.splat(NaN)), m4));
    if (hits) return (body >> 2) + <usize>ctz(hits);
  }
  return <usize>count;
}
