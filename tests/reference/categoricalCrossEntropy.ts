import { array, rowsOf, type NDArray } from "../support/array.js";
import { logSoftmax } from "./logSoftmax.js";

export function categoricalCrossEntropy([logits, targets, mask]: readonly NDArray[]): NDArray[] {
  const [rows, classes] = rowsOf(logits!.shape);
  const [{ data }] = logSoftmax([logits!]) as [NDArray];
  let loss = 0;
  for (let r = 0; r < rows; ++r) loss -= mask!.data[r]! * data[r * classes + targets!.data[r]!]!;
  return [array([], [loss])];
}
