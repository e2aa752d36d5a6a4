import { createRequire } from "node:module";
import { dirname } from "node:path";
import tf from "@tensorflow/tfjs"; // the whole package: tfjs-core alone lacks the gradients
import { getThreadsCount, setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { NDArray } from "../../tests/support/array.js";

/**
 * Starts tfjs on its wasm backend, which in Node has SIMD and one thread: it looks for threads in browsers only.
 * Returns the number of threads.
 */
export async function startTfjs(): Promise<number> {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${dirname(main)}/`);
  setThreadsCount(1);
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs could not start its wasm backend");
  return getThreadsCount();
}

export const toTensor = ({ shape, data }: NDArray): tf.Tensor => tf.tensor(Float32Array.from(data), [...shape]);

export const fromTensor = (tensor: tf.Tensor): NDArray => ({
  shape: tensor.shape,
  data: Float64Array.from(tensor.dataSync()),
});

/** Computes tensors, reads them and leaves none behind. */
export function evaluate(compute: () => tf.Tensor[]): NDArray[] {
  const tensors = tf.tidy(compute);
  const values = tensors.map(fromTensor);
  tf.dispose(tensors);
  return values;
}
