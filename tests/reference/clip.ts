import type { NDArray } from "../support/array.js";

export function clip(
  [x]: readonly NDArray[],
  { low = -Infinity, high = Infinity }: { low?: number; high?: number },
): NDArray[] {
  return [{ shape: x!.shape, data: x!.data.map((v) => Math.min(Math.max(v, low), high)) }];
}
