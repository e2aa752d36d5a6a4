import { naturalLogarithm } from "../bindings/common/naturalLogarithm.js";
import { Random, type Engine } from "../bindings/core.js";
import type { EndToEndMemoryNetwork } from "../bindings/models.js";
import {
  calibrateStories,
  storyCalibrationMetadata,
  type JudgedStory,
} from "../bindings/systems/endToEndMemoryNetwork/reader/storyCalibration.js";
import { babiQuestions, babiTasks } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { Calibrated } from "./systems/commands.js";

/** Draws that neither training, whose seeds are small, nor any test has; and questions of each task. */
const FRESH = { seed: 3_000_000, each: 1000 };

/** A model that answers questions about stories. */
type Answering = Pick<EndToEndMemoryNetwork, "answers">;

/**
 * Calibration with questions about fresh stories of the tasks that a model has learned, for each kind of question by itself.
 * It imports no engine: reproduce/ reads it.
 *
 * @throws UsageError where no file says which tasks these are.
 */
export function calibratedStories(
  { file, model, task }: Pick<Held<Answering>, "file" | "model" | "task">,
  engine: Engine,
  precision: number,
  each = FRESH.each,
): Calibrated {
  const { tasks } = (task?.options ?? {}) as { readonly tasks?: readonly number[] };
  if (!tasks) throw new UsageError(`${file} does not say which stories it was trained on, and there are no others`);
  const judged = tasks.flatMap((number): JudgedStory[] => {
    const questions = babiQuestions(new Random(FRESH.seed, number), babiTasks[number - 1]!, each);
    return model.answers(engine, questions).map(({ answer, probability }, i) => ({
      score: naturalLogarithm(probability),
      isRight: answer === questions[i]!.answer,
      question: questions[i]!.question,
    }));
  });
  const calibration = calibrateStories(judged, { precision });
  return { judged, calibration: calibration.all, metadata: storyCalibrationMetadata(calibration) };
}
