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
 * The paper's control: the same machine with weights on all rows. It has as many rows as the Neural Turing Machine, more of
 * which would be empty, and cost as much as others.
 */
const DENSE_ACCESS = { memoryAccess: "dense", slots: 128 } as const;

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

/** Copy, recall and priority sort with few rows read and written at a step, with all of them, and by a Neural Turing Machine. */
export const recipe: Recipe = {
  place: 17,
  presets: {
    [MODEL]: Object.fromEntries(
      Object.entries(TASKS).map(([task, { steps, flags }]) => [task, { ...learned, task: flags, steps }]),
    ),
  },
  suite: "sparseMemory",
  experiments: (Object.keys(TASKS) as SparseTask[]).flatMap(each),
};
