import { array, type NDArray } from "../support/array.js";

export function halting(
  [h, sum, steps, halted]: readonly NDArray[],
  { epsilon, limit }: { epsilon: number; limit: number },
): NDArray[] {
  const rows = [...h!.data].map((share, r) => {
    const [before, n] = [sum!.data[r]!, steps!.data[r]! + 1];
    if (halted!.data[r]) return [0, before, n - 1, 1];
    const halts = before + share >= 1 - epsilon || n === limit;
    return halts ? [1 - before, before, n, 1] : [share, before + share, n, 0];
  });
  return [0, 1, 2, 3].map((output) =>
    array(
      h!.shape,
      rows.map((row) => row[output]!),
    ),
  );
}
