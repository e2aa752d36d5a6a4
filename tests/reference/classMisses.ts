import { array, rowsOf, type NDArray } from "../support/array.js";

export function classMisses([logits, targets, mask]: readonly NDArray[]): NDArray[] {
  const [rows, classes] = rowsOf(logits!.shape);
  const missed = (r: number): boolean => {
    const row = [...logits!.data.subarray(r * classes, (r + 1) * classes)];
    const largest = row.some(Number.isNaN) ? -1 : row.indexOf(Math.max(...row));
    return mask!.data[r] !== 0 && largest !== Math.trunc(targets!.data[r]!);
  };
  return [
    array(
      mask!.shape,
      Array.from({ length: rows }, (_, r) => Number(missed(r))),
    ),
  ];
}
