import { around, lengthOf, type NDArray } from "../support/array.js";

export function broadcast([x]: readonly NDArray[], { axis = 0, count }: { axis?: number; count: number }): NDArray[] {
  const at = axis < 0 ? axis + x!.shape.length + 1 : axis;
  const shape = [...x!.shape.slice(0, at), count, ...x!.shape.slice(at)];
  const [, , inner] = around(shape, at);
  const data = new Float64Array(lengthOf(shape));
  data.forEach((_, i) => (data[i] = x!.data[Math.floor(i / (count * inner)) * inner + (i % inner)]!));
  return [{ shape, data }];
}
