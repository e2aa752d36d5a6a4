import tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, zeros, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest, type Case } from "../support/opTest.js";

const modulo = (a: number, n: number): number => ((a % n) + n) % n;

const at = (cells: number, width: number, size: number, positions: readonly number[]): Case => ({
  shapes: [[positions.length, cells, width], [positions.length], [positions.length, size, width]],
  inputs: (random: Random) => [
    uniform(random, [positions.length, cells, width]),
    array([positions.length], positions),
    uniform(random, [positions.length, size, width]),
  ],
  constant: [1],
});

export default defineOpTest({
  reference([tape, position, values]: readonly NDArray[]) {
    const [batch, cells, width] = tape!.shape as [number, number, number];
    const size = values!.shape[1]!;
    const next = zeros(tape!.shape);
    next.data.set(tape!.data);
    for (let b = 0; b < batch; ++b) {
      for (let k = 0; k < size; ++k) {
        const cell = modulo(position!.data[b]! + k - (size - 1) / 2, cells);
        if (!(cell >= 0)) continue;
        for (let i = 0; i < width; ++i) {
          next.data[(b * cells + cell) * width + i] = values!.data[(b * size + k) * width + i]!;
        }
      }
    }
    return [next];
  },
  cases: [
    ...widths.map((width) => at(6, width, 3, [2, 0])),
    at(5, 3, 1, [0, 4, 3]),
    at(5, 4, 5, [0, 2, 4, -1, 17]),
    at(7, 5, 3, [6, 5, -14]),
    at(4, 2, 3, [NaN, 1]),
  ],
  /** 1 where a cell is written, times what is written there, and the tape elsewhere. */
  peer([tape, position, values]) {
    const [cells, size] = [tape!.shape[1]!, values!.shape[1]!];
    const offsets = tf.tensor2d([Array.from({ length: size }, (_, k) => k - (size - 1) / 2)]);
    const places = tf.cast(tf.mod(tf.add(tf.expandDims(position!, 1), offsets), cells), "int32");
    const written = tf.cast(tf.oneHot(places, cells), "float32"); // (batch, size, cells)
    const kept = tf.sub(1, tf.sum(written, 1));
    return tf.add(tf.mul(tape!, tf.expandDims(kept, 2)), tf.matMul(written, values!, true));
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
