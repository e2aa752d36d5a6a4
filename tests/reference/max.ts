import { around, type NDArray } from "../support/array.js";

export function max([x]: readonly NDArray[], { axis = -1 }: { axis?: number } = {}): NDArray[] {
  const at = axis < 0 ? axis + x!.shape.length : axis;
  const [outer, length, inner] = around(x!.shape, at);
  const y = new Float64Array(outer * inner).fill(-Infinity);
  x!.data.forEach((v, k) => {
    const [o, i] = [Math.floor(k / (length * inner)), k % inner];
    y[o * inner + i] = Math.max(y[o * inner + i]!, v);
  });
  return [{ shape: x!.shape.filter((_, i) => i !== at), data: y }];
}
