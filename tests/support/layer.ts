import type { Parameter } from "../../bindings/graph/parameter.js";
import type { Layer } from "../../bindings/layers/layer.js";
import type { Random } from "../../bindings/common/random/philox.js";
import { uniform } from "./array.js";

export type Vector = readonly number[];

export const dot = (a: Vector, b: Vector): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** Random parameters of a layer by itself, and products with them in double precision. */
export interface Laid {
  readonly values: Float32Array;
  readonly count: number;
  vector(parameter: Parameter): Vector;
  /** x W */
  times(x: Vector, weights: Parameter): Vector;
}

/** Lays a layer's parameters out, one behind the other. */
export function layOut(layer: Layer, random: Random): Laid {
  let count = 0;
  for (const [, parameter] of layer.namedParameters()) {
    parameter.offset = count;
    count += parameter.size;
  }
  const values = Float32Array.from(uniform(random, [count], -1, 1).data);
  const vector = ({ offset, size }: Parameter): Vector => [...values.subarray(offset, offset + size)];
  return {
    values,
    count,
    vector,
    times(x, weights) {
      const [rows, columns] = weights.shape as [number, number];
      if (x.length !== rows) throw new Error(`${x.length} numbers, and a matrix of ${rows} rows`);
      const all = vector(weights);
      return Array.from({ length: columns }, (_, c) => x.reduce((sum, v, r) => sum + v * all[r * columns + c]!, 0));
    },
  };
}
