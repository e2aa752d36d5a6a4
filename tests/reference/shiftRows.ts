import { array, type NDArray } from "../support/array.js";

export function shiftRows([x]: readonly NDArray[], { by }: { by: number }): NDArray[] {
  const width = x!.data.length / x!.shape[0]!;
  return [
    array(
      x!.shape,
      x!.data.map((_, i) => x!.data[i - by * width] ?? 0),
    ),
  ];
}
