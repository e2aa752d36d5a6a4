/**
 * Philox4x32-10, a counter-based random generator. Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy
 * as 1, 2, 3". `bindings/common/random/philox.ts` computes the same bits.
 *
 *   round  (c0, c1, c2, c3) ← (high(M₁ c2) ⊕ c1 ⊕ k0, low(M₁ c2), high(M₀ c0) ⊕ c3 ⊕ k1, low(M₀ c0))
 *          (k0, k1) ← (k0 + W₀, k1 + W₁)
 *
 * A stream is four words in memory: key 0 (the seed), key 1 (the number of the stream), and the position, its low word
 * first: how many words were taken before. Word n of a stream is lane n mod 4 of the block of counter n div 4. Kernels
 * read a stream and leave it as it is; `advance` makes the stream that follows.
 */

/** The stream's key as (k0, 0, k1, 0), which philox4 takes. */
// @ts-ignore: decorator
@inline
export function keyOf(stream: usize): v128 {
  return i64x2.extend_low_i32x4_u(v128.load64_zero(stream));
}

/** Words taken before. */
// @ts-ignore: decorator
@inline
export function positionOf(stream: usize): u64 {
  return load<u64>(stream, 8);
}

/** The four words of one counter, first word in lane 0. */
// @ts-ignore: decorator
@inline
export function philox4(counter: u64, key: v128): v128 {
  const multipliers = i32x4(0xd2511f53, 0xcd9e8d57, 0, 0);
  const weyl = i32x4(0x9e3779b9, 0, 0xbb67ae85, 0);
  let c = i64x2(counter, 0);
  for (let round = 0; round < 10; ++round) {
    const products = i64x2.extmul_low_i32x4_u(v128.shuffle<i32>(c, c, 0, 2, 0, 2), multipliers); // low0 high0 low1 …
    const odd = v128.xor(i64x2.shr_u(c, 32), key); // c1 ⊕ k0, 0, c3 ⊕ k1, 0
    c = v128.xor(v128.shuffle<i32>(products, products, 3, 2, 1, 0), odd);
    key = i32x4.add(key, weyl);
  }
  return c;
}

/** Word i of a stream, counted from its position. */
export function wordAt(stream: usize, i: u64): u32 {
  const n = positionOf(stream) + i;
  const lane = i32x4.splat(0x03020100 + ((<i32>n) & 3) * 0x04040404);
  return i32x4.extract_lane(i8x16.swizzle(philox4(n >> 2, keyOf(stream)), lane), 0);
}

/** Stores those lanes of v, elements i to i + 3 of y, that are in [begin, end). i may be below 0. */
// @ts-ignore: decorator
@inline
export function storeWithin(y: usize, i: i32, v: v128, begin: i32, end: i32): void {
  const p = y + ((<usize>i) << 2);
  if (i >= begin && i + 4 <= end) {
    v128.store(p, v);
  } else {
    if (i >= begin && i < end) v128.store_lane<f32>(p, v, 0);
    if (i + 1 >= begin && i + 1 < end) v128.store_lane<f32>(p, v, 1, 4);
    if (i + 2 >= begin && i + 2 < end) v128.store_lane<f32>(p, v, 2, 8);
    if (i + 3 >= begin && i + 3 < end) v128.store_lane<f32>(p, v, 3, 12);
  }
}
