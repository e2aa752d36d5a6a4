import { zeros, type NDArray } from "../support/array.js";

export function firstInOrder([selected, order]: readonly NDArray[]): NDArray[] {
  const [rows, batch, columns] = order!.shape as [number, number, number];
  const y = zeros(order!.shape);
  for (let b = 0; b < batch; ++b) {
    for (let c = 0; c < columns; ++c) {
      let before = 0;
      for (let k = 0; k < rows; ++k) {
        const row = order!.data[(k * batch + b) * columns + c]!;
        if (!Number.isInteger(row) || row < 0 || row >= rows) continue;
        const s = selected!.data[row * batch + b]!;
        y.data[(row * batch + b) * columns + c] = s * Math.max(0, 1 - before);
        before += s;
      }
    }
  }
  return [y];
}
