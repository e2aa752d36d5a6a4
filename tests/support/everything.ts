import type { Graph } from "../../bindings/graph/graph.js";
import * as ops from "../../bindings/graph/ops/index.js";
import { reshape } from "../../bindings/graph/reshape.js";
import { scan } from "../../bindings/graph/scan.js";
import type { Tensor } from "../../bindings/graph/tensor.js";
import { uniform } from "../../bindings/layers/initializers.js";
import { RecurrentModel } from "../../bindings/models/recurrentModel.js";

const SIZE = 6;

/** A model that computes nothing of use, with ops that no other model has yet, and a loop in its loop. */
export class Everything extends RecurrentModel<{ h: Tensor }> {
  override readonly name = "Everything";
  readonly options = { inputSize: SIZE, outputSize: SIZE, seed: 3 };
  readonly table = this.parameter("table", [5, SIZE], uniform(1));
  readonly square = this.parameter("square", [SIZE, SIZE], uniform(1));
  readonly gain = this.parameter("gain", [SIZE], uniform(1));
  readonly gates = this.parameter("gates", [3 * SIZE, SIZE], uniform(1));

  override initialState(graph: Graph, batch: number): { h: Tensor } {
    return { h: ops.constant(graph, [batch, SIZE], 0.25) };
  }

  override step(x: Tensor, { h }: { h: Tensor }): [Tensor, { h: Tensor }] {
    const batch = x.shape[0] as number;
    const graph = x.scope.graph;
    const indices = ops.affine(ops.sigmoid(ops.max(x)), { scale: 7, shift: -1 }); // some of them are no row's
    const rows = ops.gather(this.table, indices);
    const outer = ops.matmul(reshape(rows, [batch, SIZE, 1]), reshape(x, [batch, 1, SIZE]));
    const turned = ops.transpose(outer);
    const folded = ops.sum(ops.matmul(turned, outer, { transposeB: true }), { axis: 1 });
    const again = ops.max(ops.matmul(outer, turned, { transposeA: true }), { axis: 1 });
    const normal = ops.multiply(ops.add(folded, again), ops.broadcast(graph.parameter(this.gain), { count: batch }));
    const mask = ops.relu(ops.subtract(x, h));
    const masked = ops.concat([ops.maskedSoftmax(normal, mask), ops.maskedLogSoftmax(normal, mask), x]);
    const wide = ops.matmul(masked, this.gates); // (batch, 3·SIZE) · (3·SIZE, SIZE)
    const gates = ops.concat([wide, ops.divide(wide, ops.exp(x)), ops.logSoftmax(ops.log(ops.softplus(wide)))]);
    const next = ops.gruCell(gates, ops.tanh(gates), h);
    // Of no row in particular: what mixes rows would depend on how a batch is cut.
    const square = graph.parameter(this.square);
    const target = ops.constant(graph, [SIZE, SIZE], 0.5);
    const total = ops.sum(ops.sum(ops.multiply(square, target)));
    const spread = reshape(ops.broadcast(ops.clip(total, { low: -1, high: 1 }), { count: batch * SIZE }), [
      batch,
      SIZE,
    ]);
    const settled = this.#settle(next, spread);
    return [ops.identity(settled), { h: ops.multiply(settled, ops.clip(x, { low: -1, high: 1 })) }];
  }

  /** As many rounds as a row wants, of at most five. */
  #settle(first: Tensor, spread: Tensor): Tensor {
    const graph = first.scope.graph;
    const none = ops.constant(graph, [first.shape[0]!], 0);
    const [{ mean }] = scan(
      ({ y, mean, counted: [sum, steps, halted] }: Settling) => {
        const next = ops.add(ops.matmul(y, this.square), ops.affine(spread, { scale: 1e-3 }));
        const h = ops.sigmoid(ops.max(next));
        const [p, ...counted] = ops.halting(h, sum, steps, halted, { epsilon: 0.25, limit: 5 });
        return [{ y: next, mean: ops.accumulate(mean, next, p), counted }, p, counted[2]];
      },
      { y: first, mean: ops.softmax(first), counted: [none, none, none] } as Settling,
      { every: ops.constant(graph, [5, 1], 0) },
    );
    return mean;
  }
}

type Settling = { y: Tensor; mean: Tensor; counted: [sum: Tensor, steps: Tensor, halted: Tensor] };
