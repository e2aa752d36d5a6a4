import { array, type NDArray } from "../support/array.js";

export function eraseAdd([memory, weights, erase, add]: readonly NDArray[]): NDArray[] {
  const [, slots, width] = memory!.shape as [number, number, number];
  const heads = weights!.shape[1]!;
  const next = memory!.data.map((m, n) => {
    const [b, i, j] = [Math.floor(n / (slots * width)), Math.floor(n / width) % slots, n % width];
    let [kept, added] = [1, 0];
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const w = weights!.data[h * slots + i]!;
      kept *= 1 - w * erase!.data[h * width + j]!;
      added += w * add!.data[h * width + j]!;
    }
    return m * kept + added;
  });
  return [array(memory!.shape, next)];
}
