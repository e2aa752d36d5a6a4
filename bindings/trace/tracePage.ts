import type { CompiledModel } from "../compiled/compiledModel.js";
import type { Engine } from "../engine/engine.js";
import { Graph } from "../graph/graph.js";
import { ShapeError } from "../graph/shapeError.js";
import { SequenceModel } from "../models/sequenceModel.js";
import { pack as packSequences, type Rows, type Sequence, type Values } from "../runtime/sequences.js";
import { expectOptions } from "../common/options.js";
import { traceAlignment, type Aligning, type TraceAlignmentOptions } from "./alignment/trace.js";
import { judge } from "./answers.js";
import { pageOf, type Labels } from "./layout.js";
import { probabilitiesOf, type Answers } from "./probabilities.js";
import { storedSeries } from "./storing.js";

/** A model that can be looked into: any that runs sequences. */
export type Traceable = SequenceModel<string> | CompiledModel;

/** What a page shows, and what it says of it. */
export interface TracePageOptions {
  /** (time, inputSize) */
  inputs: Sequence;
  /** (time, outputSize): bits; or (time, groups): the index of a class for each group of outputs. Default: not known. */
  targets?: Sequence;
  /** (time): 1 where an answer is due, 0 elsewhere. Default: everywhere. */
  mask?: ArrayLike<number>;
  /** Name of the task, for the title. */
  task?: string;
  /** What goes in, in words, for the title: a text in quotes, or how it was drawn. */
  input?: string;
  /** Outputs are numbers as they are, and no logits. Default: false. */
  areNumbers?: boolean;
  /** What the numbers of a traced value are, from the top, by its name. Default: they are counted. */
  rows?: Readonly<Record<string, readonly string[]>>;
  /** Characters that go with steps, from the logits: a text that goes in, and what comes out as one. */
  labels?: (outputs: Rows) => Labels;
  /** Facts about the model and where it comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/**
 * What a model does with one sequence, as a page to look at: an HTML file that needs nothing else. Inputs, outputs and
 * targets over time, with what is wrong marked; on the same time axis where the heads of a Neural Turing Machine were,
 * how they moved and what they wrote, and its memory at the step that one points at; for other models, whatever they
 * trace.
 *
 * @throws ShapeError, RangeError when inputs, targets or mask do not fit the model or each other; RangeError when
 * something in the run is not finite.
 * @example
 * const html = tracePage(engine, model, { inputs, targets, mask, task: "copy" });
 */
export function tracePage(engine: Engine, model: Traceable, options: TracePageOptions): string;
/**
 * Where a model with attention looked while it turned a source into a target, as `alignmentPage` draws it, and the
 * beams that it found.
 *
 * @throws TypeError, RangeError when the source is empty or no list of symbols, the model has no attention, an option is
 * out of range, or there is more than a page can draw.
 * @example
 * const html = tracePage(engine, model, { source: "tapehead", beam: 5 });
 */
export function tracePage(engine: Engine, model: Aligning, options: TraceAlignmentOptions): string;
export function tracePage(
  engine: Engine,
  model: Traceable | Aligning,
  options: TracePageOptions | TraceAlignmentOptions,
): string {
  expectOptions("tracePage", options);
  if ("source" in options) return traceAlignment(engine, model as Aligning, options);
  return traceSteps(engine, model as Traceable, options);
}

function traceSteps(engine: Engine, model: Traceable, options: TracePageOptions): string {
  if ("decode" in model)
    throw new TypeError(`tracePage: ${model.name} reads symbols, and the options must have a source`);
  const { inputs, targets, mask, task, input, labels, areNumbers = false, rows = {}, facts = {} } = options;
  const owner = "tracePage";
  const { data, time: steps, isBatch } = packSequences(owner, inputs, model.inputSize);
  if (isBatch)
    throw new ShapeError(
      `${owner}: the inputs are a batch, and must be one sequence`,
      owner,
      "(time, inputSize)",
      "(batch, time, inputSize)",
    );
  const answers = areNumbers ? "numbers" : answersOf(targets, model.outputSize);
  const names = tracesOf(model);
  const { outputs: logits, trace } = model.run(engine, inputs, { trace: names });

  const series = new Map<string, Values>([["inputs", { data, shape: [steps, model.inputSize] }]]);
  const due = dueOf(mask, steps);
  const judgement = targets && judge(logits, valuesOf(targets, steps, answers, model.outputSize), due, answers);
  if (judgement) series.set("targets", judgement.targets);
  series.set("outputs", probabilitiesOf(engine, logits, answers));
  for (const name of names) series.set(name, trace[name]!);
  for (const [name, values] of storedSeries(series)) series.set(name, values);
  for (const [name, { data }] of series) {
    if (!data.every(Number.isFinite))
      throw new RangeError(`${owner}: "${name}" holds numbers that are not finite, and cannot be drawn`);
  }
  return pageOf({
    model,
    steps,
    series,
    due,
    judgement,
    kind: typeof answers === "string" ? answers : "classes",
    rows,
    task,
    input,
    labels: labels?.(logits) ?? {},
    facts,
  });
}

/** Names of all that a model can bring back. */
function tracesOf(model: Traceable): readonly string[] {
  if (!(model instanceof SequenceModel)) return model.trace;
  const graph = new Graph();
  model.record(graph, graph.input("x", [graph.dimension("time"), 1, model.inputSize]));
  return [...graph.traced.keys()];
}

function answersOf(targets: Sequence | undefined, outputSize: number): Answers {
  const size = targets?.[0]?.length ?? outputSize;
  if (size === outputSize) return "bits";
  if (size > 0 && size < outputSize && outputSize % size === 0) return { classes: outputSize / size };
  const message = `tracePage: a step's target has ${size} numbers, and must have one a group of the ${outputSize} outputs`;
  throw new ShapeError(message, "tracePage", `(time, ${outputSize})`, `(time, ${size})`);
}

/** Targets, checked: as many steps as the inputs, and no class that there is not. */
function valuesOf(targets: Sequence, steps: number, answers: Answers, outputSize: number): Values {
  const size = typeof answers === "string" ? outputSize : outputSize / answers.classes;
  if (targets.length !== steps) {
    const message = `tracePage: the targets have ${targets.length} steps, and must have ${steps}, as the inputs do`;
    throw new ShapeError(message, "tracePage", `(${steps}, ${size})`, `(${targets.length}, ${size})`);
  }
  const { data } = packSequences("tracePage: targets", targets, size);
  const isClass = (value: number, { classes }: { classes: number }): boolean =>
    Number.isInteger(value) && value >= 0 && value < classes;
  if (typeof answers !== "string") {
    const wrong = data.find((value) => !isClass(value, answers));
    if (wrong !== undefined)
      throw new RangeError(`tracePage: a target is ${wrong}, and must be a class from 0 to ${answers.classes - 1}`);
  }
  return { data, shape: [steps, size] };
}

function dueOf(mask: ArrayLike<number> | undefined, steps: number): ArrayLike<number> {
  if (mask && mask.length !== steps) {
    throw new ShapeError(
      `tracePage: the mask has ${mask.length} steps, and must have ${steps}, as the inputs do`,
      "tracePage",
      `(${steps})`,
      `(${mask.length})`,
    );
  }
  return mask ?? new Float32Array(steps).fill(1);
}
