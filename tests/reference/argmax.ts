import { array, rowsOf, type NDArray } from "../support/array.js";

export function argmax([x]: readonly NDArray[]): NDArray[] {
  const [rows, cols] = rowsOf(x!.shape);
  const y = Array.from({ length: rows }, (_, r) => {
    const row = [...x!.data.subarray(r * cols, (r + 1) * cols)].map((v) => (v > -Infinity ? v : -Infinity));
    return row.indexOf(row.reduce((a, b) => (b > a ? b : a)));
  });
  return [array(x!.shape.slice(0, -1), y)];
}
