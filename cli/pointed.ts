import { alignmentPage } from "../bindings/trace.js";
import { PointerNetwork } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import { drawExamples, type PointerTask } from "../bindings/tasks.js";
import type { Engine } from "../bindings/full.js";
import { asUsage, UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { given } from "./numbers.js";
import { tasks } from "./tasks.js";
import type { TracedFlags } from "./traced.js";

/** An example for a model that points, and how a page of it is drawn. */
export interface PointedAt {
  readonly model: PointerNetwork;
  /** Vectors of the set. */
  readonly size: number;
  readonly draw: (engine: Engine) => string;
}

/**
 * An example that a pointing model's task draws, or undefined for other models.
 * @throws UsageError when there is a text or inputs, or the file names no task.
 */
export function pointedFrom(
  saved: Saved | CompiledModel,
  words: readonly string[],
  { input, seed = 1, length, beam }: TracedFlags & { beam?: number },
  file: string,
): PointedAt | undefined {
  if (saved instanceof CompiledModel || !(saved.model instanceof PointerNetwork)) return undefined;
  const { model, task: named, metadata = {} } = saved;
  if (words.length || input !== undefined)
    throw new UsageError(`${file} holds a model that points: choose what at with --seed and --length`);
  const entry = named && tasks[named.name];
  if (!entry) throw new UsageError(`${file} names no task whose examples this program draws`);
  const task = entry.create(named.options) as unknown as PointerTask;
  const [example] = asUsage(() => drawExamples(task, { count: 1, seed, ...given({ length }) }));
  const { inputs, targets } = example!;
  const label = (place: number): string =>
    model.options.inputSize === 1 ? inputs[place]![0]!.toFixed(2) : String(place + 1);
  const isPlane = model.options.inputSize === 2;
  const draw = (engine: Engine): string => {
    const [pointed] = model.run(engine, [inputs], { attention: true, ...given({ beam }) });
    const { places, score, attention } = pointed!;
    const isRight = String(places) === String(targets);
    const alignment = {
      sources: inputs.map((_, place) => label(place)),
      targets: places.map(label),
      weights: attention!,
      order: places,
      closed: task.name === "tsp",
      ...(isPlane && { points: inputs }),
    };
    const answer = { symbols: alignment.targets, score, right: isRight };
    return alignmentPage(alignment, {
      model,
      task: task.name,
      input: `${inputs.length} ${isPlane ? "points" : "numbers"}, seed ${seed}`,
      answers: [answer],
      wanted: targets.map(label).join(" "),
      facts: { file, ...metadata },
    });
  };
  return { model, size: inputs.length, draw };
}
