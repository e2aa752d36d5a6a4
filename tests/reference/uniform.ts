import { Random } from "../../bindings/common/random/philox.js";
import { array, type NDArray } from "../support/array.js";

/** Philox itself is held against its authors' numbers in tests/random.test.ts. */
export function uniform([stream]: readonly NDArray[], { shape }: { shape: readonly number[] }): NDArray[] {
  const [seed, number, low, high] = new Uint32Array(Float32Array.from(stream!.data).buffer);
  const random = new Random(seed!, number!, low! + high! * 2 ** 32);
  const size = shape.reduce((a, b) => a * b, 1);
  return [
    array(
      shape,
      Array.from({ length: size }, () => random.uniform(0, 1)),
    ),
  ];
}
