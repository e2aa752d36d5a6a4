import { array, type NDArray } from "../support/array.js";
import { uniform } from "./uniform.js";

export function dropout([x, stream]: readonly NDArray[], { rate }: { rate: number }): NDArray[] {
  const [u] = uniform([stream!], { shape: x!.shape });
  return [
    array(
      x!.shape,
      [...x!.data].map((v, i) => (u!.data[i]! < rate ? 0 : v / (1 - rate))),
    ),
  ];
}
