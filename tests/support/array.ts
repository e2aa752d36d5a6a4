import type { Random } from "../../bindings/common/random/philox.js";

/** Numbers and their shape, in double precision. */
export interface NDArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const lengthOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export function zeros(shape: readonly number[]): NDArray {
  return { shape, data: new Float64Array(lengthOf(shape)) };
}

export function ones(shape: readonly number[]): NDArray {
  return { shape, data: new Float64Array(lengthOf(shape)).fill(1) };
}

export function array(shape: readonly number[], values: Iterable<number>): NDArray {
  return { shape, data: new Float64Array(values) }; // many times as fast as `from`, for an array
}

/** Uniform in [low, high), rounded to single precision, so that kernel and reference see the same numbers. */
export function uniform(random: Random, shape: readonly number[], low = -2, high = 2): NDArray {
  return { shape, data: Float64Array.from({ length: lengthOf(shape) }, () => Math.fround(random.uniform(low, high))) };
}

/** Whole numbers from 0 to below `end`, such as indices. */
export function whole(random: Random, shape: readonly number[], end: number): NDArray {
  return { shape, data: Float64Array.from({ length: lengthOf(shape) }, () => random.integer(0, end - 1)) };
}

/** Rows that are positive and sum to 1, as a head's weighting does. */
export function weighting(random: Random, shape: readonly number[]): NDArray {
  const { data } = uniform(random, shape, 0.05, 1);
  const cols = shape.at(-1)!;
  for (let r = 0; r < data.length; r += cols) {
    const sum = data.subarray(r, r + cols).reduce((a, b) => a + b, 0);
    for (let c = 0; c < cols; ++c) data[r + c] = Math.fround(data[r + c]! / sum);
  }
  return { shape, data };
}

/** Outer, length, inner sizes around an axis. */
export function around(shape: readonly number[], axis: number): [outer: number, length: number, inner: number] {
  return [lengthOf(shape.slice(0, axis)), shape[axis]!, lengthOf(shape.slice(axis + 1))];
}

/** All axes but the last, and the last. */
export function rowsOf(shape: readonly number[]): [rows: number, cols: number] {
  return [lengthOf(shape.slice(0, -1)), shape.at(-1) ?? 1];
}
