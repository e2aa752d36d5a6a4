import { array, rowsOf, type NDArray } from "../support/array.js";
import { matmul } from "./matmul.js";

export function linear([x, weights, bias]: readonly NDArray[]): NDArray[] {
  const [rows, inputs] = rowsOf(x!.shape);
  const outputs = bias!.data.length;
  const [y] = matmul([array([rows, inputs], x!.data), weights!]);
  return [
    array(
      [...x!.shape.slice(0, -1), outputs],
      y!.data.map((v, at) => v + bias!.data[at % outputs]!),
    ),
  ];
}
