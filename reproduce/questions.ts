import { join } from "node:path";
import type { Engine } from "../bindings/core.js";
import type { TableProgrammer } from "../bindings/models.js";
import { isSameDenotation } from "../bindings/tasks.js";
import { questionsOf, type FileQuestion } from "../cli/questions.js";
import type { Experiment } from "./experiments.js";
import type { Measured } from "./measure.js";

/** What a model is asked that answers questions about tables. */
export interface Asking {
  /** Questions of the split that training leaves out, or of tables it has never seen. Default: "dev". */
  readonly of?: "dev" | "test";
  /** Only questions about tables of so many columns and rows. */
  readonly fits?: { readonly columns: number; readonly rows: number };
}

type Files = NonNullable<Experiment["questions"]>;

function questionsFor(folder: string, files: Files, { of = "dev", fits }: Asking): readonly FileQuestion[] {
  const all =
    of === "test"
      ? questionsOf(join(folder, files.test)).questions
      : questionsOf(join(folder, files.train)).part("dev", files.split);
  return fits ? all.filter(({ table }) => table.header.length <= fits.columns && table.rows.length <= fits.rows) : all;
}

/**
 * Lets a model answer, and scores it as the evaluator of WikiTableQuestions does: `answerError` is the part that is wrong,
 * of all questions, whatever training could have learned of them. Of a table with too many columns it sees the first.
 */
export function answered(
  engine: Engine,
  model: TableProgrammer,
  folder: string,
  files: Files,
  { sequences, ...asked }: Asking & { readonly sequences?: number },
): Measured {
  const questions = questionsFor(folder, files, asked).slice(0, sequences);
  const begin = performance.now();
  const answers = model.answers(engine, questions);
  const milliseconds = (performance.now() - begin) / questions.length;
  const wrong = answers.filter(({ items }, i) => !isSameDenotation(items, questions[i]!.expected)).length;
  return { answerError: wrong / questions.length, sources: questions.length, milliseconds };
}
