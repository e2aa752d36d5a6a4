import tf from "@tensorflow/tfjs";
import { zeros } from "../support/array.js";
import { benchTables, tables, type Table } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([rows, batch, columns]: Table): Case => ({
  shapes: [
    [rows, batch, columns],
    [batch, columns],
  ],
});

export default defineOpTest({
  reference([cells, weights]) {
    const [rows, batch, columns] = cells.shape as [number, number, number];
    const y = zeros([rows, batch]);
    cells.data.forEach((cell, i) => {
      y.data[Math.floor(i / columns)] += cell * weights.data[i % (batch * columns)];
    });
    return [y];
  },
  cases: tables.map(at),
  peer: ([cells, weights]) => tf.sum(tf.mul(cells, tf.expandDims(weights, 0)), 2),
  bench: benchTables.map((sizes) => ({ size: sizes.join("x"), ...at(sizes) })),
});
