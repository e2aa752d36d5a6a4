import type { NDArray } from "../support/array.js";

export const sigmoid = ([x]: readonly NDArray[]): NDArray[] => [
  { shape: x!.shape, data: x!.data.map((v) => 1 / (1 + Math.exp(-v))) },
];
