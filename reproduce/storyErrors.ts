/** How often models answer questions about stories wrongly, task by task. */
import { Random } from "../bindings/common/random/philox.js";
import type { Vocabulary } from "../bindings/common/vocabulary.js";
import type { Engine } from "../bindings/core.js";
import type { Model, ModelOptions } from "../bindings/models/model.js";
import type { StoryAnswer, StoryQuestion } from "../bindings/models.js";
import { babiQuestions, babiTasks, type BabiQuestion, type StoryLimits } from "../bindings/tasks.js";
import type { StoriesFile } from "../cli/stories.js";
import type { Asking } from "../recipes/endToEndMemoryNetwork.js";
import { readData } from "./data.js";
import type { Examination, Measured } from "./system.js";

/** Questions of a task, by its number. */
export type AskedTasks = ReadonlyMap<number, readonly BabiQuestion[]>;

/** Error from which on a task counts as failed. */
export const FAILED = 0.05;

/** Questions of each task that are made up for tests. */
const TESTED = 1000;
/** Seeds of stories to test with; training has others. */
export const TEST_SEED = 1_000_000;

/** Questions that are made up, of each of some tasks. */
export const madeUp = (numbers: readonly number[], seed: number, count = TESTED): AskedTasks =>
  new Map(numbers.map((number) => [number, babiQuestions(new Random(seed, number), babiTasks[number - 1]!, count)]));

/** A model that answers questions about stories. */
export interface StoryModel extends Model<string> {
  readonly vocabulary: Vocabulary;
  readonly options: StoryLimits & ModelOptions;
  answers(engine: Engine, questions: readonly StoryQuestion[]): StoryAnswer[];
}

/** Questions whose words the model knows, and that have no more of them than it reads. */
function readable({ vocabulary, options }: StoryModel, questions: readonly BabiQuestion[]): BabiQuestion[] {
  const isRead = (words: readonly string[]): boolean =>
    words.length <= options.words && words.every((word) => vocabulary.numberOf(word) !== undefined);
  return questions.filter(({ story, question }) => [...story.slice(-options.slots), question].every(isRead));
}

/**
 * The part of questions that are answered wrongly. Those with a word that the model does not know, or with more words than
 * it reads, count as wrong.
 */
export function errorOf(engine: Engine, model: StoryModel, questions: readonly BabiQuestion[]): number {
  const read = readable(model, questions);
  const right = model.answers(engine, read).filter(({ answer }, i) => answer === read[i]!.answer).length;
  return (questions.length - right) / questions.length;
}

/** The part of questions whose supporting facts are found. Those that the model cannot read count as not found. */
export function foundOf(engine: Engine, model: StoryModel, questions: readonly BabiQuestion[]): number {
  const read = readable(model, questions);
  const answers = model.answers(engine, read);
  const count = answers.filter(({ attention }, i) => findsFacts(attention, read[i]!.support)).length;
  return +(count / questions.length).toFixed(4);
}

/** How many of each task's questions have their supporting facts found, as "marked 1". */
export const markedOf = (engine: Engine, model: StoryModel, asked: AskedTasks): Measured =>
  Object.fromEntries(
    [...asked].map(([number, questions]) => [`marked ${number}`, foundOf(engine, model, questions)] as const),
  );

/** The mean of all tasks' errors, the number of failed tasks, and the error of each task, as "task 1". */
export function errorsOf(engine: Engine, model: StoryModel, asked: AskedTasks): Measured {
  const errors = [...asked].map(
    ([number, questions]) => [`task ${number}`, errorOf(engine, model, questions)] as const,
  );
  const answerError = +(errors.reduce((sum, [, error]) => sum + error, 0) / errors.length).toFixed(5);
  return { answerError, failed: errors.filter(([, error]) => error > FAILED).length, ...Object.fromEntries(errors) };
}

/** Questions of a test: of the data's files, about the tasks that were learned from, or made up. */
export function askedOf({ experiment, task, test }: Examination<StoryModel, Asking>): AskedTasks {
  const { of = "test", tasks, sequences = Infinity } = test;
  if (!experiment.data) {
    const { tasks: numbers } = task.options as { readonly tasks: readonly number[] };
    return madeUp(numbers, TEST_SEED, Math.min(TESTED, sequences));
  }
  const learned = readData(experiment, "train") as StoriesFile;
  const tested = of === "test" ? (readData(experiment, "test") as StoriesFile) : learned;
  const questionsOf = (number: number): readonly BabiQuestion[] =>
    of === "test" ? tested.all([number])[0]!.questions : tested.part(of, [number]);
  return new Map(learned.all(tasks).map(({ number }) => [number, questionsOf(number).slice(0, sequences)]));
}

/**
 * Whether every reading of a story that has a supporting fact reads it most: the first the first fact, and so on, and the
 * last reading any of those that are left. Without supporting facts nothing is found.
 */
export function findsFacts(attention: readonly (readonly number[])[], support: readonly number[]): boolean {
  const last = attention.length - 1;
  const isFound = (weights: readonly number[], reading: number): boolean => {
    const wanted = support.filter((_, fact) => Math.min(fact, last) === reading);
    return !wanted.length || wanted.includes(weights.indexOf(Math.max(...weights)));
  };
  return support.length > 0 && attention.every(isFound);
}
