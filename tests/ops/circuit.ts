import type { Random } from "../../bindings/common/random/philox.js";
import { array, lengthOf, weighting, zeros, type NDArray } from "../support/array.js";
import { moduleValue, MODULE_NAMES } from "../support/circuitModules.js";
import { defineOpTest, type Case } from "../support/opTest.js";

/** Every module by enumeration of its arguments, as section 4.3 has it. */
export default defineOpTest({
  reference([pool, memory, w]: readonly NDArray[], _attributes: { limit?: number } | undefined) {
    const [batch, count, cells] = pool.shape as [number, number, number];
    const outputs = zeros([batch, MODULE_NAMES.length, cells]);
    const next = zeros(memory.shape);
    for (let b = 0; b < batch; ++b) {
      const rows = Array.from({ length: count }, (_, k) => rowOf(pool, b * count + k));
      const cellsOf = Array.from({ length: cells }, (_, i) => rowOf(memory, b * cells + i));
      let at = b * w.shape[1];
      const argument = (): number[] => {
        const mean = Array.from({ length: cells }, (_, c) => {
          return rows.reduce((sum, row, k) => sum + w.data[at + k] * row[c], 0);
        });
        at += rows.length;
        return mean;
      };
      MODULE_NAMES.forEach((name, i) => {
        const [p, q] = [argument(), argument()];
        const o = new Array<number>(cells).fill(0);
        if (name === "READ") p.forEach((x, a) => cellsOf[a].forEach((y, c) => (o[c] += x * y)));
        else if (name === "WRITE") q.forEach((y, c) => (o[c] = y));
        else enumerate(name, p, q, o);
        if (name === "WRITE") {
          cellsOf.forEach((cell, a) =>
            cell.forEach((y, c) => (next.data[(b * cells + a) * cells + c] = (1 - p[a]) * y + p[a] * q[c])),
          );
        }
        rows.push(o);
        outputs.data.set(o, (b * MODULE_NAMES.length + i) * cells);
      });
    }
    return [outputs, next];
  },
  cases: [
    ...[1, 2, 3, 4, 5, 7, 8, 16, 17].map((cells) => at(2, 4, cells)),
    ...[1, 2, 3, 5, 9].map((count) => at(1, count, 6)),
    { ...at(1, 3, 5), attributes: { limit: 1e6 } },
    oneHotArguments(2, 3, 8),
  ],
  peer: "tfjs has none: a circuit of 14 modules, each of which reads those before it",
});

function enumerate(name: string, p: readonly number[], q: readonly number[], o: number[]): void {
  // Modules of fewer arguments take what the others would be as given: with any sum, since they ignore it.
  const [unary, constant] = [["INC", "DEC"].includes(name), ["ZERO", "ONE", "TWO"].includes(name)];
  if (constant) o[moduleValue(name, 0, 0, o.length)] += 1;
  else if (unary) p.forEach((x, a) => (o[moduleValue(name, a, 0, o.length)] += x));
  else p.forEach((x, a) => q.forEach((y, b) => (o[moduleValue(name, a, b, o.length)] += x * y)));
}

const rowOf = ({ data, shape }: NDArray, row: number): number[] => {
  const cols = shape.at(-1)!;
  return [...data.subarray(row * cols, (row + 1) * cols)];
};

function at(batch: number, count: number, cells: number): Case<{ limit?: number } | undefined> {
  return {
    shapes: [],
    inputs: (random: Random) => [
      weighting(random, [batch, count, cells]),
      weighting(random, [batch, cells, cells]),
      segments(batch, count, (length) => weighting(random, [length])),
    ],
    // Fourteen modules deep, each of which rounds.
    rtol: 2e-5,
    atol: 2e-6,
  };
}

/** One-hot everything: what an integer machine does. */
function oneHotArguments(batch: number, count: number, cells: number): Case<{ limit?: number } | undefined> {
  const hot = (random: Random, shape: readonly number[]): NDArray => {
    const cols = shape.at(-1)!;
    const y = zeros(shape);
    for (let row = 0; row < lengthOf(shape) / cols; ++row) y.data[row * cols + random.integer(0, cols - 1)] = 1;
    return y;
  };
  return {
    shapes: [],
    inputs: (random) => [
      hot(random, [batch, count, cells]),
      hot(random, [batch, cells, cells]),
      segments(batch, count, (length) => hot(random, [length])),
    ],
  };
}

function segments(batch: number, count: number, make: (length: number) => NDArray): NDArray {
  const rows = Array.from({ length: batch }, () =>
    MODULE_NAMES.flatMap((_, i) => [...make(count + i).data, ...make(count + i).data]),
  );
  return array([batch, rows[0].length], rows.flat());
}
