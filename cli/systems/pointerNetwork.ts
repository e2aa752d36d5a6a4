import type { Engine } from "../../bindings/full.js";
import { PointerNetwork } from "../../bindings/models.js";
import { drawExamples, type PointerTask } from "../../bindings/tasks.js";
import { alignmentPage } from "../../bindings/trace.js";
import { asUsage, UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { given } from "../numbers.js";
import { rowInWords, rowsInWords, rowsRunner } from "../rowsRunning.js";
import { tasks } from "../tasks.js";
import { viewOf } from "../views.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

export const pointerNetwork = {
  className: PointerNetwork.className,
  run: pointing,
  trace: pageOfExample,
} satisfies SystemCommands<PointerNetwork>;

/** Run over vectors: the places that it points at, counted from 0. */
function pointing(held: Held<PointerNetwork>): Runner {
  const { model } = held;
  return rowsRunner(held, {
    wanted: rowsInWords("vector", model.options.inputSize, [0.2, 0.9, 0.5]),
    run(engine, vectors) {
      const { places, score } = model.run(engine, [vectors])[0]!;
      return { json: { places, probability: Math.exp(score) }, say: () => console.log(rowInWords(places)) };
    },
  });
}

/**
 * Page of an example that the model's task draws.
 * @throws UsageError when there is a text or inputs, or the file names no task.
 */
function pageOfExample(
  held: Held<PointerNetwork>,
  words: readonly string[],
  { input, seed = 1, length, beam }: TraceFlags,
): Page {
  const { file, model, task: named } = held;
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
      closed: viewOf(task.name)?.isTour ?? false,
      ...(isPlane && { points: inputs }),
    };
    const answer = { symbols: alignment.targets, score, right: isRight };
    return alignmentPage(alignment, {
      model,
      task: task.name,
      input: `${inputs.length} ${isPlane ? "points" : "numbers"}, seed ${seed}`,
      answers: [answer],
      wanted: targets.map(label).join(" "),
      facts: factsOf(held),
    });
  };
  return { read: ["vector", inputs.length], draw };
}
