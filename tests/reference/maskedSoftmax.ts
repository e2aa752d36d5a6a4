import { array, rowsOf, type NDArray } from "../support/array.js";

export function maskedSoftmax([x, mask]: readonly NDArray[]): NDArray[] {
  const [rows, cols] = rowsOf(x!.shape);
  const y = x!.data.map((v, i) => (mask!.data[i] ? Math.exp(v) : 0));
  for (let r = 0; r < rows; ++r) {
    const row = y.subarray(r * cols, (r + 1) * cols);
    const sum = row.reduce((a, b) => a + b, 0);
    if (sum) row.forEach((v, c) => (row[c] = v / sum));
  }
  return [array(x!.shape, y)];
}
