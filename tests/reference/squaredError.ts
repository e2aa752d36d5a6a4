import { array, rowsOf, type NDArray } from "../support/array.js";

export function squaredError([x, t, mask]: readonly NDArray[]): NDArray[] {
  const [, cols] = rowsOf(x!.shape);
  const term = (x: number, t: number): number => (x - t) ** 2;
  return [
    array([], [x!.data.reduce((sum, v, i) => sum + mask!.data[Math.floor(i / cols)]! * term(v, t!.data[i]!), 0)]),
  ];
}
