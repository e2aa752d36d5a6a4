import { bitsOf, ofBits } from "../common/bits.js";

/** The difference of the exponents' biases, as a factor: a half's bits, 13 places on, are a float but for it. */
const BIAS = 5192296858534827628530496329220096; // 2¹¹²

/**
 * Numbers in half precision, IEEE 754 binary16: 11 bits, from 2⁻²⁴ to 65504, rounded to the nearest, ties to even.
 * @throws RangeError when one would be rounded to more than that.
 */
export function toHalf(what: string, values: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, (value) => {
    const size = Math.abs(value);
    if (size >= 65520) throw new RangeError(`${what} holds ${value}, and f16 holds at most 65504`);
    // Below 2⁻¹⁴ they are multiples of 2⁻²⁴, as doubles from 2²⁸ to 2²⁹ are.
    const bits = bitsOf((size < 1 / 0x4000 ? size + 0x1000_0000 - 0x1000_0000 : size) / BIAS);
    return ((bits + 0xfff + ((bits >>> 13) & 1)) >>> 13) | ((bitsOf(value) >>> 16) & 0x8000);
  });
}

/** The same numbers in single precision, which has them all; what is not finite becomes NaN. */
export const fromHalf = (halves: Uint16Array): Float32Array<ArrayBuffer> =>
  // Not Float32Array.from, which takes ten times as long with a function.
  new Float32Array(halves).map((half) => {
    const size = half & 0x7fff;
    return size < 0x7c00 ? ofBits(size << 13) * (half > size ? -BIAS : BIAS) : NaN;
  });
