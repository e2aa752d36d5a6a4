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

/** How far a digit is distorted. */
export interface Distortion {
  /** Entries of a matrix beside 1, which turns, slants and scales. */
  readonly distortion: number;
  /** Pixels, each way. */
  readonly bending: number;
}

/**
 * A digit that is turned, slanted, scaled and bent at random: each pixel takes the ink of the place (1 + M) (x, y) + d of
 * the original, with entries of M up to `distortion`, around the middle, and d, smooth over the square, up to `bending`.
 */
export function distorted(random: Random, ink: Ink, { distortion, bending }: Distortion): Float32Array {
  const entry = (): number => random.uniform(-distortion, distortion);
  const [xx, xy, yx, yy] = [1 + entry(), entry(), entry(), 1 + entry()];
  const middle = (SIDE - 1) / 2;
  const bend = bending ? bentBy(random, bending) : undefined;
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : ink[y * SIDE + x]!);
  const turned = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < turned.length; ++i) {
    const [x, y] = [(i % SIDE) - middle, Math.floor(i / SIDE) - middle];
    const [dx, dy] = bend?.(i) ?? [0, 0];
    const [u, v] = [xx * x + xy * y + middle + dx, yx * x + yy * y + middle + dy];
    const [left, top] = [Math.floor(u), Math.floor(v)];
    const [right, low] = [u - left, v - top];
    const above = at(left, top) * (1 - right) + at(left + 1, top) * right;
    const below = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
    turned[i] = above * (1 - low) + below * low;
  }
  return turned;
}

/** Displacements are drawn at so many places each way. */
const KNOTS = 4;

/**
 * Displacements of pixels, smooth between random ones of a coarse grid, as Ronneberger, Fischer & Brox 2015, section 3.1,
 * deform their pictures. Simard, Steinkraus & Platt 2003 show what it does for written digits.
 */
function bentBy(random: Random, most: number): (pixel: number) => readonly [dx: number, dy: number] {
  const knots = Float64Array.from({ length: 2 * KNOTS * KNOTS }, () => random.uniform(-most, most));
  const places = Array.from({ length: SIDE }, (_, i) => {
    const place = (i * (KNOTS - 1)) / SIDE;
    const knot = Math.floor(place);
    const t = place - knot;
    return [knot, t * t * (3 - 2 * t)] as const;
  });
  return (pixel) => {
    const [[column, right], [row, low]] = [places[pixel % SIDE]!, places[Math.floor(pixel / SIDE)]!];
    const along = (axis: number): number => {
      const at = (r: number, c: number): number => knots[2 * (r * KNOTS + c) + axis]!;
      const above = at(row, column) * (1 - right) + at(row, column + 1) * right;
      const below = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
      return above * (1 - low) + below * low;
    };
    return [along(0), along(1)];
  };
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
