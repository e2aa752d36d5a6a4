import { visible } from "../bindings/common/visible.js";
import type { StringTask } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import type { Held, Subject } from "./held.js";
import { tasks } from "./tasks.js";

/** Text of a model that predicts the characters of strings. */
export interface EncodedString {
  readonly task: StringTask;
  readonly characters: readonly string[];
  /** One-hot characters: (time, alphabet). */
  readonly inputs: readonly Float32Array[];
  /**
   * Characters that may come behind each one of the text; none from where the text has left the language, at the
   * character `left`.
   */
  readonly followers: readonly (string | undefined)[];
  readonly left?: number;
}

/** Task of strings that a file names. @throws UsageError when the model is not of its size. */
export function stringTaskOf({ file, model, task }: Held<Subject>): StringTask {
  const made = tasks[task!.name]!.create(task!.options) as unknown as StringTask;
  if (model.inputSize === made.inputSize && model.outputSize === made.outputSize) return made;
  throw new UsageError(
    `${file} holds a model of ${model.inputSize} inputs and ${model.outputSize} outputs, and ${made.name} has ${made.inputSize} characters`,
  );
}

/** A text as a model of strings takes it. @throws UsageError when it is empty, or has a character the model does not know. */
export function encodeString(held: Held<Subject>, text: string): EncodedString {
  const task = stringTaskOf(held);
  const characters = [...text];
  if (!characters.length) throw new UsageError("The text is empty, and must have at least one character to go on from");
  const inputs = characters.map((character, i) => {
    const code = task.alphabet.indexOf(character);
    if (code < 0) {
      throw new UsageError(
        `Character ${i + 1} of the text, "${visible(character)}", is none of the ${task.alphabet.length} that ${held.file} knows: ${task.alphabet}`,
      );
    }
    const row = new Float32Array(task.inputSize);
    row[code] = 1;
    return row;
  });
  const [, ...followers] = task.followers(text);
  const left = followers.length < characters.length ? followers.length : undefined;
  return {
    task,
    characters,
    inputs,
    followers: characters.map((_, i) => followers[i]),
    ...(left !== undefined && { left }),
  };
}
