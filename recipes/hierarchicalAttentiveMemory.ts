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

/** Leaves of training. The paper has 32 for all; sorting is in a reduced size. */
export const leavesOf = (problem: Problem): number => (isRaw(problem) ? 32 : 8);

/**
 * As trained, and on a memory of four times as many leaves: from twice as many to all of them filled, or of a raw memory
 * as many instructions.
 */
const testsOf = (problem: Problem): Record<string, Test> => {
  const sequences = isRaw(problem) ? 2500 : 1000;
  const leaves = leavesOf(problem);
  const larger = { leaves: 4 * leaves, maxLength: 4 * leaves, minLength: isRaw(problem) ? 4 * leaves : 2 * leaves + 1 };
  return { trained: { sequences }, "four times": { sequences, changed: larger } };
};

const experiment = (
  model: string,
  problem: Problem,
  of: readonly number[],
  { flags, ...rest }: Partial<Experiment> = {},
): Experiment => ({
  name: `tree-${problem}-${model}`,
  model,
  task: "tree",
  seeds: of,
  flags: { problem, maxLength: leavesOf(problem), ...flags },
  tests: testsOf(problem),
  ...rest,
});

/** What sorting takes: more numbers and steps, and a price of being sure that is longer there. */
const sorting = {
  nodeSize: 32,
  hiddenSize: 32,
  discount: 0.95,
  curriculumError: 0.02,
  costHalving: 8_000,
  steps: 50_000,
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
    experiment(MODEL, "sort", seeds.slice(0, 2), { flags: sorting }),
    experiment(CONTROL, "stack", seeds.slice(0, 1)),
    experiment(CONTROL, "sort", seeds.slice(0, 1)),
  ],
};
