import { shown } from "../common/shown.js";
import type { Graph } from "../graph/graph.js";

/** Makes traced values outputs, "trace NAME". @throws TypeError for a name that nothing was traced by. */
export function outputTraces(owner: string, graph: Graph, names: readonly string[]): void {
  for (const name of names) {
    const traced = graph.traced.get(name);
    if (!traced) {
      const known = [...graph.traced.keys()].join(", ");
      throw new TypeError(`${owner} has no value ${shown(name)} to trace; it has ${known}`);
    }
    graph.output(`trace ${name}`, traced);
  }
}
