import type { Engine } from "../../engine/engine.js";
import { compile } from "../../graph/compile.js";
import { Graph } from "../../graph/graph.js";
import { exp } from "../../graph/ops/index.js";
import type { Program } from "../../graph/program.js";
import type { Runnable } from "../../runtime/runnable.js";
import { SequenceRunner } from "../../runtime/sequenceRunner.js";
import type { TransduceOptions, Transducing } from "../../models/transduction.js";
import { shown } from "../../common/shown.js";
import type { ModelDescription } from "../facts.js";
import { joined } from "./labels.js";
import { alignmentPage, type AlignmentPageOptions } from "./page.js";

/** A model that reads a source and looks back at it while it says a target. */
export type Aligning = Transducing & ModelDescription;

/** What a page shows of a model with attention, and what it says of it. */
export interface TraceAlignmentOptions
  extends
    Omit<TransduceOptions, "attention">,
    Pick<AlignmentPageOptions, "task" | "input" | "say" | "facts" | "refused"> {
  /** Symbols, or a string, whose characters they are. */
  source: string | readonly string[];
  /** Every target that is right, if that is known. */
  targets?: readonly (string | readonly string[])[];
}

/** What stands for the end of a target, as in the article. */
const END = "<end>";

/** Runs the model and draws where it looked. @throws as tracePage does. */
export function traceAlignment(engine: Engine, model: Aligning, options: TraceAlignmentOptions): string {
  const { source, targets, task, input, say = joined, facts, refused, ...transducing } = options;
  const owner = "tracePage";
  if (!("decode" in model))
    throw new TypeError(
      `${owner}: ${shown((model as { name?: unknown }).name)} reads rows of numbers, and the options must have inputs`,
    );
  if (targets !== undefined && !Array.isArray(targets))
    throw new TypeError(`${owner}: targets are ${shown(targets)}, and must be an array of all that are right`);
  const [result] = model.run(engine, [source], { ...transducing, attention: true });
  const { symbols, ended, attention, beams } = result!;
  if (!attention)
    throw new RangeError(
      `${owner}: the model's attention is "${model.options.attention}": there is no alignment to draw`,
    );
  const wanted = targets?.map((target) => (typeof target === "string" ? [...target] : target));
  const isRight = (said: readonly string[]): boolean => wanted!.some((target) => isSame(said, target));
  const probabilities = expOf(
    engine,
    beams.map(({ score }) => score),
  );
  const answers = beams.map(({ symbols, score, rank, ended }, i) => ({
    symbols,
    score,
    rank,
    ended,
    probability: probabilities[i]!,
    ...(wanted && { right: isRight(symbols) }),
  }));
  const alignment = {
    sources: typeof source === "string" ? [...source] : source,
    targets: ended ? [...symbols, END] : symbols,
    weights: attention,
  };
  return alignmentPage(alignment, {
    model,
    answers,
    say,
    ...(wanted?.length && { wanted: wanted.map((target) => `“${say(target)}”`).join(" or ") }),
    ...(task !== undefined && { task }),
    ...(input !== undefined && { input }),
    ...(refused !== undefined && { refused }),
    ...(facts && { facts }),
  });
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((symbol, i) => symbol === other[i]);

/** e to the power of each, computed where all is computed. */
function expOf(engine: Engine, values: readonly number[]): Float32Array {
  const program = (): Program => {
    const graph = new Graph();
    graph.output("y", exp(graph.input("x", [graph.dimension("time"), 1, 1])));
    return compile(graph);
  };
  const power: Runnable = {
    name: "exp",
    inputSize: 1,
    outputSize: 1,
    parameters: { in: () => 0 },
    program,
  };
  const runner = new SequenceRunner(power);
  try {
    return runner.run(engine, { data: Float32Array.from(values), shape: [values.length, 1] }, {}).outputs.data;
  } finally {
    engine.release(runner);
  }
}
