import { bitsOf } from "../common/bits.js";

/** The difference of the exponents' biases: a half's bits, 13 places on, are a float but for it. */
const BIAS = 0x3800_0000; // 112 · 2²³

/** The same as a factor. */
const BIAS_FACTOR = 5192296858534827628530496329220096; // 2¹¹²

/** The least half above 0. */
const LEAST = 5.9604644775390625e-8; // 2⁻²⁴

/**
 * Numbers in half precision, IEEE 754 binary16: 11 bits, from 2⁻²⁴ to 65504, rounded to the nearest, ties to even.
 * @throws RangeError when one would be rounded to more than that.
 */
export function toHalf(what: string, values: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, (value) => {
    const size = Math.abs(value);
    if (size >= 65520) throw new RangeError(`${what} holds ${value}, and f16 holds at most 65504`);
    // Below 2⁻¹⁴ they are multiples of 2⁻²⁴, as doubles from 2²⁸ to 2²⁹ are.
    const bits = bitsOf((size < 1 / 0x4000 ? size + 0x1000_0000 - 0x1000_0000 : size) / BIAS_FACTOR);
    return ((bits + 0xfff + ((bits >>> 13) & 1)) >>> 13) | ((bitsOf(value) >>> 16) & 0x8000);
  });
}

/** The same numbers in single precision, which has them all; what is not finite becomes NaN. */
export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  const values = new Float32Array(bits.buffer);
  // A loop over bits: a model's first answer waits for it, and a function for each number takes three times as long.
  for (let i = 0; i < halves.length; ++i) {
    const half = halves[i]!;
    const size = half & 0x7fff;
    if (size >= 0x0400 && size < 0x7c00) bits[i] = ((half & 0x8000) << 16) | ((size << 13) + BIAS);
    else values[i] = size < 0x7c00 ? size * (half > size ? -LEAST : LEAST) : NaN;
  }
  return values;
}
