import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import {
  encodeExpression,
  numbersIn,
  parseExpression,
  symbolOf,
  valueOfExpression,
} from "../bindings/systems/arithmeticProgrammer/expression.js";
import { arithmeticOperations } from "../bindings/models.js";
import { Batch, Random, type Rows, type Sequence, type Task } from "../bindings/full.js";
import { CompiledModel } from "../bindings/run.js";
import type { Labels, Traceable, TracePageOptions } from "../bindings/trace.js";
import { expectCopier } from "./copying.js";
import { asUsage, FileError, UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { given, plural } from "./numbers.js";
import { encodeText } from "./reading.js";
import { subjectOf } from "./subject.js";
import { tasks } from "./tasks.js";
import { answeredBytes, cells, copySequence, visible } from "./text.js";

export interface TracedFlags {
  seed?: number;
  length?: number;
  input?: string;
}

/** A sequence, and the model that it goes through. */
export type Traced = TracePageOptions & { readonly model: Traceable };

/**
 * What goes into a page: a text to copy, rows from a file, or an example that the model's task draws.
 * @throws UsageError when the model and the command line do not fit, FileError when a file cannot be read.
 */
export async function tracedFrom(
  saved: Saved | CompiledModel,
  words: readonly string[],
  { input, seed, length }: TracedFlags,
  file: string,
): Promise<Traced> {
  const { model, task } = subjectOf(saved);
  const about = { model, ...given({ task: task?.name }), facts: factsOf(saved, file) };
  if (words.length && input !== undefined)
    throw new UsageError("There are a text and --input, and must be one of them");
  if (words.length && task?.name === "arithmetic") {
    const text = words.join(" ");
    const expression = asSyntax(() => parseExpression(text));
    const inputs = asUsage(() => encodeExpression(expression, numbersIn(model.inputSize)));
    const targets = inputs.map((_, step) => [step + 1 < inputs.length ? 0 : valueOfExpression(expression)]);
    const mask = inputs.map((_, step) => Number(step + 1 === inputs.length));
    return { ...about, ...ofArithmetic(inputs, model), inputs, targets, mask, input: `“${text}”` };
  }
  if (words.length) {
    const text = words.join(" ");
    return { ...about, ...(task?.name === "text" ? textToRead(saved, text, file) : textToCopy(saved, text, file)) };
  }
  if (input !== undefined)
    return {
      ...about,
      input: input === "-" ? "Inputs from stdin" : `Inputs from ${input}`,
      ...(await rowsFrom(input)),
    };
  const entry = task && tasks[task.name];
  if (!task || !entry) {
    const what = task ? `"${task.name}", which this program does not draw` : "no task";
    throw new UsageError(`${file} names ${what}: give it inputs with --input`);
  }
  if (task.name === "text") throw new UsageError(`${file} holds a model of text: give it one to read`);
  const example = exampleFrom(task, given({ seed, length }));
  if (task.name === "arithmetic") return { ...about, ...example, ...ofArithmetic(example.inputs, model) };
  if (task.name === "table") return { ...about, ...withoutTargets(example), areNumbers: true };
  return { ...about, ...example };
}

function textToCopy(saved: Saved | CompiledModel, text: string, file: string): Omit<Traced, "model"> {
  const bytes = new TextEncoder().encode(text);
  const { slots } = expectCopier(saved, bytes, file);
  if (bytes.length > slots) {
    throw new UsageError(
      `The text has ${plural(bytes.length, "byte")}, and must have at most ${slots}, the slots of the model's memory`,
    );
  }
  const inputs = copySequence(bytes);
  const due = bytes.length + 1;
  const bits = inputs.slice(0, bytes.length).map((row) => Array.from(row).slice(0, 8));
  const blank = new Array<number>(8).fill(0);
  const targets = [...Array.from({ length: due }, () => blank), ...bits];
  const mask = inputs.map((_, step) => Number(step >= due));
  return { inputs, targets, mask, input: `“${text}”`, labels: (outputs) => labelsOf(bytes, outputs) };
}

/** At every character the next one is wanted; behind the last there is none. */
function textToRead(saved: Saved | CompiledModel, text: string, file: string): Omit<Traced, "model"> {
  const { characters, codes, inputs } = encodeText(saved, new TextEncoder().encode(text), file);
  const targets = codes.map((_, step) => [codes[step + 1] ?? 0]);
  const mask = codes.map((_, step) => Number(step + 1 < codes.length));
  const labels = (): Labels => ({
    inputs: characters.map((character, step) => ({ text: visible(character), step })),
  });
  return { inputs, targets, mask, input: `“${text}”`, labels };
}

/** The text over the steps at which it goes in, and the answer under those at which it comes out. */
function labelsOf(bytes: Uint8Array, outputs: Rows): Labels {
  const [inputs, answers]: [Labels["inputs"], Labels["outputs"]] = [[], []];
  let step = 0;
  for (const { input, output, bytes: steps, wrong } of cells(bytes, answeredBytes(outputs, bytes.length))) {
    inputs.push({ text: input, step, steps });
    answers.push({ text: output, step: bytes.length + 1 + step, steps, wrong });
    step += steps;
  }
  return { inputs, outputs: answers };
}

async function rowsFrom(file: string): Promise<Pick<Traced, "inputs" | "targets" | "mask">> {
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
  const { inputs, targets, mask } = (value ?? {}) as Partial<Pick<Traced, "inputs" | "targets" | "mask">>;
  if (!inputs) throw new UsageError(`${name} must hold rows of numbers, or an object with "inputs"`);
  return { inputs, ...given({ targets, mask }) };
}

/** An example that a task draws. @throws UsageError when it draws none of such a length. */
export function exampleFrom(
  { name, options }: NonNullable<Saved["task"]>,
  { seed = 1, length }: Pick<TracedFlags, "seed" | "length">,
): Omit<Traced, "model"> {
  const task = tasks[name]!.create(options) as Task;
  const batch = new Batch(task.inputSize, task.targetSize);
  asUsage(() => task.generate(new Random(seed), 1, batch, given({ length })));
  const rows = (block: Float32Array, size: number): Sequence =>
    Array.from({ length: batch.lengths[0]! }, (_, step) => block.slice(step * size, (step + 1) * size));
  const mask = batch.mask.slice(0, batch.lengths[0]);
  // What a target has beside the answers is for the task's own measures.
  const answers = Math.min(task.targetSize, task.outputSize);
  const size = length === undefined ? "" : `, length ${length}`;
  return {
    inputs: rows(batch.inputs, task.inputSize),
    targets: rows(batch.targets, task.targetSize).map((row) => Array.from(row).slice(0, answers)),
    mask,
    input: `An example of ${task.name}, seed ${seed}${size}`,
  };
}

/** What the steps of an expression are, and what the model of it chooses among. */
function ofArithmetic(inputs: Sequence, { options }: Traceable): Partial<Traced> {
  const symbols = inputs.map(symbolOf);
  const numbers = Array.from({ length: numbersIn(inputs[0]!.length) }, (_, i) => `x${i + 1}`);
  const reach = typeof options["reach"] === "number" ? options["reach"] : 0;
  const values = [...numbers, ...Array.from({ length: reach }, (_, i) => `${i + 1} back`)];
  return {
    areNumbers: true,
    rows: {
      operations: arithmeticOperations,
      operators: numbers.slice(1).map((_, i) => `operator ${i + 1}`),
      first: values,
      second: values,
    },
    labels: () => ({ inputs: symbols.map((text, step) => ({ text, step })) }),
  };
}

/** What a table's targets hold is no output: a number, or cells, and what they count. */
const withoutTargets = ({ targets: _, mask: __, ...example }: Omit<Traced, "model">): Omit<Traced, "model"> => example;

/** Runs what only a text can get wrong. */
function asSyntax<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** What a file says of its model. */
function factsOf(saved: Saved | CompiledModel, file: string): Record<string, string> {
  const { metadata = {} } = saved;
  return { file, ...metadata };
}
