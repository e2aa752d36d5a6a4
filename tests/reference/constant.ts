import { array, lengthOf, type NDArray } from "../support/array.js";

export function constant(_: readonly NDArray[], { shape, value }: { shape: number[]; value: number }): NDArray[] {
  return [array(shape, new Float64Array(lengthOf(shape)).fill(value))];
}
