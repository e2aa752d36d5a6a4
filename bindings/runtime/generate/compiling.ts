import type { Graph } from "../../graph/graph.js";
import type { Program } from "../../graph/program.js";
import type { Parametric } from "../executable.js";

/** A model whose graphs become programs. */
export interface Compiling extends Parametric {
  compile(record: (graph: Graph) => void): Program;
}
