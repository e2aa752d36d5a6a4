import type { Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "nram";

/** Seeds, named before the runs. */
export const seeds = { few: [1, 2, 3, 4, 5], many: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } as const;

/** What machines learn, and how long arrays are in training. */
export const ALGORITHMS = { access: 8, increment: 8, copy: 5, reverse: 5, swap: 5 } as const;
export type Learned = keyof typeof ALGORITHMS;

/** Lengths of tests beside the longest of training: memories and steps grow with them. */
export const LONGER = [20, 50] as const;

/** Without one of the two that keep training from settling. */
export const CONTROLS = {
  "no-noise": { gradientNoise: 0 },
  "no-entropy": { entropyBonus: 0, costHalving: 0 },
} as const;

const tests = (longest: number): Record<string, Test> =>
  Object.fromEntries([longest, ...LONGER].map((length) => [length, { length, sequences: 100 }]));

const learning = (algorithm: Learned, of: readonly number[], flags: Experiment["flags"] = {}): Experiment => ({
  name: `${algorithm}-nram`,
  model: MODEL,
  task: "ram",
  seeds: of,
  flags: { algorithm, maxLength: ALGORITHMS[algorithm], ...flags },
  tests: tests(ALGORITHMS[algorithm]),
});

const controls = (algorithm: Learned): Experiment[] =>
  Object.entries(CONTROLS).map(([name, flags]) => ({
    ...learning(algorithm, seeds.few, flags),
    name: `${algorithm}-${name}`,
  }));

/** Memories that are read, incremented, copied, reversed and swapped; then the same without noise or entropy. */
export const recipe: Recipe = {
  place: 12,
  presets: {
    [MODEL]: {
      ram: {
        model: { registers: 3, hiddenSize: 32, entropyBonus: 0.03, gradientLimit: 1000 },
        batch: 24,
        learningRate: 5e-3,
        costHalving: 200,
        clipNorm: 30,
        gradientNoise: 0.3,
        steps: 800,
      },
    },
  },
  suite: "nram",
  experiments: [
    learning("access", seeds.few),
    learning("increment", seeds.many),
    learning("copy", seeds.many),
    learning("reverse", seeds.few, { registers: 4 }),
    learning("swap", seeds.few),
    ...controls("increment"),
    ...controls("copy"),
  ],
};
