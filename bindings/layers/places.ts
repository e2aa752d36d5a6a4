import { add, affine, broadcast, constant, relu, subtract, transpose, weightedRead } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";

/** The places 0, 1, … of each set: embedded (batch, count, …) → (batch, count). */
export function positionsLike({ scope: { graph }, shape }: Tensor): Tensor {
  const [batch, count] = shape as [number, Tensor["shape"][number]];
  const zeros = constant(graph, [batch], 0);
  const counting = (i: Tensor): [Tensor, Tensor] => [affine(i, { shift: 1 }), i];
  return transpose(scan(counting, zeros, [] as Tensor[], { steps: count })[1]);
}

/** place (batch), positions (batch, count) → (batch, count): 1 at the place, 0 elsewhere. Exact, for whole numbers. */
export function oneHot(place: Tensor, positions: Tensor): Tensor {
  const away = subtract(positions, broadcast(place, { axis: 1, count: positions.shape[1]! }));
  const distance = add(relu(away), relu(affine(away, { scale: -1 })));
  return relu(affine(distance, { scale: -1, shift: 1 }));
}

/** The vectors that one-hot rows point at: embedded (batch, count, width), there (batch, count) → (batch, width). */
export function vectorAt(embedded: Tensor, there: Tensor): Tensor {
  const [batch, count, width] = embedded.shape;
  return reshape(weightedRead(embedded, reshape(there, [batch!, 1, count!])), [batch!, width!]);
}
