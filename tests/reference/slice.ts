import { around, array, type NDArray } from "../support/array.js";

export function slice(
  [x]: readonly NDArray[],
  { axis = -1, begin = 0, end }: { axis?: number; begin?: number; end?: number },
): NDArray[] {
  const at = axis < 0 ? axis + x!.shape.length : axis;
  const [, length, inner] = around(x!.shape, at);
  const last = end ?? length;
  const taken = x!.data.filter((_, i) => {
    const k = Math.floor(i / inner) % length;
    return begin <= k && k < last;
  });
  return [array(x!.shape.with(at, last - begin), taken)];
}
