import { array, type NDArray } from "../support/array.js";

export function minimum([a, b]: readonly NDArray[]): NDArray[] {
  return [
    array(
      a!.shape,
      a!.data.map((v, i) => Math.min(v, b!.data[i]!)),
    ),
  ];
}
