import { uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";
import { drawnMemory, sparseCases } from "../support/sparse.js";

export default defineOpTest({
  reference([query, rows, norms]: readonly NDArray[], { count }: { count: number }) {
    const [batch, heads, width] = query.shape as [number, number, number];
    const slots = rows.shape[1]!;
    const shape = [batch, heads, count];
    const [indices, similarities] = [zeros(shape), zeros(shape)];
    for (let b = 0; b < batch; ++b) {
      for (let h = 0; h < heads; ++h) {
        const q = query.data.slice((b * heads + h) * width, (b * heads + h + 1) * width);
        const size = Math.sqrt(q.reduce((sum, value) => sum + value * value, 0));
        const all = Array.from({ length: slots }, (_, i) => {
          const at = (b * slots + i) * width;
          const product = q.reduce((sum, value, j) => sum + value * rows.data[at + j]!, 0);
          return { i, k: product / (size * norms.data[b * slots + i]! + 1e-8) };
        });
        all.sort((x, y) => y.k - x.k || x.i - y.i);
        all.slice(0, count).forEach(({ i, k }, place) => {
          indices.data[(b * heads + h) * count + place] = i;
          similarities.data[(b * heads + h) * count + place] = k;
        });
      }
    }
    return [indices, similarities];
  },
  // Of one number cosines are 1 and −1, and which is larger is up to rounding.
  cases: sparseCases
    .filter(({ width }) => width > 1)
    .map((sizes) => ({
      shapes: [],
      inputs: (random) => {
        const { rows, norms, used, touched } = drawnMemory(random, sizes);
        const query = uniform(random, [sizes.batch, sizes.heads, sizes.width], -1, 1);
        // A query of zeros is like all rows, of which it finds the first.
        if (sizes.heads > 2) query.data.fill(0, 0, sizes.width);
        return [query, rows, norms, used, touched];
      },
      constant: [...(sizes.heads > 2 ? [0] : []), 1, 2, 3, 4],
      attributes: { count: sizes.count },
    })),
  peer: "tfjs has none: rows whose gradients are kept apart",
});
