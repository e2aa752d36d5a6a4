import { rowsOf, zeros, type NDArray } from "../support/array.js";

export function circularConvolution(
  [weights, shifts]: readonly NDArray[],
  { wrap = true }: { wrap?: boolean } = {},
): NDArray[] {
  const [rows, slots] = rowsOf(weights!.shape);
  const [, size] = rowsOf(shifts!.shape);
  const y = zeros(weights!.shape);
  for (let r = 0; r < rows; ++r) {
    for (let i = 0; i < slots; ++i) {
      for (let k = 0; k < size; ++k) {
        const from = i - (k - (size - 1) / 2);
        if (!wrap && (from < 0 || from >= slots)) continue;
        const j = ((from % slots) + slots) % slots;
        y.data[r * slots + i]! += shifts!.data[r * size + k]! * weights!.data[r * slots + j]!;
      }
    }
  }
  return [y];
}
