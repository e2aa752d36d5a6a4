import type { Graph } from "../graph/graph.js";
import { affine, concat, constant, slice } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";

/** 0, 1, 2, … of so many: (size). */
export function ramp(graph: Graph, size: number): Tensor {
  let numbers = constant(graph, [1], 0);
  for (let length = 1; length < size; length *= 2) numbers = concat([numbers, affine(numbers, { shift: length })]);
  return slice(numbers, { begin: 0, end: size });
}
