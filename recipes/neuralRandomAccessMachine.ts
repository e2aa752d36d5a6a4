import type { Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "nram";

const first = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);
/** Seeds, named before the runs. */
export const seeds = { few: first(5), many: first(10) } as const;

/** What machines learn, and how long arrays are in training. */
export const ALGORITHMS = { access: 8, increment: 8, copy: 8, reverse: 8, swap: 5 } as const;
export type Learned = keyof typeof ALGORITHMS;

/** What is other than in the preset: with less entropy one of five tuned seeds of increment failed at length 20. */
const FLAGS: Partial<Record<Learned, Experiment["flags"]>> = { increment: { entropyBonus: 0.1 } };

/** Lengths of tests beside the longest of training: memories and steps grow with them. */
export const LONGER = [20, 50] as const;

/** Without one of the two that keep training from settling. */
export const CONTROLS = {
  "no-noise": { gradientNoise: 0 },
  "no-entropy": { entropyBonus: 0, costHalving: 0 },
} as const;

const tests = (longest: number): Record<string, Test> =>
  Object.fromEntries([longest, ...LONGER].map((length) => [length, { length, sequences: 100 }]));

const learning = (algorithm: Learned, of: readonly number[], rest: Partial<Experiment> = {}): Experiment => ({
  name: `${algorithm}-nram`,
  model: MODEL,
  task: "ram",
  seeds: of,
  tests: tests(ALGORITHMS[algorithm]),
  ...rest,
  flags: { algorithm, maxLength: ALGORITHMS[algorithm], ...FLAGS[algorithm], ...rest.flags },
});

const controls = (algorithm: Learned): Experiment[] =>
  Object.entries(CONTROLS).map(([name, flags]) => ({
    ...learning(algorithm, seeds.few, { flags }),
    name: `${algorithm}-${name}`,
  }));

/** Memories that are read, incremented, copied, reversed and swapped; then the same without noise or entropy. */
export const recipe: Recipe = {
  place: 12,
  presets: {
    [MODEL]: {
      ram: {
        model: { registers: 4, hiddenSize: 64, entropyBonus: 0.03, gradientLimit: 1000 },
        batch: 24,
        learningRate: 5e-3,
        costHalving: 400,
        clipNorm: 30,
        gradientNoise: 0.3,
        steps: 2_400,
      },
    },
  },
  suite: "nram",
  experiments: [
    learning("access", seeds.few),
    learning("increment", seeds.many, { checkpoint: "increment-nram.safetensors" }),
    learning("copy", seeds.many),
    learning("reverse", seeds.many),
    learning("swap", seeds.few),
    ...controls("increment"),
    ...controls("copy"),
  ],
};
