import type { NDArray } from "../support/array.js";

export const relu = ([x]: readonly NDArray[]): NDArray[] => [
  { shape: x!.shape, data: x!.data.map((v) => Math.max(v, 0)) },
];
