import { array, rowsOf, type NDArray } from "../support/array.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function gruCell([xGates, hGates, h]: readonly NDArray[]): NDArray[] {
  const [, hidden] = rowsOf(h!.shape);
  const next = h!.data.map((old, i) => {
    const [row, j] = [Math.floor(i / hidden), i % hidden];
    const at = (block: number): number => (3 * row + block) * hidden + j;
    const r = sigmoid(xGates!.data[at(0)]! + hGates!.data[at(0)]!);
    const z = sigmoid(xGates!.data[at(1)]! + hGates!.data[at(1)]!);
    const n = Math.tanh(xGates!.data[at(2)]! + r * hGates!.data[at(2)]!);
    return (1 - z) * n + z * old;
  });
  return [array(h!.shape, next)];
}
