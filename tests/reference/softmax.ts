import { array, rowsOf, type NDArray } from "../support/array.js";

export function softmax([x]: readonly NDArray[]): NDArray[] {
  const [rows, cols] = rowsOf(x!.shape);
  const y = Float64Array.from(x!.data);
  for (let r = 0; r < rows; ++r) {
    const row = y.subarray(r * cols, (r + 1) * cols);
    const m = Math.max(...row);
    const sum = row.reduce((s, v) => s + Math.exp(v - m), 0);
    row.forEach((v, c) => (row[c] = Math.exp(v - m) / sum));
  }
  return [array(x!.shape, y)];
}
