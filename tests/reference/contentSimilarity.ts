import type { ContentSimilarityOptions } from "../../bindings/graph/ops/contentSimilarity.js";
import { zeros, type NDArray } from "../support/array.js";

export function contentSimilarity(
  [memory, key, strength]: readonly NDArray[],
  { epsilon = 1e-8, guard = "sum" }: ContentSimilarityOptions = {},
): NDArray[] {
  const [batch, slots, width] = memory!.shape as [number, number, number];
  const heads = key!.shape[1]!;
  const z = zeros([batch, heads, slots]);
  for (let row = 0; row < batch * heads; ++row) {
    const b = Math.floor(row / heads);
    for (let i = 0; i < slots; ++i) {
      let [dot, kk, mm] = [0, 0, 0];
      for (let j = 0; j < width; ++j) {
        const k = key!.data[row * width + j]!;
        const m = memory!.data[(b * slots + i) * width + j]!;
        dot += k * m;
        kk += k * k;
        mm += m * m;
      }
      z.data[row * slots + i] = (strength!.data[row]! * dot) / guarded[guard](Math.sqrt(kk) * Math.sqrt(mm), epsilon);
    }
  }
  return [z];
}

const guarded = {
  sum: (product: number, epsilon: number) => product + epsilon,
  maximum: (product: number, epsilon: number) => Math.max(product, epsilon),
  root: (product: number, epsilon: number) => Math.sqrt(product * product + epsilon),
};
