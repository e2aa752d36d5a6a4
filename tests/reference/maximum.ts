import { array, type NDArray } from "../support/array.js";

export function maximum([a, b]: readonly NDArray[]): NDArray[] {
  return [
    array(
      a!.shape,
      a!.data.map((v, i) => Math.max(v, b!.data[i]!)),
    ),
  ];
}
