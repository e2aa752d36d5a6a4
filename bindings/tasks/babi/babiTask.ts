import { between, checkOptions, expectOptions, whole, type Check } from "../../common/options.js";
import { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import { categoricalCrossEntropy, classMisses } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { expectCount, seedRule } from "../lengths.js";
import { sequenceError } from "../sequenceError.js";
import type { Answer, AnyTask } from "../task.js";
import { babiQuestions } from "./babiStory.js";
import { babiTasks } from "./babiTasks.js";
import { fillPassages, lengthOf } from "./fillPassages.js";
import { fillStories, type NumberedStory, type StoryLimits } from "./fillStories.js";
import { numbersOf } from "./numbersOf.js";
import type { BabiQuestion } from "./story.js";
import { noisyTimes } from "./noisyTimes.js";

/** What babiTask draws from. */
export interface BabiTaskOptions {
  /** Questions to learn from. Default: those that are generated. */
  questions?: readonly BabiQuestion[];
  /** Numbers of the tasks whose questions are generated, from 1 to 20. Default: all. */
  tasks?: readonly number[];
  /** Questions that are generated of each task, and as many again that only evaluation sees. Default: 1,000. */
  count?: number;
  /** Words and answers. Default: those of the questions, in the order of their code units. */
  symbols?: readonly string[];
  /** Sentences of a memory: of a longer story it has the latest. Default: those of the longest story, at most 50. */
  slots?: number;
  /** Most words of a sentence or question. Default: those of the longest. */
  words?: number;
  /**
   * Steps of training in which attention is linear, without its softmax: the linear start of Sukhbaatar et al. 2015,
   * section 4.2. Default: 0.
   */
  linearSteps?: number;
  /**
   * Most empty memories between sentences in training, as a part of the sentences: the random noise of Sukhbaatar et al.
   * 2015, section 4.1. Default: 0.1.
   */
  timeNoise?: number;
  /**
   * Questions that are drawn at once and sorted by the words of their stories, of which a batch has neighbours: where
   * stories are read word by word, so little of it is padding. Default: 1, those of the batch alone.
   */
  bucket?: number;
  /** Seed of the stories and of the training data. Default: 0. */
  seed?: number;
}

/** A task of answering questions about stories, each with one word. */
export interface StoryTask extends AnyTask<"answerError">, StoryLimits {
  readonly symbols: readonly string[];
  /** Questions that training draws from. */
  readonly size: number;
  readonly metrics: {
    /** 1 for a wrong answer. */
    readonly answerError: (answer: Answer) => Tensor;
  };
}

/** Of the paper. */
const MOST_SLOTS = 50;

/** The random streams of stories to learn from, and to evaluate with. */
const LEARNED = 16;
const HELD_OUT = 17;

const isTasks: Check<readonly number[]> = (value) => {
  const numbers = value as readonly number[];
  const isRising =
    Array.isArray(value) && numbers.every((n, i) => Number.isInteger(n) && n > (i ? numbers[i - 1]! : 0));
  if (isRising && numbers.length && numbers.at(-1)! <= babiTasks.length) return undefined;
  return `a list of numbers from 1 to ${babiTasks.length}, each above the one before`;
};

/** Of those that say what is generated. */
const sourceRules = () =>
  ({
    tasks: [babiTasks.map((_, i) => i + 1), isTasks],
    count: [1000, whole(1, { most: 100_000 })],
    seed: seedRule(),
  }) as const;

/** Default and check of each option; a function, since importing calls nothing. */
export const babiRules = ({ questions = [] }: Pick<BabiTaskOptions, "questions"> = {}) =>
  ({
    ...sourceRules(),
    symbols: [babiSymbols(questions), isVocabulary],
    slots: [Math.min(MOST_SLOTS, longestOf(questions.map(({ story }) => story))), whole(1, { most: 0x1_0000 })],
    words: [longestOf(questions.flatMap(({ story, question }) => [...story, question])), whole(1, { most: 256 })],
    linearSteps: [0, whole(0)],
    timeNoise: [0.1, between(0, 1)],
    bucket: [1, whole(1, { most: 0x1_0000 })],
  }) as const;

/**
 * Questions about stories, answered with one word: those that are given, or those of the twenty tasks of Weston et al.
 * 2015, arXiv:1502.05698, as far as they are asked for. A batch's are drawn at random; evaluation draws from stories of
 * its own where they are generated.
 *
 * The options that the task keeps hold the vocabulary, but no questions.
 *
 * @throws RangeError when there is no question, a story has no sentence or more words than there may be, or a word is not
 * in the vocabulary; TypeError when tasks are asked for beside questions.
 * @example
 * const task = babiTask({ tasks: [1, 2], seed: 1 });
 */
export function babiTask(options: BabiTaskOptions = {}): StoryTask {
  const { questions: given, ...rest } = expectOptions("babiTask", options);
  const { learned, heldOut, record } = given ? ofQuestions(given, rest) : generated(rest);
  const { symbols, slots, words, linearSteps, timeNoise, bucket, seed } = checkOptions(
    "babiTask",
    rest,
    babiRules({ questions: [...learned, ...heldOut] }),
  );
  const vocabulary = new Vocabulary(symbols);
  const number = (questions: readonly BabiQuestion[]): NumberedStory[] =>
    questions.map((question, i) => numbersOf(question, { vocabulary, slots, words, owner: `babiTask: question ${i}` }));
  const [toLearn, toEvaluate] = [number(learned), number(heldOut)];
  return {
    name: "babi",
    options: { ...record, symbols, slots, words, linearSteps, timeNoise, ...(bucket > 1 && { bucket }), seed },
    symbols,
    slots,
    words,
    seed,
    size: toLearn.length,
    generate(random, count, batch, { step } = {}) {
      expectCount("babiTask", count);
      const pool = step === undefined && toEvaluate.length ? toEvaluate : toLearn;
      const draw = (): NumberedStory => pool[random.integer(0, pool.length - 1)]!;
      const next = bucket > count ? neighbours(random, draw, { count, bucket }) : draw;
      if ("told" in batch.layout) return fillPassages(batch, Array.from({ length: count }, next));
      const drawn = Array.from({ length: count }, (): NumberedStory => {
        const asked = next();
        if (step === undefined) return asked;
        const times = timeNoise ? noisyTimes(random, asked.story.length, { noise: timeNoise, most: slots }) : undefined;
        return { ...asked, linear: Number(step <= linearSteps), ...(times && { times }) };
      });
      fillStories(batch, drawn, { slots, words, symbols: symbols.length });
    },
    loss: (answer) => categoricalCrossEntropy(...choice(answer)),
    metrics: { answerError: (answer) => sequenceError(classMisses(...choice(answer))) },
  };
}

/**
 * Questions of a bucket, one after the other: those of one batch, at random, among the batches that all of it makes when
 * it is sorted. So each question is as probable as any other.
 */
function neighbours(
  random: Random,
  draw: () => NumberedStory,
  { count, bucket }: { readonly count: number; readonly bucket: number },
): () => NumberedStory {
  const batches = Math.floor(bucket / count);
  const sorted = Array.from({ length: batches * count }, draw).sort((a, b) => lengthOf(a) - lengthOf(b));
  let at = random.integer(0, batches - 1) * count;
  return () => sorted[at++]!;
}

/** The words and answers of questions, each once, in the order of their code units. */
export function babiSymbols(questions: readonly BabiQuestion[]): string[] {
  const symbols = new Set<string>();
  for (const { story, question, answer } of questions) {
    for (const word of [...story.flat(), ...question, answer]) symbols.add(word);
  }
  return [...symbols].sort((a, b) => (a < b ? -1 : 1));
}

/** The longest of several lists, 1 at least. */
const longestOf = (lists: readonly (readonly unknown[])[]): number =>
  lists.reduce((most, { length }) => Math.max(most, length), 1);

interface Drawn {
  readonly learned: readonly BabiQuestion[];
  readonly heldOut: readonly BabiQuestion[];
  /** What the task's options hold of where they are from. */
  readonly record: Pick<BabiTaskOptions, "tasks" | "count">;
}

function ofQuestions(questions: readonly BabiQuestion[], rest: Omit<BabiTaskOptions, "questions">): Drawn {
  if (!Array.isArray(questions) || !questions.length) {
    throw new RangeError(`babiTask: questions is ${shown(questions)}, and must be an array, not empty`);
  }
  questions.forEach((question: unknown, i) => {
    if (!isQuestion(question))
      throw new TypeError(`babiTask: question ${i} is ${shown(question)}, and must be ${QUESTION}`);
  });
  const unused = (["tasks", "count"] as const).find((name) => rest[name] !== undefined);
  if (unused) throw new TypeError(`babiTask: there are questions and ${unused}, and must be one of them`);
  return { learned: questions, heldOut: [], record: {} };
}

const QUESTION = "an object of a story, sentences of words, a question of words and an answer";

const isSentence = (words: unknown): boolean => Array.isArray(words) && words.every((word) => typeof word === "string");

function isQuestion(value: unknown): boolean {
  const { story, question, answer } = (value ?? {}) as Record<string, unknown>;
  return Array.isArray(story) && story.every(isSentence) && isSentence(question) && typeof answer === "string";
}

/** Questions of stories that are made up, `count` of each task. */
function generated({ tasks: asked, count: most, seed: drawn }: Omit<BabiTaskOptions, "questions">): Drawn {
  const { tasks, count, seed } = checkOptions("babiTask", { tasks: asked, count: most, seed: drawn }, sourceRules());
  const draw = (stream: number): BabiQuestion[] => {
    const random = new Random(seed, stream);
    return tasks.flatMap((number) => babiQuestions(random, babiTasks[number - 1]!, count));
  };
  return { learned: draw(LEARNED), heldOut: draw(HELD_OUT), record: { tasks, count } };
}

const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;
