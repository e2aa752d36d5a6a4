import { max, sum } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";

/**
 * The number () of sequences with any mistake, from misses (time, batch, …): 1 where an answer is wrong, else 0. The
 * metric of Graves 2016, "sequence error rate", once it is divided by the sequences.
 */
export function sequenceError(misses: Tensor): Tensor {
  let any = misses;
  while (any.shape.length > 2) any = max(any);
  return sum(max(any, { axis: 0 }));
}
