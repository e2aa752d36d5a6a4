import { array, type NDArray } from "../support/array.js";

export function additiveScore([query, keys, vector]: readonly NDArray[]): NDArray[] {
  const [batch, count, width] = keys!.shape as [number, number, number];
  const e = Array.from({ length: batch * count }, (_, i) => {
    const q = Math.floor(i / count) * width;
    let sum = 0;
    for (let a = 0; a < width; ++a)
      sum += vector!.data[a]! * Math.tanh(query!.data[q + a]! + keys!.data[i * width + a]!);
    return sum;
  });
  return [array([batch, count], e)];
}
