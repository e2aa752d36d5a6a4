import { trained } from "./common/trained.js";
import type { Experiment, Preset, Recipe, Test } from "./recipe.js";

/** Names on the command line: the machine, and the same with dense attention. */
export const MODEL = "sam";
export const DENSE = "ntm";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** Steps after which fresh sequences are measured, to see which learns sooner. */
export const AT = [500, 1000, 2000, 4000] as const;

const learned = { learningRate: 3e-3, decay: 0.1 } as const satisfies Partial<Preset>;

const items = (...all: readonly number[]): Record<string, Test> =>
  Object.fromEntries(all.map((length) => [`${length} items`, { length, sequences: 200 }]));

/** Tasks of section 4.2 of Rae et al. 2016, what is tested, and how long both train. */
export const TASKS = {
  copy: { steps: 6_000, flags: { bits: 8, minLength: 1, maxLength: 20 }, tests: trained },
  "associative-recall": { steps: 10_000, flags: {}, tests: { ...trained, ...items(6, 8, 10, 12, 15, 20) } },
  "priority-sort": { steps: 8_000, flags: {}, tests: trained },
} as const satisfies Record<string, Pick<Experiment, "flags" | "tests"> & { steps: number }>;
export type SparseTask = keyof typeof TASKS;

/** As many heads as the sparse memory has, and rows as wide, of a Neural Turing Machine. */
const dense = { ...learned, width: 32, readHeads: 4, writeHeads: 4 };

/**
 * The paper's control: the same machine with weights on all rows. Its heads erase four of them a step, and it has so many that
 * in the longest sequence of training, of 41 steps, none is erased a second time. More would be empty, and cost as much.
 */
export const DENSE_ACCESS = { memoryAccess: "dense", slots: 192 } as const;

const each = (task: SparseTask): Experiment[] => {
  const { steps, flags, tests } = TASKS[task];
  const shared = { task, seeds, tests, at: AT };
  return [
    {
      ...shared,
      name: `${task}-sam`,
      model: MODEL,
      flags: { ...flags, steps },
      ...(task === "copy" && { checkpoint: "copy-sam.safetensors" }),
    },
    { ...shared, name: `${task}-dam`, model: MODEL, flags: { ...flags, ...DENSE_ACCESS, steps } },
    { ...shared, name: `${task}-dense`, model: DENSE, flags: { ...flags, ...dense, steps } },
  ];
};

/** Most items of training, and those of the longest test. */
export const MOST_ITEMS = 100;
export const TIMES = 10;

/**
 * Recall by a curriculum that doubles, as in section 4.3: items are single vectors, each of which is a key of the next, wide
 * enough that a thousand are different. Found with seed 101: from 2 items on, or with batches of 16, the first levels took
 * most of the steps.
 */
export const LONG_RECALL = {
  name: "long-recall-sam",
  model: MODEL,
  task: "associative-recall",
  seeds,
  flags: {
    heads: 1,
    rowsRead: 8,
    width: 64,
    slots: 4096,
    bits: 16,
    itemLength: 1,
    minItems: 4,
    maxItems: MOST_ITEMS,
    curriculum: 100,
    curriculumError: 0.05,
    batch: 64,
    steps: 3_500,
  },
  tests: {
    ...trained,
    ...items(MOST_ITEMS, 2 * MOST_ITEMS, 5 * MOST_ITEMS),
    [`${TIMES * MOST_ITEMS} items`]: { length: TIMES * MOST_ITEMS, sequences: 50 },
  },
} as const satisfies Experiment;

/** Copy, recall and priority sort with few rows read and written at a step, with all of them, and by a Neural Turing Machine. */
export const recipe: Recipe = {
  place: 17,
  presets: {
    [MODEL]: Object.fromEntries(
      Object.entries(TASKS).map(([task, { steps, flags }]) => [task, { ...learned, task: flags, steps }]),
    ),
  },
  suite: "sparseMemory",
  experiments: [...(Object.keys(TASKS) as SparseTask[]).flatMap(each), LONG_RECALL],
};
