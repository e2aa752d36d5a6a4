import type { Graph } from "../../graph/graph.js";
import { concat } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Selection } from "../../layers/tablePrograms.js";
import { rowOperations } from "./rowMachine.js";

/** A model that records programs. */
interface Programming {
  readonly options: { readonly steps: number; readonly columns: number };
  record(
    graph: Graph,
    batch: number,
  ): { readonly selected: readonly Tensor[]; readonly selections: readonly Selection[]; readonly pivots: Tensor };
}

/** The most probable program, what it selects on the way, and how probable everything was. */
export function answeringGraph(model: Programming, graph: Graph, batch: number): void {
  const { steps, columns } = model.options;
  const { selected, selections, pivots } = model.record(graph, batch);
  const stacked = (of: keyof Selection, size: number): Tensor =>
    reshape(concat(selections.map((each) => each[of])), [batch, steps, size]);
  graph.output("operations", stacked("operation", rowOperations.length));
  graph.output("columns", stacked("column", columns));
  graph.output("pivots", pivots);
  const [rows] = selected[0]!.shape;
  graph.output("selected", concat(selected.map((x) => reshape(x, [rows!, batch, 1]))));
}
