import type { Random } from "../../common/random/philox.js";

/** Ink on a square of pixels, row by row, from 0 to 1. */
export type Ink = ArrayLike<number>;

/** Pixels of a side, as MNIST has them. */
export const SIDE = 28;

/** Ink cut to where there is any. */
export interface Glyph {
  readonly height: number;
  readonly width: number;
  readonly ink: Float32Array;
}

/** Less ink than this is none. */
const LEAST = 0.05;

/**
 * A digit that is turned, slanted and scaled at random: each pixel takes the ink of the place (1 + M) (x, y) of the
 * original, with entries of M up to `distortion`, around the middle.
 */
export function distorted(random: Random, ink: Ink, distortion: number): Float32Array {
  const entry = (): number => random.uniform(-distortion, distortion);
  const [xx, xy, yx, yy] = [1 + entry(), entry(), entry(), 1 + entry()];
  const middle = (SIDE - 1) / 2;
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : ink[y * SIDE + x]!);
  const turned = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < turned.length; ++i) {
    const [x, y] = [(i % SIDE) - middle, Math.floor(i / SIDE) - middle];
    const [u, v] = [xx * x + xy * y + middle, yx * x + yy * y + middle];
    const [left, top] = [Math.floor(u), Math.floor(v)];
    const [right, low] = [u - left, v - top];
    const above = at(left, top) * (1 - right) + at(left + 1, top) * right;
    const below = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
    turned[i] = above * (1 - low) + below * low;
  }
  return turned;
}

/** The part of a square that has ink, at most `most` pixels a side around its middle. A square without any is one pixel. */
export function cut(ink: Ink, most: number): Glyph {
  let [left, right, top, low] = [SIDE, -1, SIDE, -1];
  for (let i = 0; i < SIDE * SIDE; ++i) {
    if (!(ink[i]! > LEAST)) continue;
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    [left, right, top, low] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(low, y)];
  }
  if (right < 0) return { height: 1, width: 1, ink: new Float32Array(1) };
  const within = (first: number, last: number): [number, number] => {
    const size = Math.min(last - first + 1, most);
    return [first + ((last - first + 1 - size) >> 1), size];
  };
  const [x0, width] = within(left, right);
  const [y0, height] = within(top, low);
  const part = new Float32Array(height * width);
  for (let y = 0; y < height; ++y) for (let x = 0; x < width; ++x) part[y * width + x] = ink[(y0 + y) * SIDE + x0 + x]!;
  return { height, width, ink: part };
}
