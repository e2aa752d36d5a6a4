import type { Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "ham";

/** Control without a memory. */
export const CONTROL = "lstm";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** What is learned, in the paper's order: with a controller, and raw. */
export const PROBLEMS = ["reverse", "search", "merge", "sort", "add", "stack", "queue", "priority-queue"] as const;
export type Problem = (typeof PROBLEMS)[number];

export const isRaw = (problem: Problem): boolean => PROBLEMS.indexOf(problem) >= PROBLEMS.indexOf("stack");

/** Leaves of training: those of the paper, and fewer where soft attention, or a problem's first size, is learned. */
export const LEAVES = 32;
export const FEW = 8;

/**
 * As trained, and on a memory of four times as many leaves: from twice as many to all of them filled, or of a raw memory
 * as many instructions.
 */
const testsOf = (problem: Problem, leaves: number): Record<string, Test> => {
  const sequences = isRaw(problem) ? 2500 : 1000;
  const larger = { leaves: 4 * leaves, maxLength: 4 * leaves, minLength: isRaw(problem) ? 4 * leaves : 2 * leaves + 1 };
  return { trained: { sequences }, "four times": { sequences, changed: larger } };
};

const experiment = (
  model: string,
  problem: Problem,
  of: readonly number[],
  { flags, leaves = LEAVES, ...rest }: Partial<Experiment> & { readonly leaves?: number } = {},
): Experiment => ({
  name: `tree-${problem}-${model}`,
  model,
  task: "tree",
  seeds: of,
  flags: { problem, maxLength: leaves, ...flags },
  tests: testsOf(problem, leaves),
  ...rest,
});

/** What sorting 8 leaves takes: more numbers and steps, and a price of being sure that is longer there. */
const sorting = { nodeSize: 32, discount: 0.95, curriculumError: 0.02, costHalving: 8_000, steps: 50_000 };

/**
 * What reversing and adding take. Drawn ways go wrong as long as the price keeps them from being sure, so that the tree
 * must grow at more errors than those.
 */
const quick = { discount: 0.95, curriculumError: 0.05, costHalving: 1_500 };

/** What search takes, of which a sequence has two accesses to learn from: four times as many sequences a step. */
const searching = {
  nodeSize: 32,
  hidden: 32,
  join: "gated",
  batch: 128,
  curriculumError: 0.05,
  costHalving: 2_500,
  steps: 16_000,
};

/**
 * What search learns after that, on no more leaves, so that a million of them are searched, too. They have few keys, so
 * many leaves of one key are joined; and with noise in its gates JOIN hands on what a child holds as it is.
 */
const searchingMore = {
  ...searching,
  minLength: 17,
  curriculum: 0,
  fewKeys: 0.7,
  gateNoise: 4,
  average: 0.999,
  batch: 64,
  learningRate: 1e-3,
  entropyCost: 1e-5,
  costHalving: 3_000,
  steps: 24_000,
};

/** What sorting and merging as many leaves as the paper take: a JOIN with gates, and a price of being sure that halves sooner. */
const sortingMore = {
  ...sorting,
  hidden: 32,
  join: "gated",
  curriculumError: 0.03,
  costHalving: 4_000,
  steps: 24_000,
};

/** Memories that are trees, with an LSTM and raw, and an LSTM alone. */
export const recipe: Recipe = {
  place: 16,
  presets: {
    [MODEL]: {
      tree: {
        task: { curriculum: 100, curriculumError: 0.01 },
        batch: 32,
        learningRate: 3e-3,
        decay: 0.01,
        costHalving: 3_000,
        clipNorm: 5,
        steps: 24_000,
      },
    },
    [CONTROL]: {
      tree: { model: { hiddenSize: 64 }, batch: 32, learningRate: 3e-3, decay: 0.01, clipNorm: 5, steps: 6_000 },
    },
  },
  suite: "hierarchicalMemory",
  experiments: [
    experiment(MODEL, "stack", seeds, { checkpoint: "stack-tree.safetensors" }),
    experiment(MODEL, "queue", seeds),
    experiment(MODEL, "reverse", seeds, { flags: { ...quick, steps: 6_000 } }),
    experiment(MODEL, "add", seeds.slice(0, 2), { flags: { ...quick, steps: 10_000 } }),
    experiment(MODEL, "search", seeds.slice(0, 2), { flags: searching, checkpoint: "search-tree.safetensors" }),
    experiment(MODEL, "search", seeds.slice(0, 2), {
      name: "tree-search-deeper",
      from: "search-tree.safetensors",
      flags: searchingMore,
      dtype: "f32",
      checkpoint: "search-tree-deeper.safetensors",
    }),
    experiment(MODEL, "sort", seeds.slice(0, 2), { leaves: FEW, flags: sorting }),
    experiment(MODEL, "sort", seeds.slice(0, 2), { name: "tree-sort-32", flags: sortingMore }),
    experiment(MODEL, "merge", seeds.slice(0, 1), { flags: sortingMore }),
    experiment(MODEL, "priority-queue", seeds.slice(0, 1), {
      flags: { nodeSize: 32, join: "gated", curriculumError: 0.03, costHalving: 4_000 },
    }),
    experiment(MODEL, "sort", seeds.slice(0, 1), {
      name: "tree-sort-soft",
      leaves: FEW,
      flags: { attention: "soft", nodeSize: 32, curriculumError: 0.02, steps: 12_500 },
    }),
    experiment(CONTROL, "stack", seeds.slice(0, 1)),
    experiment(CONTROL, "sort", seeds.slice(0, 1), { leaves: FEW }),
  ],
};
