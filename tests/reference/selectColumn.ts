import { zeros, type NDArray } from "../support/array.js";

export function selectColumn([cells, weights]: readonly NDArray[]): NDArray[] {
  const [rows, batch, columns] = cells!.shape as [number, number, number];
  const y = zeros([rows, batch]);
  cells!.data.forEach((cell, i) => {
    y.data[Math.floor(i / columns)]! += cell * weights!.data[i % (batch * columns)]!;
  });
  return [y];
}
