import { Random } from "../../bindings/common/random/philox.js";
import { array, type NDArray } from "../support/array.js";
import { streamOf } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  /** Philox itself is held against its authors' numbers in tests/random.test.ts. */
  reference([stream]: readonly NDArray[], { shape }: { shape: readonly number[] }) {
    const [seed, number, low, high] = new Uint32Array(Float32Array.from(stream.data).buffer);
    const random = new Random(seed, number, low + high * 2 ** 32);
    const size = shape.reduce((a, b) => a * b, 1);
    return [
      array(
        shape,
        Array.from({ length: size }, () => random.uniform(0, 1)),
      ),
    ];
  },
  cases: [[1], [3, 5], [64]].map((shape) => ({
    shapes: [[4]],
    attributes: { shape },
    inputs: () => [streamOf(9, 1, 3)],
  })),
  peer: "tfjs has none: other random numbers",
});
