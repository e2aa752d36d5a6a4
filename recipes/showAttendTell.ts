import type { Data, Experiment, Recipe, Test } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "sat";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** Beams of an answer. */
export const BEAM = 4;

/** The part of the answers that the model in checkpoints/ gives, and that is to be right. */
export const PRECISION = 0.99;

/** Pictures of a test. */
export const PICTURES = 1000;

/** What a test looks at: of digits so many on a picture; of captions a part of the data. */
export interface Looking {
  readonly part?: "dev" | "test";
  /** Only captions whose words training has read. */
  readonly composable?: boolean;
  /** Answers with the caption of the nearest picture of training instead of the model. */
  readonly nearest?: boolean;
}

/** Written digits, of MNIST. */
export const DIGITS_DATA: Data = {
  option: "digits",
  train: "mnist/train-10k.images.gz",
  test: "mnist/test-10k.images.gz",
};
const emoji: Data = {
  option: "captions",
  train: "emoji-captions/captions.tsv",
  test: "emoji-captions/captions.tsv",
};

/** Tests of so many digits each. */
const of = (...sizes: readonly number[]): Readonly<Record<string, Test & Looking>> =>
  Object.fromEntries(sizes.map((length) => [`${length} digits`, { length }]));

const experiment = (name: string, of: readonly number[], more: Partial<Experiment<Looking>>): Experiment<Looking> => ({
  name,
  model: MODEL,
  task: "scattered-digits",
  seeds: of,
  data: DIGITS_DATA,
  tests: {},
  ...more,
});

/** Digits of tests: six are more than training has. */
export const SIZES = [1, 3, 4, 5, 6];

/** Experiments on digits, and what each is. */
export const DIGITS = {
  "looking-digits": "soft attention",
  "looking-digits-hard": "hard attention",
  "looking-digits-mean": "the mean annotation",
} as const;

/** Experiments on captions, and what each is. */
export const CAPTIONS = {
  "looking-emoji": "soft attention",
  "looking-emoji-mean": "the mean annotation",
} as const;

const captioned = {
  task: "captions",
  data: emoji,
  tests: {
    test: {},
    composable: { composable: true },
    nearest: { nearest: true },
    "nearest composable": { nearest: true, composable: true },
  },
};

/** Digits that are scattered over a picture, read in their order, and captions of small pictures. */
export const recipe: Recipe<Looking> = {
  place: 21,
  presets: {
    [MODEL]: {
      "scattered-digits": {
        model: {
          maps: 20,
          focused: true,
          cellUnits: 128,
          encoderDropout: 0.15,
          hiddenSize: 96,
          penalty: 0.005,
          dropout: 0.1,
        },
        task: { maxDigits: 5, bending: 1.5, turned: 0.3, fillers: 0.15 },
        batch: 16,
        learningRate: 1.5e-3,
        decay: 0.02,
        warmup: 100,
        clipNorm: 5,
        average: 0.999,
        steps: 20_000,
      },
      captions: {
        model: { encoderLayers: 2, maps: 24, encoderDropout: 0.2, penalty: 0.02, dropout: 0.3, embeddingSize: 64 },
        task: { shift: 2 },
        batch: 32,
        learningRate: 2e-3,
        decay: 0.02,
        warmup: 100,
        clipNorm: 5,
        average: 0.999,
        steps: 8_000,
      },
    },
  },
  suite: "looking",
  experiments: [
    experiment("looking-digits", seeds, {
      tests: of(...SIZES),
      checkpoint: "looking.safetensors",
      calibration: { precision: PRECISION, beam: BEAM },
    }),
    experiment("looking-digits-hard", seeds.slice(0, 1), { flags: { attention: "hard" }, tests: of(...SIZES) }),
    experiment("looking-digits-mean", seeds.slice(0, 1), { flags: { attention: "none" }, tests: of(...SIZES) }),
    experiment("looking-emoji", seeds.slice(0, 1), captioned),
    experiment("looking-emoji-mean", seeds.slice(0, 1), { ...captioned, flags: { attention: "none" } }),
  ],
};
