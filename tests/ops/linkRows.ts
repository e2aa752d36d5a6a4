import { indexSize } from "../../bindings/graph/sparse.js";
import { array, uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import { drawnMemory } from "../support/sparse.js";

/** Up to 256 rows are not linked. What links are good for is in tests/memoryIndex.test.ts. */
export default defineOpTest({
  reference: ([, , , , rows]: readonly NDArray[]) => [zeros([rows!.shape[0]!])],
  cases: [
    { batch: 2, slots: 1, width: 3, indices: [0, -1] },
    { batch: 2, slots: 2, width: 4, indices: [0, -1] },
    { batch: 3, slots: 256, width: 5, indices: [1, 0, -1] },
  ].map(({ batch, slots, width, indices }) => ({
    shapes: [],
    inputs: (random) => {
      const { rows, norms, used, touched } = drawnMemory(random, { batch, heads: 1, count: 1, slots, width });
      return [
        uniform(random, [batch, 1, 2], 0, 1),
        uniform(random, [batch, 1, width], -1, 1),
        array([batch, 1, 1], indices),
        array([batch, 1], new Array<number>(batch).fill(slots - 1)),
        rows,
        norms,
        used,
        touched,
        zeros([batch, indexSize(slots)]),
        zeros([batch]),
      ];
    },
    constant: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  })),
  peer: "tfjs has none: an index that is changed in place",
});
