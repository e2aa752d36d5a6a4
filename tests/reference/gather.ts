import { array, rowsOf, type NDArray } from "../support/array.js";

export function gather([table, indices]: readonly NDArray[]): NDArray[] {
  const [rows, width] = rowsOf(table!.shape);
  const y = [...indices!.data].flatMap((index) =>
    index >= 0 && index < rows ? [...table!.data.subarray(index * width, (index + 1) * width)] : Array(width).fill(0),
  );
  return [array([...indices!.shape, width], y)];
}
