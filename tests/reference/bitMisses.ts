import { array, rowsOf, type NDArray } from "../support/array.js";

export function bitMisses([x, t, mask]: readonly NDArray[]): NDArray[] {
  const [rows, cols] = rowsOf(x!.shape);
  const isRight = (x: number, t: number): boolean => (t > 0.5 ? x > 0 : x <= 0); // never of NaN
  const missed = (r: number): boolean => {
    const bits = [...x!.data.subarray(r * cols, (r + 1) * cols)];
    return mask!.data[r] !== 0 && !bits.every((bit, c) => isRight(bit, t!.data[r * cols + c]!));
  };
  return [
    array(
      mask!.shape,
      Array.from({ length: rows }, (_, r) => Number(missed(r))),
    ),
  ];
}
