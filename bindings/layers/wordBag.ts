import {
  affine,
  broadcast,
  concat,
  constant,
  embeddingBag,
  gather,
  matmul,
  multiply,
  sum,
  weightedRead,
} from "../graph/ops/index.js";
import type { EmbeddingBagOptions } from "../graph/ops/embeddingBag.js";
import { reshape } from "../graph/reshape.js";
import { fixedAxis, type Shape } from "../graph/shape.js";
import type { Tensor } from "../graph/tensor.js";
import { ramp } from "./ramp.js";

/**
 * Bags of words, or position encoding, as the op `embeddingBag`: table (rows, width), indices (…, words) → (…, width).
 * Training takes that op. Elsewhere it is made of ops that every binary has, since the weight of a row at place j is
 * 1 · 1 + s_j · w_k: two weighted sums of rows, and the sum of these, weighted by column.
 */
export function wordBag(table: Tensor, indices: Tensor, options: Required<EmbeddingBagOptions>): Tensor {
  const { graph } = table.scope;
  if (graph.isTraining) return embeddingBag(table, indices, options);
  const { slope, columns } = options;
  const words = fixedAxis("wordBag", indices.shape, -1);
  const width = fixedAxis("wordBag", table.shape, -1);
  const found = gather(table, indices); // (…, words, width)
  if (!slope) return sum(found, { axis: -2 });
  const centred = (size: number, of: number, scale: number): Tensor =>
    concat(
      [
        constant(graph, [1, size], 1),
        reshape(affine(ramp(graph, size), { scale, shift: (scale * (1 - of)) / 2 }), [1, size]),
      ],
      { axis: 0 },
    );
  const [byPlace, byColumn] = [centred(words, columns, slope / (width * columns)), centred(width, width, 1)];
  const outer: Shape = indices.shape.slice(0, -1);
  if (!isFixed(outer)) {
    const one = matmul(byPlace, byColumn, { transposeA: true }); // (words, width)
    const weights = outer.reduceRight<Tensor>((all, count) => broadcast(all, { count }), one);
    return sum(multiply(found, weights), { axis: -2 });
  }
  const count = outer.reduce((a, b) => a * b, 1);
  const [places, scales] = [byPlace, byColumn].map((all) => broadcast(all, { count })) as [Tensor, Tensor];
  const both = weightedRead(reshape(found, [count, words, width]), places);
  return reshape(sum(multiply(both, scales), { axis: 1 }), [...outer, width]);
}

const isFixed = (shape: Shape): shape is readonly number[] => shape.every((axis) => typeof axis === "number");
