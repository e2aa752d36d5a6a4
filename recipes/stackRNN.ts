import type { Experiment, Preset, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "stack-rnn";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3, 4, 5];

/** Strings of one stream of each length, as many as the authors test. */
const STRINGS = 200;

/** Lengths of tests, as the authors have them; training has up to 19. */
const LENGTHS = Array.from({ length: 58 }, (_, i) => i + 2);

/** A stream of 200 strings of each length: solved if every determined character is right. */
const streams = (lengths: readonly number[]): Record<string, Test> =>
  Object.fromEntries(lengths.map((length) => [length, { length, sequences: 1, changed: { strings: STRINGS } }]));

/** Counting languages, by the names of their experiments. */
export const LANGUAGES = {
  anbn: "anbn",
  anbncn: "anbncn",
  anb2n: "anb2n",
  anbmcnm: "anbmcn+m",
} as const;

/** Noise in training, for languages that networks without it get wrong once they are rounded. */
export const NOISE: Readonly<Partial<Record<keyof typeof LANGUAGES, number>>> = { anb2n: 2, anbmcnm: 2 };

/** Controls, whose hidden state alone remembers. */
export const CONTROLS = ["lstm", "rnn"] as const;

const counting = (model: string, of: readonly number[]): Experiment[] =>
  (Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]).map((name) => ({
    name: `${name}-${model}`,
    model,
    task: "counting",
    seeds: of,
    flags: { language: LANGUAGES[name], ...(model === MODEL && name in NOISE && { noise: NOISE[name]! }) },
    tests: streams(LENGTHS),
    ...(model === MODEL && name === "anbn" && { checkpoint: "counting.safetensors" }),
  }));

/** Reversal of strings of up to 10 symbols, with 200 streams of five strings of each length. */
const memorization = (model: string, of: readonly number[]): Experiment => ({
  name: `memorization-${model}`,
  model,
  task: "memorization",
  seeds: of,
  tests: Object.fromEntries([10, 20, 40].map((length) => [length, { length, sequences: 200 }])),
});

/** Experiments of addition: with stacks, and its control. */
export const ADDED = ["binary-sums-stack-rnn", "short-binary-sums-lstm"] as const;

/** Digits of both operands of tested sums; training has up to 10. */
export const DIGITS = [10, 15, 20, 30] as const;

/** Binary addition, with 1,000 sums of each number of digits. */
const addition = (name: string, model: string, of: readonly number[], flags: Experiment["flags"] = {}): Experiment => ({
  name,
  model,
  task: "binary-sums",
  seeds: of,
  flags,
  tests: Object.fromEntries(DIGITS.map((length) => [length, { length, sequences: 1000 }])),
});

/** Adam, and a rate that falls to a fiftieth over the second half of the steps. */
const trained: Partial<Preset> = { batch: 4, learningRate: 1e-2, decay: 0.02, clipNorm: 1, steps: 4_000 };

/** One sum a sequence, of short numbers. */
const added: Partial<Preset> = {
  ...trained,
  task: { maxLength: 10, strings: 1 },
  batch: 16,
  learningRate: 5e-3,
  steps: 16_000,
};

/** The same training of an LSTM, whose preset is that of longer sums. */
const { task: _, model: __, ...control } = { ...added, ...added.task, hidden: 100 };

/** Languages that are counted, strings that are reversed and numbers that are added, by stack-augmented RNNs and by networks without a stack. */
export const recipe: Recipe = {
  place: 10,
  presets: {
    [MODEL]: {
      counting: { ...trained, model: { capacity: 64 } },
      memorization: { ...trained, model: { hiddenSize: 100, capacity: 64 }, steps: 10_000 },
      "binary-sums": {
        ...added,
        model: { hiddenSize: 100, stacks: 5, capacity: 32, noop: true, recurrent: true, noise: 1 },
      },
    },
    lstm: {
      counting: { ...trained, model: { hiddenSize: 40 } },
      memorization: { ...trained, model: { hiddenSize: 100 }, steps: 10_000 },
    },
    rnn: { counting: { ...trained, model: { hiddenSize: 40 } } },
  },
  suite: "stackRnn",
  experiments: [
    ...counting(MODEL, seeds),
    ...CONTROLS.flatMap((model) => counting(model, [1])),
    memorization(MODEL, seeds),
    memorization("lstm", [1]),
    addition(ADDED[0], MODEL, seeds),
    addition(ADDED[1], "lstm", [1], control),
  ],
};
