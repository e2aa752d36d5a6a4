import type { SharpenOptions } from "../../bindings/graph/ops/sharpen.js";
import { array, rowsOf, type NDArray } from "../support/array.js";

export function sharpen([weights, gamma]: readonly NDArray[], { epsilon = 0 }: SharpenOptions = {}): NDArray[] {
  const [rows, slots] = rowsOf(weights!.shape);
  const y = Float64Array.from(weights!.data);
  for (let r = 0; r < rows; ++r) {
    const row = y.subarray(r * slots, (r + 1) * slots);
    const max = epsilon > 0 ? 1 : Math.max(...row);
    row.forEach((w, i) => (row[i] = max > 0 ? (Math.max(w, 0) / max) ** gamma!.data[r]! : 0));
    const sum = row.reduce((a, b) => a + b, epsilon || 1e-12);
    row.forEach((p, i) => (row[i] = p / sum));
  }
  return [array(weights!.shape, y)];
}
