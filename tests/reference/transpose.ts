import { array, type NDArray } from "../support/array.js";

export function transpose([x]: readonly NDArray[]): NDArray[] {
  const [rows, cols] = [x!.shape.at(-2)!, x!.shape.at(-1)!];
  const y = x!.data.map((_, i) => {
    const [b, c, r] = [Math.floor(i / (rows * cols)), Math.floor(i / rows) % cols, i % rows];
    return x!.data[(b * rows + r) * cols + c]!;
  });
  return [array([...x!.shape.slice(0, -2), cols, rows], y)];
}
