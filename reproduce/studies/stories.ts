import { readFileSync } from "node:fs";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models, type EndToEndMemoryNetwork } from "../../bindings/models.js";
import { askStory, StoryError, storyCalibrationIn, type StoryCalibration } from "../../bindings/questions.js";
import { UnsureError, type BabiQuestion, type Calibration } from "../../bindings/tasks.js";
import { trainedPath } from "../trainedFiles.js";
import type { StudyOptions } from "../page.js";
import { madeUp, TEST_SEED } from "../storyErrors.js";

/** What becomes of the questions of a task, as texts that `askStory` reads. */
export interface AskedTask {
  readonly task: number;
  readonly questions: number;
  /** How many are understood, how many of these answered, and how many of these right. */
  readonly understood: number;
  readonly answered: number;
  readonly right: number;
  /** How many would be right if none were refused. */
  readonly rightOfAll: number;
}

export interface StoriesStudy {
  readonly machine: string;
  readonly calibration: Pick<Calibration, "precision" | "answers">;
  readonly tasks: readonly AskedTask[];
}

/** Model of checkpoints/ that answers questions about stories. */
const FILE = "stories.safetensors";
const QUICK = 5;

/** Asks the model in checkpoints/ about fresh stories, which neither its training nor its calibration has seen. */
export function studyStories(engine: Engine, { quick, machine, report }: StudyOptions): Promise<StoriesStudy> {
  const checkpoint = loadCheckpoint(new Uint8Array(readFileSync(trainedPath(FILE))), { file: FILE, models });
  const model = checkpoint.model as EndToEndMemoryNetwork;
  const calibration = storyCalibrationIn(checkpoint.metadata)!;
  const { tasks: numbers } = checkpoint.task!.options as { readonly tasks: readonly number[] };
  const tasks = [...madeUp(numbers, TEST_SEED, quick ? QUICK : undefined)].map(([task, questions]): AskedTask => {
    const counts = { understood: 0, answered: 0, right: 0, rightOfAll: 0 };
    for (const question of questions) count(engine, model, calibration, question, counts);
    report(`stories, task ${task}: ${counts.answered} of ${questions.length} answered, ${counts.right} of them right`);
    return { task, questions: questions.length, ...counts };
  });
  const { precision, answers } = calibration.all;
  return Promise.resolve({ machine, calibration: { precision, answers }, tasks });
}

type Counts = { -readonly [Name in keyof Omit<AskedTask, "task" | "questions">]: number };

function count(
  engine: Engine,
  model: EndToEndMemoryNetwork,
  calibration: StoryCalibration,
  { story, question, answer }: BabiQuestion,
  counts: Counts,
): void {
  const text = story.map((words) => `${words.join(" ")}.`).join(" ");
  try {
    const said = askStory(engine, model, text, `${question.join(" ")}?`, { calibration });
    ++counts.understood;
    ++counts.answered;
    counts.right += Number(said.answer === answer);
    counts.rightOfAll += Number(said.answer === answer);
  } catch (error) {
    if (error instanceof StoryError) return;
    if (!(error instanceof UnsureError)) throw error;
    ++counts.understood;
    counts.rightOfAll += Number(error.guess!.answer === answer);
  }
}
