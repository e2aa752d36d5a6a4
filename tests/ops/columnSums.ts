import tf from "@tensorflow/tfjs";
import { zeros } from "../support/array.js";
import { benchTables, tables, type Table } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const at = ([rows, batch, columns]: Table): Case => ({
  shapes: [
    [rows, batch],
    [rows, batch, columns],
  ],
});

export default defineOpTest({
  reference([selected, cells]) {
    const [, batch, columns] = cells.shape as [number, number, number];
    const y = zeros([batch, columns]);
    cells.data.forEach((cell, i) => {
      y.data[i % (batch * columns)] += selected.data[Math.floor(i / columns)] * cell;
    });
    return [y];
  },
  cases: tables.map(at),
  peer: ([selected, cells]) => tf.sum(tf.mul(tf.expandDims(selected, 2), cells), 0),
  bench: benchTables.map((sizes) => ({ size: sizes.join("x"), ...at(sizes) })),
});
