import type { Graph } from "../../graph/graph.js";
import { add, affine, constant, gather, relu, subtract, broadcast, sum, multiply } from "../../graph/ops/index.js";
import type { Initializer, Parameter } from "../../graph/parameter.js";
import { first, reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";

/** Relaxation: a step of the computation has parameters of its own, set t mod r, and a cost pulls the sets together. */

/** An initializer for each of several sets: (sets, …). */
export const eachSet =
  (initialize: Initializer): Initializer =>
  (values, random, [sets, ...shape]) => {
    const size = values.length / sets!;
    for (let set = 0; set < sets!; ++set) initialize(values.subarray(set * size, (set + 1) * size), random, shape);
  };

/** The set of a step: sets (sets, …), set (1), its number → (…). Without a number there is one set. */
export function setOf(parameter: Parameter, set: Tensor | undefined, graph: Graph): Tensor {
  const sets = graph.parameter(parameter);
  if (!set) return first(sets);
  const [count, ...shape] = parameter.shape as [number, ...number[]];
  const size = parameter.size / count;
  return reshape(gather(reshape(sets, [count, size]), set), shape);
}

/** The first step's set. */
export const firstSet = (graph: Graph): Tensor => constant(graph, [1], 0);

/** (t + 1) mod sets from t mod sets, exactly. */
export function nextSet(set: Tensor, sets: number): Tensor {
  const isLast = relu(affine(set, { shift: 2 - sets }));
  return subtract(affine(set, { shift: 1 }), affine(isLast, { scale: sets }));
}

/** Σ over elements and sets of (θ_j − mean)², a scalar. */
export function distances(parameters: Iterable<Parameter>, graph: Graph): Tensor {
  let total = constant(graph, [], 0);
  for (const parameter of parameters) {
    const count = parameter.shape[0]!;
    const sets = reshape(graph.parameter(parameter), [count, parameter.size / count]);
    const mean = affine(sum(sets, { axis: 0 }), { scale: 1 / count });
    const away = subtract(sets, broadcast(mean, { axis: 0, count }));
    total = add(total, sum(sum(multiply(away, away))));
  }
  return total;
}
