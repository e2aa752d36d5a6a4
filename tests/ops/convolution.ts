import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

/** Images shorter than their kernel, as long, and longer; depths around the tiles of the kernel. */
const convolutions: [x: number[], kernel: number[]][] = [
  [
    [1, 1, 1],
    [1, 1, 1],
  ],
  [
    [1, 1, 2],
    [3, 2, 3],
  ],
  [
    [2, 2, 3],
    [5, 3, 2],
  ],
  [
    [3, 3, 4],
    [3, 4, 8],
  ],
  [
    [1, 5, 16],
    [3, 16, 5],
  ],
  [
    [2, 9, 3],
    [3, 3, 17],
  ],
  [
    [1, 8, 5],
    [7, 5, 4],
  ],
  [
    [1, 4, 7],
    [1, 7, 3],
  ],
  [
    [1, 1, 1, 1],
    [3, 3, 1, 1],
  ],
  [
    [2, 4, 5, 3],
    [3, 3, 3, 6],
  ],
  [
    [1, 2, 4, 2],
    [5, 3, 2, 4],
  ],
  [
    [2, 3, 2, 4],
    [1, 5, 4, 3],
  ],
  [
    [1, 3, 7, 1],
    [3, 1, 1, 18],
  ],
];

export default defineOpTest({
  reference([x, kernel, bias]) {
    const [batch, width, length, inputs] = x.shape.length === 3 ? [x.shape[0], 1, ...x.shape.slice(1)] : x.shape;
    const [rows, taps, , outputs] = kernel.shape.length === 3 ? [1, ...kernel.shape] : kernel.shape;
    const at = (b: number, w: number, p: number, i: number): number =>
      w >= 0 && w < width && p >= 0 && p < length ? x.data[((b * width + w) * length + p) * inputs + i] : 0;
    const y = new Float64Array(batch * width * length * outputs);
    for (let b = 0, to = 0; b < batch; ++b) {
      for (let w = 0; w < width; ++w) {
        for (let p = 0; p < length; ++p) {
          for (let j = 0; j < outputs; ++j) {
            let sum = bias.data[j];
            for (let a = 0; a < rows; ++a) {
              for (let q = 0; q < taps; ++q) {
                for (let i = 0; i < inputs; ++i) {
                  const weight = kernel.data[((a * taps + q) * inputs + i) * outputs + j];
                  sum += weight * at(b, w + a - (rows - 1) / 2, p + q - (taps - 1) / 2, i);
                }
              }
            }
            y[to++] = sum;
          }
        }
      }
    }
    return [array(x.shape.with(-1, outputs), y)];
  },
  cases: convolutions.map(([x, kernel]) => ({ shapes: [x, kernel, [kernel.at(-1)!]] })),
  /** The wasm backend has no gradient by the kernel: a product of matrices for each tap. */
  peer([x, kernel, bias]) {
    const image = (x.rank === 3 ? tf.expandDims(x, 1) : x) as tf.Tensor4D;
    const filter = (kernel.rank === 3 ? tf.expandDims(kernel, 0) : kernel) as tf.Tensor4D;
    const convolved = tf.customGrad((a, k, save) => {
      (save as (tensors: tf.Tensor[]) => void)([a as tf.Tensor, k as tf.Tensor]);
      const gradFunc = (dy: tf.Tensor, [image, filter]: tf.Tensor[]): tf.Tensor[] => [
        tf.conv2dTranspose(dy as tf.Tensor4D, filter as tf.Tensor4D, image!.shape as Shape4, 1, "same"),
        kernelGradient(image as tf.Tensor4D, dy, filter!.shape),
      ];
      return { value: tf.conv2d(a as tf.Tensor4D, k as tf.Tensor4D, 1, "same"), gradFunc };
    });
    const y = tf.add(convolved(image, filter), bias);
    return x.rank === 3 ? tf.squeeze(y, [1]) : y;
  },
  /** A Neural GPU's: the step of its article, and the candidate and the gates of the diagonal one. */
  bench: [
    { size: "32x4x40x24 3x3", shapes: [[32, 4, 40, 24], [3, 3, 24, 24], [24]] },
    { size: "32x20x48 3", shapes: [[32, 20, 48], [3, 48, 48], [48]] },
    { size: "32x40x48 3", shapes: [[32, 40, 48], [3, 48, 96], [96]] },
  ],
});

type Shape4 = [number, number, number, number];

function kernelGradient(image: tf.Tensor4D, dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const [batch, width, length, inputs] = image.shape;
  const [rows, taps, , outputs] = shape as Shape4;
  const half = (count: number): [number, number] => [(count - 1) / 2, (count - 1) / 2];
  const padded = tf.pad(image, [[0, 0], half(rows), half(taps), [0, 0]]);
  const flat = tf.reshape(dy, [-1, outputs]);
  const products: tf.Tensor[] = [];
  for (let a = 0; a < rows; ++a) {
    for (let q = 0; q < taps; ++q) {
      const seen = tf.slice(padded, [0, a, q, 0], [batch, width, length, inputs]);
      products.push(tf.matMul(tf.reshape(seen, [-1, inputs]), flat, true));
    }
  }
  return tf.reshape(tf.stack(products), [...shape]);
}
