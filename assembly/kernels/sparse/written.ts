/** Which rows are written at a step. */
import { rowNumber } from "./vectors";

/** The row that a head's k-th weight is for: one that it had read, or at last the one that was not used for longest. */
// @ts-ignore: decorator
@inline
export function written(oldest: usize, indices: usize, h: i32, k: i32, count: i32, slots: i32): i32 {
  const from = k < count ? indices + ((<usize>(h * count + k)) << 2) : oldest + ((<usize>h) << 2);
  return rowNumber(load<f32>(from), slots);
}
