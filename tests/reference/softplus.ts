import type { NDArray } from "../support/array.js";

export const softplus = ([x]: readonly NDArray[]): NDArray[] => [
  { shape: x!.shape, data: x!.data.map((v) => Math.log1p(Math.exp(v))) },
];
