import { general, type Data, type Experiment, type Preset, type Recipe, type Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "memn2n";

/** Seeds, named before the runs: the paper keeps the best of ten by its training error. */
export const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Numbers of the data set's tasks. */
export const TASKS = Array.from({ length: 20 }, (_, i) => i + 1);

/** Questions that a test answers. */
export interface Asking {
  /** Those of the file of tests, or of the file of training those that it learned from, or that were held out. Default: "test". */
  readonly of?: "test" | "train" | "held out";
  /** Numbers of the data's tasks. Default: all. */
  readonly tasks?: readonly number[];
}

/** 1,000 questions of each task. */
export const babi: Data = { option: "stories", train: "babi/en-train.txt.gz", test: "babi/en-test.txt.gz" };
const tests: Readonly<Record<string, Test & Asking>> = {
  test: { of: "test" },
  train: { of: "train" },
  "held out": { of: "held out" },
};

/** 10,000 questions of each task; the file has all but task 3. */
const manyBabi: Data = { ...babi, train: "babi/en-10k-train.txt.gz" };
/** 1,000 of each task are enough to compare seeds by. */
const manyTests = { ...tests, train: { of: "train", sequences: 1000 } } as const;

const BATCH = 32;
/** Questions that are learned from, of each task of the smaller file: 900 of 1,000. */
const LEARNED = 900;
const stepsOf = (epochs: number, tasks: number, learned = LEARNED): number =>
  Math.ceil((epochs * tasks * learned) / BATCH);

/** Epochs, those of the linear start among them, as in the authors' code: of one task, and of all together. */
const EPOCHS = { one: 120, all: 90 } as const;
const LINEAR = { one: 20, all: 30 } as const;

/**
 * The authors' rate of 0.005 is for a gradient that is summed over the 32 questions of a batch; ours is a mean, so that the
 * same rate is 32 times as much. They clip the gradient of each of four matrices to 40, so that all of it is 80 at most; we
 * clip all of it, to 40, and for one task alone to 80, which was better for more seeds from 101 to 104. They halve the rate
 * four times; here it falls over the second half of the steps.
 */
const preset: Preset = {
  ...general,
  model: { embeddingSize: 50 },
  task: { linearSteps: stepsOf(LINEAR.all, TASKS.length) },
  batch: BATCH,
  optimizer: "sgd",
  learningRate: 0.005 * BATCH,
  momentum: 0,
  decay: 0.05,
  clipNorm: 40 / BATCH,
  steps: stepsOf(EPOCHS.all, TASKS.length),
  checkpointEvery: 5_000,
};

/** What the command line would be told to train on one task alone. */
export const ONE = {
  embedding: 20,
  steps: stepsOf(EPOCHS.one, 1),
  linearSteps: stepsOf(LINEAR.one, 1),
  clipNorm: 80 / BATCH,
};

/** Experiments on all tasks together, by what they learn from: 1,000 questions of each, or more. */
export const JOINT = {
  babi: "babi-joint-memn2n",
  own: "stories-joint-memn2n",
  manyBabi: "babi-10k-memn2n",
  manyOwn: "stories-4k-memn2n",
} as const;

/** Epochs over more questions, those of the linear start among them: of 9,000 of each task, and of 4,000 made-up ones. */
export const MANY_EPOCHS = { babi: { all: 15, linear: 5 }, own: { all: 40, linear: 10 } } as const;
const MADE_UP = 4_000;
const manyFlags = (of: keyof typeof MANY_EPOCHS, tasks: number, learned: number) => ({
  steps: stepsOf(MANY_EPOCHS[of].all, tasks, learned),
  linearSteps: stepsOf(MANY_EPOCHS[of].linear, tasks, learned),
});

/** A model for each task of that file: on seed 101, width 50 and 60 epochs had less held-out error than 20, 100, and 200. */
export const MANY_ONE = { embedding: 50, all: 60, linear: 10 } as const;
/** Name of its experiment. */
export const manyOneOf = (task: number): string => `babi-10k-one-memn2n-${task}`;
/** Numbers of the tasks that it has. */
export const MANY_TASKS = TASKS.filter((task) => task !== 3);

/** Tasks that each of the first three seeds fails at: these have ten, as the paper's, and another recipe. */
export const FAILING = [17, 18, 19];
/**
 * That recipe: wider, with a ReLU behind each hop, as the paper's best, and by Adam. On seed 101 its held-out errors of tasks 17
 * and 19 were 0.29 and 0.31, those of 60 epochs at 0.003 0.33 and 0.35, and without Adam from 0.27 and 0.57 up. Of task 7,
 * which it overfits, 0.08 instead of 0.03.
 */
export const MANY_RELU = { embedding: 100, learningRate: 1e-3, all: 150, linear: 25 } as const;
/** Name of its experiment. */
export const manyReluOf = (task: number): string => `babi-10k-relu-memn2n-${task}`;
/** Seeds of a model for one task of that file. */
export const manyOneSeeds = (task: number): readonly number[] => (FAILING.includes(task) ? seeds : OWN_SEEDS);

/** The part of the answers that the model in checkpoints/ gives, and that is to be right. */
export const PRECISION = 0.98;

/** What one task is trained with, as the paper's column PE LS RN, and controls, on the tasks and seeds that have them. */
export const VARIANTS = {
  full: { what: "position encoding, linear start, random noise", tasks: TASKS, seeds, flags: {} },
  softmax: { what: "no linear start", tasks: [2, 16], seeds, flags: { linearSteps: 0 } },
  words: { what: "bags of words", tasks: [4, 5], seeds, flags: { encoding: "words" } },
} as const;

/** Seeds of stories that are made up, and of 10,000 questions of each task. */
export const OWN_SEEDS = seeds.slice(0, 3);

/** Controls of joint training, and what they have or lack. */
export const CONTROLS = {
  "babi-joint-one-hop": { what: "one hop", flags: { hops: 1 } },
  "babi-joint-two-hops": { what: "two hops", flags: { hops: 2 } },
  "babi-joint-no-noise": { what: "no random noise", flags: { timeNoise: 0 } },
  "babi-joint-layerwise": { what: "layer-wise tying, no random noise", flags: { tying: "layerwise", timeNoise: 0 } },
  "babi-joint-softmax": { what: "no linear start", flags: { linearSteps: 0 } },
  "babi-joint-words": { what: "bags of words", flags: { encoding: "words" } },
} as const;

const joint = (name: string, of: readonly number[], more: Partial<Experiment<Asking>>): Experiment<Asking> => ({
  name,
  model: MODEL,
  task: "babi",
  seeds: of,
  tests,
  ...more,
});

/** One task of the larger file. */
const ofManyOne = (
  name: string,
  seeds: readonly number[],
  task: number,
  { embedding, all, linear }: { readonly embedding: number; readonly all: number; readonly linear: number },
  flags: Experiment["flags"] = {},
): Experiment<Asking> =>
  joint(name, seeds, {
    data: manyBabi,
    flags: {
      ...ONE,
      babiTasks: [task],
      embedding,
      steps: stepsOf(all, 1, 9_000),
      linearSteps: stepsOf(linear, 1, 9_000),
      ...flags,
    },
    tests: Object.fromEntries(Object.entries(manyTests).map(([name, test]) => [name, { ...test, tasks: [task] }])),
  });

/** Questions about stories, answered by attention over their sentences. */
export const recipe: Recipe<Asking> = {
  place: 15,
  presets: { [MODEL]: { babi: preset } },
  suite: "memoryNetworks",
  experiments: [
    joint(JOINT.manyOwn, [1], {
      flags: { questionsEach: MADE_UP, ...manyFlags("own", TASKS.length, MADE_UP) },
      tests: { test: {} },
      checkpoint: "stories.safetensors",
      calibration: { precision: PRECISION, beam: 1 },
    }),
    joint(JOINT.own, OWN_SEEDS, { tests: { test: {} } }),
    joint(JOINT.babi, seeds, { data: babi }),
    joint(JOINT.manyBabi, OWN_SEEDS, {
      data: manyBabi,
      flags: manyFlags("babi", MANY_TASKS.length, 9_000),
      tests: manyTests,
    }),
    ...MANY_TASKS.map((task) => ofManyOne(manyOneOf(task), manyOneSeeds(task), task, MANY_ONE)),
    ...FAILING.map((task) =>
      ofManyOne(manyReluOf(task), OWN_SEEDS, task, MANY_RELU, {
        nonlinear: true,
        optimizer: "adam",
        learningRate: MANY_RELU.learningRate,
      }),
    ),
    ...Object.entries(CONTROLS).map(([name, { flags }]) => joint(name, [1], { data: babi, flags })),
  ],
};
