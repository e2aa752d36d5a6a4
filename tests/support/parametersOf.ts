import type { Parameter } from "../../bindings/graph/parameter.js";
import type { Layer } from "../../bindings/layers/layer.js";

const known = new WeakMap<Layer, ReadonlyMap<string, Parameter>>();

/** A model's parameters by their paths, looked up once: differences evaluate its equations thousands of times. */
export function parametersOf(model: Layer): ReadonlyMap<string, Parameter> {
  let parameters = known.get(model);
  if (!parameters) known.set(model, (parameters = new Map(model.namedParameters())));
  return parameters;
}

/** x W + b, of the layer of a path. In loops, without copies of W: differences take hundreds of thousands of products. */
export function affineOf(model: Layer, parameters: ArrayLike<number>) {
  const all = parametersOf(model);
  return (layer: string, x: ArrayLike<number>): number[] => {
    const [weights, bias] = [all.get(`${layer}.weights`)!, all.get(`${layer}.bias`)!];
    const [count, first] = [bias.size, weights.offset];
    const sums: number[] = [];
    for (let o = 0; o < count; ++o) {
      let sum = parameters[bias.offset + o]!;
      for (let i = 0; i < x.length; ++i) sum += x[i]! * parameters[first + i * count + o]!;
      sums.push(sum);
    }
    return sums;
  };
}
