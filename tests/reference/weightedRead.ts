import { zeros, type NDArray } from "../support/array.js";

export function weightedRead([memory, weights]: readonly NDArray[]): NDArray[] {
  const [batch, slots, width] = memory!.shape as [number, number, number];
  const heads = weights!.shape[1]!;
  const read = zeros([batch, heads, width]);
  for (let row = 0; row < batch * heads; ++row) {
    for (let i = 0; i < slots; ++i) {
      const slot = (Math.floor(row / heads) * slots + i) * width;
      for (let j = 0; j < width; ++j) {
        read.data[row * width + j]! += weights!.data[row * slots + i]! * memory!.data[slot + j]!;
      }
    }
  }
  return [read];
}
