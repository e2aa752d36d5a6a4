import type { Random } from "../../bindings/common/random/philox.js";
import { array, rowsOf, uniform, zeros, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

interface Sizes {
  readonly lead: readonly number[];
  readonly n: number;
  readonly m: number;
  readonly count: number;
}

/** Lists of each length of a tail, a count below and above them, one sum, and all. */
const sizes: readonly Sizes[] = [
  ...[1, 2, 3, 4, 5, 8, 17].map((n) => ({ lead: [2, 3], n, m: n, count: Math.min(n * n, 4) })),
  { lead: [1], n: 3, m: 9, count: 1 },
  { lead: [3], n: 9, m: 3, count: 7 },
  { lead: [2], n: 4, m: 5, count: 20 },
  { lead: [2], n: 64, m: 40, count: 32 },
];

/** Numbers of which no two sums are equal or nearly so: which are found is not up to rounding. */
const apart = (random: Random, { lead, n, m }: Sizes): NDArray[] => {
  const steps = (length: number, step: number): NDArray => {
    const x = uniform(random, [...lead, length]);
    const [rows] = rowsOf(x.shape);
    for (let r = 0; r < rows; ++r) {
      const order = Array.from({ length }, (_, i) => i);
      for (let i = 0; i < length; ++i) {
        const [at] = order.splice(random.integer(0, order.length - 1), 1);
        x.data[r * length + i] = (at! - length / 2) * step;
      }
    }
    return x;
  };
  return [steps(n, m / 64), steps(m, 1 / 64)];
};

export default defineOpTest({
  reference([first, second]: readonly NDArray[], { count }: { count: number }) {
    const [rows, n] = rowsOf(first.shape);
    const [, m] = rowsOf(second.shape);
    const shape = [...first.shape.slice(0, -1), count];
    const [scores, indices] = [zeros(shape), zeros(shape)];
    for (let r = 0; r < rows; ++r) {
      const all = Array.from({ length: n * m }, (_, i) => {
        const [a, b] = [Math.floor(i / m), i % m];
        return { i, score: first.data[r * n + a]! + second.data[r * m + b]! };
      });
      all.sort((x, y) => y.score - x.score || x.i - y.i);
      all.slice(0, count).forEach(({ i, score }, k) => {
        scores.data[r * count + k] = score;
        indices.data[r * count + k] = i;
      });
    }
    return [scores, indices];
  },
  cases: [
    ...sizes.map((of) => ({
      shapes: [],
      inputs: (random: Random) => apart(random, of),
      attributes: { count: of.count },
    })),
    // Equal sums: those of lower indices are found. Differences would change which.
    ...[1, 3, 6].map((count) => ({
      shapes: [],
      inputs: () => [array([2, 4], [1, 0, 1, 1, 0, 0, 0, 0]), array([2, 3], [2, 2, 1, 0, 0, 0])],
      constant: [0, 1],
      attributes: { count },
    })),
  ],
  peer: "tfjs has none: it would make all sums",
});
