import type { NDArray } from "../support/array.js";
import { maskedSoftmax } from "./maskedSoftmax.js";

export function maskedLogSoftmax([x, mask]: readonly NDArray[]): NDArray[] {
  const [y] = maskedSoftmax([x!, mask!]) as [NDArray];
  return [{ shape: y.shape, data: y.data.map((p, i) => (mask!.data[i] ? Math.log(p) : -1e4)) }];
}
