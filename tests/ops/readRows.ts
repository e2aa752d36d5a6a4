import { uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import { drawnIndices, drawnMemory, sparseCases } from "../support/sparse.js";

export default defineOpTest({
  reference([weights, indices, rows]: readonly NDArray[]) {
    const [batch, heads, count] = weights.shape as [number, number, number];
    const [, slots, width] = rows.shape as [number, number, number];
    const read = zeros([batch, heads, width]);
    weights.data.forEach((weight, at) => {
      const h = Math.floor(at / count);
      const row = Math.floor(h / heads) * slots + indices.data[at]!;
      for (let j = 0; j < width; ++j) read.data[h * width + j]! += weight * rows.data[row * width + j]!;
    });
    return [read];
  },
  cases: sparseCases.map((sizes) => ({
    shapes: [],
    inputs: (random) => {
      const { rows, norms, ring, used, touched } = drawnMemory(random, sizes);
      const { batch, heads, count } = sizes;
      return [
        uniform(random, [batch, heads, count], 0, 1),
        drawnIndices(random, sizes),
        rows,
        norms,
        ring,
        used,
        touched,
      ];
    },
    constant: [1, 2, 3, 4, 5, 6],
  })),
  peer: "tfjs has none: rows whose gradients are kept apart",
});
