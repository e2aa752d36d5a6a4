import type { Data, Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "las";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** Who is left out of training, and tested: from Germany, as one other is. */
export const HELD_OUT = "lucas";

/** Most digits of a string in training: a longer one is spelled as if it ended there. */
const MOST = 6;

/** What a test listens to: clips of the test part, as they are or as strings of so many. */
export interface Listening {
  readonly digits: number;
  /** Only clips of this speaker. */
  readonly speaker?: string;
}

const digits: Data = { option: "recordings", train: "fsdd/train.tsv", test: "fsdd/test.tsv" };

/** Tests of so many digits each. */
const of = (...sizes: readonly number[]): Readonly<Record<string, Test & Listening>> =>
  Object.fromEntries(sizes.map((digits) => [`${digits} digits`, { digits }]));
const tests = of(1, 3, 5, 7);

const experiment = (name: string, of: readonly number[], more: Partial<Experiment<Listening>> = {}) => ({
  name,
  model: MODEL,
  task: "spoken-digits",
  seeds: of,
  data: digits,
  tests,
  ...more,
});

/** The part of the answers that the model in checkpoints/ gives, and that is to be right. */
export const PRECISION = 0.99;

/** Beams of an answer. */
export const BEAM = 4;

/** Strings of a test, beside single clips as they are. */
export const STRINGS = 300;

/** Nothing but strings of up to three digits. */
const alone = { fillers: 0, maxDigits: 3, steps: 1_500 };

/** Experiments on strings of up to three digits alone, and what each is. */
export const ALONE = {
  "digits-las": "listen, attend and spell",
  "digits-no-attention": "without attention",
  "digits-unknown-speaker": `all but ${HELD_OUT}, tested on ${HELD_OUT}`,
} as const;

/** The experiment on longer strings, and on recordings that are no digits. */
export const FILLED = "digits-fillers";

/** Strings of digits by the speakers of the data set, and what is spelled without attention, or of somebody unknown. */
export const recipe: Recipe<Listening> = {
  place: 20,
  presets: {
    [MODEL]: {
      "spoken-digits": {
        model: { dropout: 0.1 },
        task: { maxDigits: MOST },
        batch: 32,
        learningRate: 3e-3,
        decay: 0.05,
        warmup: 100,
        clipNorm: 5,
        steps: 1_200,
      },
    },
  },
  suite: "listening",
  experiments: [
    experiment(FILLED, seeds, {
      tests: of(1, 3, 6, 8),
      checkpoint: "digits.safetensors",
      calibration: { precision: PRECISION, beam: BEAM },
    }),
    experiment("digits-las", seeds, { flags: alone }),
    experiment("digits-no-attention", seeds.slice(0, 1), { flags: { ...alone, attention: "none" } }),
    experiment("digits-unknown-speaker", seeds.slice(0, 1), {
      flags: { ...alone, withoutSpeaker: HELD_OUT },
      tests: Object.fromEntries([1, 3].map((digits) => [`${digits} digits`, { digits, speaker: HELD_OUT }])),
    }),
  ],
};
