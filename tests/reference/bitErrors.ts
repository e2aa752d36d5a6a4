import { array, rowsOf, type NDArray } from "../support/array.js";

export function bitErrors([x, t, mask]: readonly NDArray[]): NDArray[] {
  const [, cols] = rowsOf(x!.shape);
  const term = (x: number, t: number): number => Number(x > 0 !== t > 0.5);
  return [
    array([], [x!.data.reduce((sum, v, i) => sum + mask!.data[Math.floor(i / cols)]! * term(v, t!.data[i]!), 0)]),
  ];
}
