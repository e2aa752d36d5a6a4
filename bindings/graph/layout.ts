import type { Graph } from "./graph.js";
import type { Shape } from "./shape.js";
import type { Tensor } from "./tensor.js";

/**
 * The inputs of a program, by name: their axes, outermost first. "batch" is the examples, another text in front of it
 * the name of a run-time length, and numbers are fixed.
 *
 * @example
 * const layout = { x: ["time", "batch", 9], mask: ["time", "batch"], lengths: ["batch"] };
 */
export type Layout = Readonly<Record<string, readonly (string | number)[]>>;

/** The inputs of a layout for so many examples, as tensors of a graph. */
export function inputsOf<Names extends string>(
  graph: Graph,
  layout: { readonly [Name in Names]: readonly (string | number)[] },
  batch: number,
): { [Name in Names]: Tensor } {
  const shapeOf = (axes: readonly (string | number)[]): Shape =>
    axes.map((axis) => (axis === "batch" ? batch : typeof axis === "string" ? graph.dimension(axis) : axis));
  const tensors = Object.entries<readonly (string | number)[]>(layout).map(([name, axes]) => [
    name,
    graph.input(name, shapeOf(axes)),
  ]);
  return Object.fromEntries(tensors) as { [Name in Names]: Tensor };
}
