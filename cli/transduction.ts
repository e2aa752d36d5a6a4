import { visible } from "../bindings/common/visible.js";
import type { TransductionTask } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import type { Held, Subject } from "./held.js";
import { plural } from "./numbers.js";
import { tasks } from "./tasks.js";

/** Source of a transduction, and what is to be made of it. */
export interface EncodedSource {
  readonly task: TransductionTask;
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** Task of transduction that a file names. @throws UsageError when the model is not of its size. */
export function transductionOf({ file, model, task }: Held<Subject>): TransductionTask {
  const made = tasks[task!.name]!.create(task!.options) as unknown as TransductionTask;
  if (model.inputSize === made.inputSize && model.outputSize === made.outputSize) return made;
  throw new UsageError(
    `${file} holds a model of ${model.inputSize} inputs and ${model.outputSize} outputs, and its task has ` +
      `${made.inputSize} and ${made.outputSize}`,
  );
}

/**
 * A text as a model of transduction takes it: words, or letters without spaces between them where all words are letters.
 * @throws UsageError when it is empty, has a word the model does not know, or is no source of the task.
 */
export function encodeSource(held: Held<Subject>, text: string): EncodedSource {
  const task = transductionOf(held);
  const known = new Set(task.sourceWords);
  const words = text.split(/\s+/).filter(Boolean);
  const areLetters = task.sourceWords.every((word) => word.length === 1);
  const source = areLetters ? words.flatMap((word) => [...word]) : words;
  if (!source.length) throw new UsageError("The text is empty, and must have at least one word");
  source.forEach((word, i) => {
    if (known.has(word)) return;
    throw new UsageError(
      `Word ${i + 1} of the text, "${visible(word)}", is none of the ${known.size} that ${held.file} knows: ` +
        task.sourceWords.join(" "),
    );
  });
  const target = task.targetOf(source);
  if (target) return { task, source, target };
  throw new UsageError(
    `The text has ${plural(source.length, "word")} that together are no source of ${String(task.options["mapping"])}, ` +
      "which the model learned: " +
      wantedOf(task),
  );
}

/** What a source of a task is, in words. */
const wantedOf = ({ options: { mapping } }: TransductionTask): string =>
  ({
    "bigram-flip": "it must have an even number of words",
    "svo-sov": "it must be a subject, a verb and an object, such as s1 v1 o1 or s1 rp s2 v2 v1 o1",
    gender: "it must be nouns with articles and what they do, such as the m1 and a f1 w1",
  })[String(mapping)] ?? "it must be words";

/** Words that steps read: the start, the source, a separator, and words of a target. */
export const readWords = (source: readonly string[], target: readonly string[]): string[] => [
  "‹",
  ...source,
  "|||",
  ...target,
];

/** Inputs of a model, one-hot: (time, inputSize). */
export const inputsOf = (task: TransductionTask, source: readonly string[], said: readonly string[]): Float32Array[] =>
  task.encode(source, said).map((number) => {
    const row = new Float32Array(task.inputSize);
    row[number] = 1;
    return row;
  });
