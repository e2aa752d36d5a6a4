import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Sequence } from "../bindings/full.js";
import { tracePage } from "../bindings/trace.js";
import { FileError, UsageError } from "./errors.js";
import { exampleFrom, isDrawn } from "./examples.js";
import { factsOf } from "./facts.js";
import type { Held, Subject } from "./held.js";
import { given } from "./numbers.js";
import { reading } from "./reading.js";
import { rowInWords, rowsInWords, rowsRunner } from "./rowsRunning.js";
import type { ModelCommands, Page, Runner, TraceFlags } from "./systems/commands.js";
import type { Drawn } from "./taskViews/view.js";
import { viewOf } from "./views.js";

/** Work of models that answer at every step, by the names of tasks. */
interface Stepwise {
  /** Runs over texts. Default: a model of text reads one. */
  readonly runs?: Readonly<Record<string, (held: Held<Subject>) => Runner>>;
  /** Task of models whose files name none. Default: unknown. */
  readonly untold?: string;
}

/** Run over rows of numbers: outputs of each step, as the model leaves them. */
const rowsRun = (held: Held<Subject>): Runner => {
  const { model } = held;
  return rowsRunner(held, {
    wanted: rowsInWords("row", model.inputSize),
    run(engine, rows) {
      const outputs = model.run(engine, rows).outputs.map((output) => Array.from(output));
      return { json: { outputs }, say: () => outputs.forEach((output) => console.log(rowInWords(output))) };
    },
  });
};

/** Commands of models that answer at every step: runs by task, or else over rows, and pages with one row for each traced value. */
export function stepwise({ runs = { text: reading }, untold }: Stepwise = {}): ModelCommands<Subject> &
  Required<Pick<ModelCommands<Subject>, "run" | "trace">> {
  return {
    run(held) {
      const name = held.task?.name ?? untold;
      return name !== undefined && Object.hasOwn(runs, name) ? runs[name]!(held) : rowsRun(held);
    },
    async trace(held, words, flags): Promise<Page> {
      expectNoBeam(held, flags);
      const { model, task } = held;
      const drawn = await sequenceFrom(held, words, flags, untold);
      const about = { ...given({ task: task?.name }), facts: factsOf(held) };
      return {
        read: ["step", drawn.inputs.length],
        draw: (engine) => tracePage(engine, model, { ...about, ...drawn }),
      };
    },
  };
}

/** @throws UsageError for --beam, which only models that search have. */
export function expectNoBeam({ file }: Held, { beam }: TraceFlags): void {
  if (beam !== undefined) throw new UsageError(`${file} holds no model that searches: leave --beam out`);
}

/** Sequence for a page: of a text, rows from a file, or an example that the model's task draws. */
async function sequenceFrom(
  held: Held<Subject>,
  words: readonly string[],
  { input, seed, length }: TraceFlags,
  untold: string | undefined,
): Promise<Drawn> {
  const { file, task, own } = held;
  if (words.length && input !== undefined)
    throw new UsageError("There are a text and --input, and must be one of them");
  if (words.length) {
    const view = viewOf(task?.name ?? untold);
    if (!view?.sequenceOf)
      throw new UsageError(
        `${file} holds a model for ${task?.name ?? "no named task"}, which reads no text: leave it out`,
      );
    return view.sequenceOf(held, words.join(" "));
  }
  if (input !== undefined)
    return { input: input === "-" ? "Inputs from stdin" : `Inputs from ${input}`, ...(await rowsFrom(input)) };
  if (!task || !isDrawn(held)) {
    const what = task ? `"${task.name}", which this program does not draw` : "no task";
    throw new UsageError(`${file} names ${what}: give it inputs with --input`);
  }
  const draw = (): Drawn => exampleFrom({ task, own }, given({ seed, length }));
  return viewOf(task.name)?.exampleOf?.(held, draw) ?? draw();
}

async function rowsFrom(file: string): Promise<Pick<Drawn, "inputs" | "targets" | "mask">> {
  const name = file === "-" ? "stdin" : file;
  const json =
    file === "-"
      ? await text(process.stdin)
      : await readFile(file, "utf8").catch((cause: Error) => {
          throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
        });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${name} holds no JSON: ${(cause as Error).message}`, { cause });
  }
  if (Array.isArray(value)) return { inputs: value as Sequence };
  const { inputs, targets, mask } = (value ?? {}) as Partial<Pick<Drawn, "inputs" | "targets" | "mask">>;
  if (!inputs) throw new UsageError(`${name} must hold rows of numbers, or an object with "inputs"`);
  return { inputs, ...given({ targets, mask }) };
}
