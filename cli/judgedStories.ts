import { Random, type Engine } from "../bindings/core.js";
import type { EndToEndMemoryNetwork } from "../bindings/models.js";
import { babiQuestions, babiTasks, type Judged } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";

/** Draws that neither training, whose seeds are small, nor any test has; and questions of each task. */
const FRESH = { seed: 3_000_000, each: 1000 };

/** A model that answers questions about stories. */
type Answering = Pick<EndToEndMemoryNetwork, "answers">;

/** Answers to questions about fresh stories of the tasks that a model has learned. It imports no engine: reproduce/ reads it. @throws UsageError where no file says which. */
export function judgedStories(
  { file, model, task }: Pick<Held<Answering>, "file" | "model" | "task">,
  engine: Engine,
  each = FRESH.each,
): Judged[] {
  const { tasks } = (task?.options ?? {}) as { readonly tasks?: readonly number[] };
  if (!tasks) throw new UsageError(`${file} does not say which stories it was trained on, and there are no others`);
  return tasks.flatMap((number) => {
    const questions = babiQuestions(new Random(FRESH.seed, number), babiTasks[number - 1]!, each);
    return model.answers(engine, questions).map(({ answer, probability }, i) => ({
      score: Math.log(probability),
      isRight: answer === questions[i]!.answer,
    }));
  });
}
