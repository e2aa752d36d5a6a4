import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const modulo = (a: number, n: number): number => ((a % n) + n) % n;

const at = (cells: number, width: number, size: number, positions: readonly number[]): Case<{ size: number }> => ({
  shapes: [[positions.length, cells, width], [positions.length]],
  attributes: { size },
  inputs: (random: Random) => [uniform(random, [positions.length, cells, width]), array([positions.length], positions)],
  constant: [1],
});

export default defineOpTest({
  reference([tape, position]: readonly NDArray[], { size }: { size: number }) {
    const [batch, cells, width] = tape!.shape as [number, number, number];
    const y: number[] = [];
    for (let b = 0; b < batch; ++b) {
      for (let k = 0; k < size; ++k) {
        const cell = modulo(position!.data[b]! + k - (size - 1) / 2, cells);
        for (let i = 0; i < width; ++i) y.push(cell >= 0 ? tape!.data[(b * cells + cell) * width + i]! : 0);
      }
    }
    return [array([batch, size, width], y)];
  },
  cases: [
    ...widths.map((width) => at(6, width, 3, [2, 0])),
    at(5, 3, 1, [0, 4, 3]),
    at(5, 4, 5, [0, 2, 4, -1, 17]), // heads that went around
    at(2, 3, 5, [0, 1]), // more of a window than there is tape
    at(4, 2, 3, [NaN, 1]),
  ],
  /** A product with 1 at the cells that are read. */
  peer([tape, position], { size }) {
    const cells = tape!.shape[1]!;
    const offsets = tf.tensor2d([Array.from({ length: size }, (_, k) => k - (size - 1) / 2)]);
    const places = tf.cast(tf.mod(tf.add(tf.expandDims(position!, 1), offsets), cells), "int32");
    return tf.matMul(tf.cast(tf.oneHot(places, cells), "float32"), tape!);
  },
  unknownToPeer: ([, position]) => position!.data.some(Number.isNaN),
  bench: [
    {
      size: "100x14x8",
      ...at(
        14,
        8,
        3,
        Array.from({ length: 100 }, (_, i) => i % 14),
      ),
    },
  ],
});
