import { TableProgrammer } from "../../bindings/models.js";
import { isSameDenotation } from "../../bindings/tasks.js";
import type { FileQuestion, QuestionsFile } from "../../cli/questions.js";
import type { Experiment } from "../../recipes/recipe.js";
import type { Asking } from "../../recipes/tableProgrammer.js";
import { readData } from "../data.js";
import type { System } from "../system.js";

function questionsFor(
  experiment: Pick<Experiment, "task" | "data">,
  { of = "dev", fits }: Asking,
): readonly FileQuestion[] {
  const all =
    of === "test"
      ? (readData(experiment, "test") as QuestionsFile).questions
      : (readData(experiment, "train") as QuestionsFile).part("dev", experiment.data!.split!);
  return fits ? all.filter(({ table }) => table.header.length <= fits.columns && table.rows.length <= fits.rows) : all;
}

/**
 * Answers questions, scored as the evaluator of WikiTableQuestions does: `answerError` is the part that is wrong, of all
 * questions, whatever training could have learned of them. Of a table with too many columns the model sees the first.
 */
export const system: System<TableProgrammer, Asking> = {
  className: TableProgrammer.className,
  measure({ engine, model, experiment, test }) {
    const questions = questionsFor(experiment, test).slice(0, test.sequences);
    const begin = performance.now();
    const answers = model.answers(engine, questions);
    const milliseconds = (performance.now() - begin) / questions.length;
    const wrong = answers.filter(({ items }, i) => !isSameDenotation(items, questions[i]!.expected)).length;
    return { answerError: wrong / questions.length, sources: questions.length, milliseconds };
  },
};
