import { zeros, type NDArray } from "../support/array.js";

export function columnSums([selected, cells]: readonly NDArray[]): NDArray[] {
  const [, batch, columns] = cells!.shape as [number, number, number];
  const y = zeros([batch, columns]);
  cells!.data.forEach((cell, i) => {
    y.data[i % (batch * columns)]! += selected!.data[Math.floor(i / columns)]! * cell;
  });
  return [y];
}
