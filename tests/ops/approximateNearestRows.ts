import { indexSize } from "../../bindings/graph/sparse.js";
import { array, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import nearestRows from "./nearestRows.js";

/** Of up to 256 rows all are compared. What links find is held against all rows in tests/memoryIndex.test.ts. */
const few = nearestRows.cases.filter(({ attributes }, i) => attributes && i < nearestRows.cases.length - 1);

export default defineOpTest({
  reference(inputs: readonly NDArray[], attributes: { count: number }) {
    const [batch, slots] = inputs[1]!.shape as [number, number];
    const heads = inputs[0]!.shape[1]!;
    const compared = array([batch], new Array<number>(batch).fill(heads * slots));
    return [...nearestRows.reference(inputs, attributes), compared];
  },
  cases: few.map(({ inputs, constant, attributes }) => ({
    shapes: [],
    inputs: (random) => {
      const all = inputs!(random);
      const [batch, slots] = all[1]!.shape as [number, number];
      return [...all, zeros([batch, indexSize(slots)]), array([batch], new Array<number>(batch).fill(slots))];
    },
    constant: [...constant!, 5, 6],
    attributes: attributes!,
  })),
  peer: "tfjs has none: rows whose gradients are kept apart",
});
