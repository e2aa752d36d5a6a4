import type { Engine } from "../engine/engine.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import { sigmoid, softmax } from "../graph/ops/index.js";
import type { Program } from "../graph/program.js";
import type { Runnable } from "../runtime/runnable.js";
import { SequenceRunner } from "../runtime/sequenceRunner.js";
import type { Values } from "../runtime/sequences.js";

/** What outputs are: a bit each, groups with a class each, or numbers as they are. */
export type Answers = "bits" | "numbers" | { readonly classes: number };

/** Logits (time, outputSize) as probabilities, computed where all is computed: the same bits in every host. */
export function probabilitiesOf(engine: Engine, values: Values, answers: Answers): Values {
  if (answers === "numbers") return values;
  const { data, shape } = values;
  const size = answers === "bits" ? shape[1]! : answers.classes;
  const squash = answers === "bits" ? sigmoid : softmax;
  const program = (): Program => {
    const graph = new Graph();
    graph.output("y", squash(graph.input("x", [graph.dimension("time"), 1, size])));
    return compile(graph);
  };
  const squashing: Runnable = {
    name: squash === sigmoid ? "sigmoid" : "softmax",
    inputSize: size,
    outputSize: size,
    parameters: { in: () => 0 },
    program,
  };
  const runner = new SequenceRunner(squashing);
  try {
    const { outputs } = runner.run(engine, { data, shape: [data.length / size, size] }, {});
    return { data: outputs.data, shape };
  } finally {
    engine.release(runner);
  }
}
