import { array, lengthOf, type NDArray } from "../support/array.js";

export function matmul(
  [a, b]: readonly NDArray[],
  { transposeA = false, transposeB = false }: { transposeA?: boolean; transposeB?: boolean } = {},
): NDArray[] {
  const batchShape = a!.shape.slice(0, -2);
  const [rows, cols] = a!.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [cols, rows] : [rows, cols];
  const n = b!.shape.at(transposeB ? -2 : -1)!;
  const y = array([...batchShape, m, n], new Float64Array(lengthOf(batchShape) * m * n));
  y.data.forEach((_, at) => {
    const [batch, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
    for (let p = 0; p < k; ++p) {
      const left = a!.data[batch * m * k + (transposeA ? p * m + i : i * k + p)]!;
      const right = b!.data[batch * k * n + (transposeB ? j * k + p : p * n + j)]!;
      y.data[at]! += left * right;
    }
  });
  return [y];
}
