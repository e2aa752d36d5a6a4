import { array, type NDArray } from "../support/array.js";

export function accumulate([total, x, p]: readonly NDArray[]): NDArray[] {
  const cols = total!.data.length / p!.data.length;
  const sum = total!.data.map((before, i) => {
    const weight = p!.data[Math.floor(i / cols)]!;
    return weight === 0 ? before : before + weight * x!.data[i]!;
  });
  return [array(total!.shape, sum)];
}
