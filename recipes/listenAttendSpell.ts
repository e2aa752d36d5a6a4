import type { Data, Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "las";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** Who is left out of training, and tested: from Germany, as one other is. */
export const HELD_OUT = "lucas";

/** What a test listens to: clips of the test part, as they are or as strings of so many. */
export interface Listening {
  readonly digits: number;
  /** Only clips of this speaker. */
  readonly speaker?: string;
}

const digits: Data = { option: "recordings", train: "fsdd/train.tsv", test: "fsdd/test.tsv" };

const tests: Readonly<Record<string, Test & Listening>> = {
  "one digit": { digits: 1 },
  "three digits": { digits: 3 },
  "five digits": { digits: 5 },
  "seven digits": { digits: 7 },
};

const experiment = (name: string, of: readonly number[], more: Partial<Experiment<Listening>> = {}) => ({
  name,
  model: MODEL,
  task: "spoken-digits",
  seeds: of,
  data: digits,
  tests,
  ...more,
});

/** Strings of a test, beside single clips as they are. */
export const STRINGS = 300;

/** Strings of digits by the speakers of the data set, and what is spelled without attention, or of somebody unknown. */
export const recipe: Recipe<Listening> = {
  place: 18,
  presets: {
    [MODEL]: {
      "spoken-digits": {
        model: { dropout: 0.1 },
        batch: 32,
        learningRate: 3e-3,
        decay: 0.05,
        warmup: 100,
        clipNorm: 5,
        steps: 1_500,
      },
    },
  },
  suite: "listening",
  experiments: [
    experiment("digits-las", seeds, { checkpoint: "digits.safetensors" }),
    experiment("digits-no-attention", seeds.slice(0, 1), { flags: { attention: "none" } }),
    {
      name: "voices-las",
      model: MODEL,
      task: "spoken-digits",
      seeds: seeds.slice(0, 1),
      tests,
    },
    experiment("digits-unknown-speaker", seeds.slice(0, 1), {
      flags: { withoutSpeaker: HELD_OUT },
      tests: { "one digit": { digits: 1, speaker: HELD_OUT }, "three digits": { digits: 3, speaker: HELD_OUT } },
    }),
  ],
};
