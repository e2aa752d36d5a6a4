import { array, rowsOf, type NDArray } from "../support/array.js";

export function interpolate([gate, content, previous]: readonly NDArray[]): NDArray[] {
  const [, slots] = rowsOf(content!.shape);
  const mix = (c: number, i: number): number => {
    const g = gate!.data[Math.floor(i / slots)]!;
    return g * c + (1 - g) * previous!.data[i]!;
  };
  return [array(content!.shape, content!.data.map(mix))];
}
