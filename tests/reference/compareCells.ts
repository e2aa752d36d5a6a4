import { array, type NDArray } from "../support/array.js";

const holds: Record<string, (cell: number, number: number) => boolean> = {
  greater: (cell, number) => cell > number,
  lesser: (cell, number) => cell < number,
  atLeast: (cell, number) => cell >= number,
  atMost: (cell, number) => cell <= number,
  equal: (cell, number) => cell === number,
};

export function compareCells(
  [cells, present, numbers, weights]: readonly NDArray[],
  { relation }: { relation: string },
): NDArray[] {
  const [, batch, columns] = cells!.shape as [number, number, number];
  const count = numbers!.shape[1]!;
  const y = cells!.data.map((cell, i) => {
    const first = (Math.floor(i / columns) % batch) * count;
    let sum = 0;
    for (let n = first; n < first + count; ++n) if (holds[relation]!(cell, numbers!.data[n]!)) sum += weights!.data[n]!;
    return sum * present!.data[i]!;
  });
  return [array(cells!.shape, y)];
}
