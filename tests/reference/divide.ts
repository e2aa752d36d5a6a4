import type { NDArray } from "../support/array.js";

export const divide = ([a, b]: readonly NDArray[]): NDArray[] => [
  { shape: a!.shape, data: a!.data.map((v, i) => v / b!.data[i]!) },
];
