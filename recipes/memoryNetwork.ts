import { babi, TASKS, type Asking } from "./endToEndMemoryNetwork.js";
import { general, type Experiment, type Preset, type Recipe, type Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "memnn";

/** Seeds, named before the runs: of one task, and of all together. */
export const seeds = { one: [1, 2, 3], all: [1] } as const;

const BATCH = { one: 8, all: 32 } as const;
/** Questions that are learned from, of each task: 900 of 1,000. */
const LEARNED = 900;
const stepsOf = (epochs: number, tasks: number, batch: number): number => Math.ceil((epochs * tasks * LEARNED) / batch);

/** Epochs of one task, and of all together. */
export const EPOCHS = { one: 50, all: 30 } as const;

/** Most facts that a question of the data set has. */
const MOST_FACTS = 8;
/** No story of the data set is longer, but some of the third task. */
const MEMORIES = 130;

const preset: Preset = {
  ...general,
  model: { hops: MOST_FACTS },
  task: { timeNoise: 0 },
  batch: BATCH.all,
  learningRate: 3e-3,
  decay: 0.03,
  steps: stepsOf(EPOCHS.all, TASKS.length, BATCH.all),
  checkpointEvery: 2_000,
};

/** What the command line would be told to train on one task alone, beside hops and memories. */
export const ONE = { batch: BATCH.one, steps: stepsOf(EPOCHS.one, 1, BATCH.one) };

/** What one task is trained with, and by which seeds. */
export const VARIANTS = {
  full: { what: "words and places, two layers", seeds: seeds.one, flags: {} },
  linear: { what: "words and places, no layers", seeds: [1], flags: { nonlinear: false } },
  words: { what: "bags of words, no layers", seeds: [1], flags: { nonlinear: false, features: "words" } },
} as const;

/** All tasks together. */
export const JOINT = "babi-joint-memnn";

const tests: Readonly<Record<string, Test & Asking>> = {
  test: { of: "test" },
  train: { of: "train" },
  "held out": { of: "held out" },
};

const joint: Experiment<Asking> = {
  name: JOINT,
  model: MODEL,
  task: "babi",
  seeds: seeds.all,
  data: babi,
  tests,
  flags: { memories: MEMORIES },
};

/** Questions about stories, answered by sentences that are chosen one after the other. */
export const recipe: Recipe<Asking> = {
  place: 19,
  presets: { [MODEL]: { babi: preset } },
  suite: "supportingFacts",
  experiments: [joint],
};
