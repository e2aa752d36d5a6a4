import { array, rowsOf, type NDArray } from "../support/array.js";

export function layerNorm(
  [x, gain, bias]: readonly NDArray[],
  { epsilon = 1e-5 }: { epsilon?: number } = {},
): NDArray[] {
  const [rows, cols] = rowsOf(x!.shape);
  const y = Float64Array.from(x!.data);
  for (let r = 0; r < rows; ++r) {
    const row = y.subarray(r * cols, (r + 1) * cols);
    const mean = row.reduce((s, v) => s + v, 0) / cols;
    const variance = row.reduce((s, v) => s + (v - mean) ** 2, 0) / cols;
    const scale = 1 / Math.sqrt(variance + epsilon);
    row.forEach((v, c) => (row[c] = (v - mean) * scale * gain!.data[c]! + bias!.data[c]!));
  }
  return [array(x!.shape, y)];
}
