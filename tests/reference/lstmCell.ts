import { array, rowsOf, type NDArray } from "../support/array.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function lstmCell([gates, cell]: readonly NDArray[]): NDArray[] {
  const [, hidden] = rowsOf(cell!.shape);
  const h: number[] = [];
  const c: number[] = [];
  cell!.data.forEach((old, n) => {
    const [r, j] = [Math.floor(n / hidden), n % hidden];
    const [i, f, g, o] = [0, 1, 2, 3].map((block) => gates!.data[(4 * r + block) * hidden + j]!);
    c[n] = sigmoid(f!) * old + sigmoid(i!) * Math.tanh(g!);
    h[n] = sigmoid(o!) * Math.tanh(c[n]);
  });
  return [array(cell!.shape, h), array(cell!.shape, c)];
}
