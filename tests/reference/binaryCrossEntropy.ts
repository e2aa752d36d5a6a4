import { array, rowsOf, type NDArray } from "../support/array.js";

export function binaryCrossEntropy([x, t, mask]: readonly NDArray[]): NDArray[] {
  const [, cols] = rowsOf(x!.shape);
  const term = (x: number, t: number): number => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
  return [
    array([], [x!.data.reduce((sum, v, i) => sum + mask!.data[Math.floor(i / cols)]! * term(v, t!.data[i]!), 0)]),
  ];
}
