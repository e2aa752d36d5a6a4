import { array, uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import { drawnIndices, drawnMemory, sparseCases } from "../support/sparse.js";

/** What is written, and its gradients, are held against a whole memory in tests/sparseMemory.test.ts. */
export default defineOpTest({
  reference([version, , add]: readonly NDArray[]) {
    const [batch, heads] = add.shape as [number, number, number];
    const oldest = Array.from({ length: batch }, () => Array.from({ length: heads }, (_, h) => h)).flat();
    return [
      array(
        [batch],
        Array.from(version.data, (value) => value + 1),
      ),
      array([batch, heads], oldest),
    ];
  },
  cases: sparseCases.map((sizes) => ({
    shapes: [],
    inputs: (random) => {
      const { rows, norms, ring, used, touched } = drawnMemory(random, sizes);
      const { batch, heads, count, width } = sizes;
      return [
        zeros([batch]),
        uniform(random, [batch, heads, count + 1], 0, 1),
        uniform(random, [batch, heads, width], -1, 1),
        drawnIndices(random, sizes),
        rows,
        norms,
        ring,
        used,
        touched,
      ];
    },
    constant: [0, 3, 4, 5, 6, 7, 8],
  })),
  peer: "tfjs has none: a memory that is written in place",
});
