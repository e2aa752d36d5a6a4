import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, zeros, type NDArray } from "../support/array.js";
import { benchTables, tables } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([selected, order]) {
    const [rows, batch, columns] = order.shape as [number, number, number];
    const y = zeros(order.shape);
    for (let b = 0; b < batch; ++b) {
      for (let c = 0; c < columns; ++c) {
        let before = 0;
        for (let k = 0; k < rows; ++k) {
          const row = order.data[(k * batch + b) * columns + c];
          if (!Number.isInteger(row) || row < 0 || row >= rows) continue;
          const s = selected.data[row * batch + b];
          y.data[(row * batch + b) * columns + c] = s * Math.max(0, 1 - before);
          before += s;
        }
      }
    }
    return [y];
  },
  cases: [0.2, 0.7].flatMap((most) =>
    tables.map(([rows, batch, columns]) => ({
      shapes: [],
      // rows in a random order, every fifth skipped in one of three ways; few selected, then more than one in all
      inputs: (random: Random): NDArray[] => {
        const order = new Float64Array(rows * batch * columns);
        for (let list = 0; list < batch * columns; ++list) {
          const left = Array.from({ length: rows }, (_, i) => i);
          for (let k = 0; k < rows; ++k) {
            const [row] = left.splice(random.integer(0, left.length - 1), 1);
            const isSkipped = (k + list) % 5 === 4;
            order[k * batch * columns + list] = isSkipped ? [-1, rows, NaN][k % 3] : row;
          }
        }
        return [uniform(random, [rows, batch], 0, most), array([rows, batch, columns], order)];
      },
      constant: [1],
    })),
  ),
  peer([selected, order]) {
    const [rows, batch] = order.shape as [number, number, number];
    const known = tf.transpose(tf.where(tf.isNaN(order), -1, order), [1, 2, 0]);
    const places = tf.oneHot(tf.cast(known, "int32"), rows); // (batch, columns, k, rows): nothing where it is no row
    const met = tf.sum(tf.mul(places, tf.reshape(tf.transpose(selected), [batch, 1, 1, rows])), 3);
    const left = tf.relu(tf.sub(1, tf.cumsum(met, 2, true)));
    return tf.transpose(tf.sum(tf.mul(places, tf.expandDims(tf.mul(met, left), 3)), 2), [2, 0, 1]);
  },
  unknownToPeer: ([, order]) => order.shape[0] === 1,
  bench: benchTables.map(([rows, batch, columns]) => ({
    size: `${rows}x${batch}x${columns}`,
    shapes: [],
    inputs: (random) => [
      uniform(random, [rows, batch], 0, 1),
      array(
        [rows, batch, columns],
        Array.from({ length: rows * batch * columns }, (_, i) => rows - 1 - Math.floor(i / batch / columns)),
      ),
    ],
    constant: [1],
  })),
});
