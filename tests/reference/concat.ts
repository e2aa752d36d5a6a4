import { around, array, lengthOf, type NDArray } from "../support/array.js";

export function concat(tensors: readonly NDArray[], { axis = -1 }: { axis?: number } = {}): NDArray[] {
  const shape = [...tensors[0]!.shape];
  const at = axis < 0 ? axis + shape.length : axis;
  shape[at] = tensors.reduce((sum, x) => sum + x.shape[at]!, 0);
  const y: number[] = [];
  for (let group = 0; group < lengthOf(shape.slice(0, at)); ++group) {
    for (const x of tensors) {
      const [, length, inner] = around(x.shape, at);
      y.push(...x.data.subarray(group * length * inner, (group + 1) * length * inner));
    }
  }
  return [array(shape, y)];
}
