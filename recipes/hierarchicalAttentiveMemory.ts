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

/** Leaves of training. */
export const LEAVES = 32;

/**
 * As trained, and on a memory of four times as many leaves: from twice as many to all of them filled, or of a raw memory
 * as many instructions.
 */
const testsOf = (problem: Problem, sequences: number): Record<string, Test> => {
  const larger = { leaves: 4 * LEAVES, maxLength: 4 * LEAVES, minLength: isRaw(problem) ? 4 * LEAVES : 2 * LEAVES + 1 };
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
  flags: { problem, maxLength: LEAVES, ...flags },
  tests: testsOf(problem, isRaw(problem) ? 2500 : 1000),
  ...rest,
});

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
    [CONTROL]: { tree: { batch: 32, learningRate: 3e-3, decay: 0.01, clipNorm: 5, steps: 10_000 } },
  },
  suite: "hierarchicalMemory",
  experiments: [
    experiment(MODEL, "stack", seeds, { checkpoint: "stack-tree.safetensors" }),
    experiment(MODEL, "queue", seeds),
    experiment(CONTROL, "stack", seeds.slice(0, 1)),
  ],
};
