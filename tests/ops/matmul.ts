import tf from "@tensorflow/tfjs";
import { array, lengthOf, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

/** Rows, inner size and columns around the tiles of the kernel. */
const products: [m: number, k: number, n: number][] = [
  [1, 1, 1],
  [1, 5, 3],
  [2, 3, 8],
  [3, 4, 17],
  [4, 7, 16],
  [5, 2, 12],
  [7, 17, 5],
  [8, 9, 33],
  [17, 3, 4],
  [32, 3, 16], // from here on, rows enough for the packed kernel
  [35, 4, 21],
];

export default defineOpTest({
  reference(
    [a, b]: readonly NDArray[],
    { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
  ) {
    const batchShape = a.shape.slice(0, -2);
    const [rows, cols] = a.shape.slice(-2) as [number, number];
    const [m, k] = transposeA ? [cols, rows] : [rows, cols];
    const n = b.shape.at(transposeB ? -2 : -1)!;
    const y = array([...batchShape, m, n], new Float64Array(lengthOf(batchShape) * m * n));
    y.data.forEach((_, at) => {
      const [batch, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
      for (let p = 0; p < k; ++p) {
        const left = a.data[batch * m * k + (transposeA ? p * m + i : i * k + p)];
        const right = b.data[batch * k * n + (transposeB ? j * k + p : p * n + j)];
        y.data[at] += left * right;
      }
    });
    return [y];
  },
  cases: products.flatMap(([m, k, n]) => [
    {
      shapes: [
        [m, k],
        [k, n],
      ],
    },
    {
      shapes: [
        [k, m],
        [k, n],
      ],
      attributes: { transposeA: true },
    },
    {
      shapes: [
        [2, m, k],
        [2, n, k],
      ],
      attributes: { transposeB: true },
    },
  ]),
  peer: ([a, b], { transposeA = false, transposeB = false } = {}) => tf.matMul(a, b, transposeA, transposeB),
  bench: [
    {
      size: "1x129x400",
      shapes: [
        [1, 129],
        [129, 400],
      ],
    },
    {
      size: "16x129x400",
      shapes: [
        [16, 129],
        [129, 400],
      ],
    },
    {
      size: "64x256x256",
      shapes: [
        [64, 256],
        [256, 256],
      ],
    },
    {
      size: "128x512x512",
      shapes: [
        [128, 512],
        [512, 512],
      ],
    },
  ],
});
