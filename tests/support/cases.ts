/** Sizes and ranges that several ops are checked at. */
import { array, ones, uniform, whole, type NDArray } from "./array.js";
import type { BenchCase, Case } from "./opTest.js";

export const widths = [1, 2, 3, 4, 5, 7, 8, 16, 17, 67];

/** One input, of each width that matters. */
export const ofEachWidth = (count: number): Case[] => widths.map((width) => ({ shapes: [[count, width]] }));

/** One input, of which nothing is so close to a kink that central differences would see both sides. */
export const clearOf = (kinks: readonly number[]): Case[] =>
  widths.map((width) => ({
    shapes: [[3, width]],
    inputs: (random) => {
      const { shape, data } = uniform(random, [3, width]);
      const isNear = (v: number): boolean => kinks.some((kink) => Math.abs(v - kink) < 1e-3);
      return [{ shape, data: data.map((v) => (isNear(v) ? v + 0.01 : v)) }];
    },
  }));

/** Two inputs of one shape. */
export const twins: Case[] = ofEachWidth(3).map(({ shapes: [shape] }) => ({ shapes: [shape, shape] }));

/** Two inputs of one shape, equal at every third element. */
export const withTies: Case[] = twins.map(({ shapes }) => ({
  shapes,
  inputs: (random) => {
    const [a, b] = [uniform(random, shapes[0]), uniform(random, shapes[1])];
    return [a, { ...b, data: b.data.map((v, i) => (i % 3 === 1 ? a.data[i] : v)) }];
  },
}));

export const reductions: Case<{ axis?: number } | undefined>[] = [
  ...widths.map((width) => ({ shapes: [[2, 5, width]], attributes: { axis: 1 } })),
  ...widths.map((width) => ({ shapes: [[3, width]] })),
  { shapes: [[20, 3]], attributes: { axis: 0 } },
  { shapes: [[7]], attributes: {} },
];

/** Rows that keep most, then half, then nothing. */
export const masked: Case[] = twins.map(({ shapes }) => ({
  shapes,
  inputs: (random) => {
    const [x, mask] = [uniform(random, shapes[0]), uniform(random, shapes[1], 0, 1)];
    const keeps = (v: number, i: number): number => Number(v < [0.8, 0.5, 0][Math.floor((3 * i) / mask.data.length)]);
    return [x, { ...mask, data: mask.data.map(keeps) }];
  },
  constant: [1],
}));

/** Rows that count whole, not at all, half. */
export const rowMask = array([2, 4], [1, 1, 0, 0.5, 1, 0, 1, 1]);

export const losses: Case[] = widths.map((width) => ({
  shapes: [
    [2, 4, width],
    [2, 4, width],
    [2, 4],
  ],
  inputs: (random) => [uniform(random, [2, 4, width], -4, 4), whole(random, [2, 4, width], 2), rowMask],
  constant: [1, 2],
}));

/** A batch of sixteen copies of length 20, of eight bits each. */
const COPIES = 16 * 41;
export const benchLosses: BenchCase[] = [
  {
    size: `${COPIES}x8`,
    shapes: [[COPIES, 8], [COPIES, 8], [COPIES]],
    inputs: (random) => [uniform(random, [COPIES, 8]), whole(random, [COPIES, 8], 2), ones([COPIES])],
    constant: [1, 2],
  },
];

export type Memory = readonly [batch: number, heads: number, slots: number, width: number];

/** Memories by heads. Small, since every element of the inputs is moved to check a gradient. */
export const memories: readonly Memory[] = [
  [1, 1, 1, 1],
  [1, 1, 2, 3],
  [3, 1, 3, 4],
  [1, 2, 4, 5],
  [1, 1, 5, 20],
  [3, 2, 7, 4],
  [1, 1, 8, 8],
  [2, 3, 5, 3],
  [1, 2, 16, 1],
  [1, 1, 17, 5],
  [1, 1, 16, 20],
  [1, 1, 67, 3],
  [1, 1, 128, 4],
];

/** The memory of the paper for one sequence and sixteen, and one of several heads. */
export const benchMemories: readonly Memory[] = [
  [1, 1, 128, 20],
  [16, 1, 128, 20],
  [16, 4, 512, 64],
];

export type Weighting = readonly [batch: number, heads: number, slots: number];

export const weightings: readonly Weighting[] = [
  ...widths.map((slots): Weighting => [1, 1, slots]),
  ...[3, 8, 17].map((slots): Weighting => [3, 2, slots]),
  [1, 1, 128],
];

export const benchWeightings = benchMemories.map(([batch, heads, slots]): Weighting => [batch, heads, slots]);

export type Table = readonly [rows: number, batch: number, columns: number];

export const tables: readonly Table[] = [
  [1, 1, 1],
  [2, 3, 2],
  [5, 1, 3],
  [7, 2, 4],
  [3, 2, 5],
  [9, 1, 17],
  [16, 3, 1],
];

export const benchTables: readonly Table[] = [[40, 16, 10]];

/** The words of a random stream, as numbers that have these bits. */
export const streamOf = (...words: readonly number[]): NDArray =>
  array([4], new Float32Array(Uint32Array.of(...words, ...Array<number>(4 - words.length).fill(0)).buffer));
