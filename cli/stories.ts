import { InvalidArgumentError } from "commander";
import { parseBabi, parseBabiTasks, type BabiQuestion, type BabiTaskQuestions } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import { TextFile, textOf } from "./input.js";

/** The part of a task's questions, the last, that is held out of training. */
const HELD_OUT = 0.1;

/** A file of questions about stories, as the bAbI data set has them: one of its tasks, or several with headings. */
export class StoriesFile extends TextFile {
  readonly tasks: readonly BabiTaskQuestions[];

  /** @throws SyntaxError with the number of a line that is none of the data set's. */
  constructor(file: string, text: string) {
    super(file, text);
    const hasHeadings = text.trimStart().startsWith("##");
    this.tasks = hasHeadings ? parseBabiTasks(text) : [{ number: 1, name: file, questions: parseBabi(text) }];
  }

  /** Questions to learn from, of all tasks or of those with these numbers, or the last tenth, which is held out. */
  part(part: "train" | "held out", numbers?: readonly number[]): readonly BabiQuestion[] {
    return this.all(numbers).flatMap(({ questions }) => {
      const learned = questions.length - Math.floor(HELD_OUT * questions.length);
      return part === "train" ? questions.slice(0, learned) : questions.slice(learned);
    });
  }

  /** All tasks, or those with these numbers. @throws UsageError when the file has not all of them. */
  all(numbers?: readonly number[]): readonly BabiTaskQuestions[] {
    const there = this.tasks.map(({ number }) => number);
    const missing = numbers?.find((number) => !there.includes(number));
    if (missing !== undefined) {
      throw new UsageError(`${this.file} has no task ${missing}; it has ${there.join(", ")}`);
    }
    return this.tasks.filter(({ number }) => !numbers || numbers.includes(number));
  }
}

/** Reads an option that names a file of stories, which may be gzipped. */
export function storiesOf(file: string): StoriesFile {
  const { text } = textOf(file);
  try {
    return new StoriesFile(file, text);
  } catch (error) {
    throw new InvalidArgumentError(`It holds no stories of bAbI: ${(error as Error).message}.`);
  }
}
