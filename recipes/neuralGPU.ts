import type { Experiment, Recipe } from "./recipe.js";

const MODEL = "neural-gpu";

/** Steps after which training has operands of up to 20 bits; until then of up to 10. */
export const LONGER = 2_500;

/** Positions, as in the article, but for the one that holds 10 bits. */
const BINS = [8, 12, 16, 21, 25, 28, 31, 36, 41];

/** As Freivalds & Liepins 2017, arXiv:1702.08727, train it, but for batches of one bin a step instead of all. */
const adaMax = { optimizer: "adamax", learningRate: 1e-2, decay: 0.02, clipNorm: 0 } as const;

/** Seeds, named before the runs. */
const seeds = [1, 2, 3, 4, 5];
/** With which the recipe of addition was found. */
export const FOUND = 21;

/** Operands as in training, and with long runs of carries. */
const additions = Object.fromEntries(
  (["uniform", "carries"] as const).flatMap((operands) =>
    [25, 100, 200].map((length) => {
      const few = operands === "carries" && length > 25 ? { sequences: 20_000 / length } : {};
      return [`${length} ${operands}`, { length, changed: { operands }, ...few }];
    }),
  ),
);

/** With tests of twenty times the 20 positions of training. */
const rearranged = (transformation: "copy" | "reverse" | "duplicate", flags: Experiment["flags"] = {}): Experiment => ({
  name: `neural-gpu-${transformation}`,
  model: MODEL,
  task: "rearrangement",
  seeds,
  flags: { transformation, ...flags },
  tests: { "40": { length: 40 }, "100": { length: 100 }, "400": { length: 400, sequences: 200 } },
});

/** Neural GPUs on symbols and on sums of binary numbers: diagonal ones, since images take a hundred times as long. */
export const recipe: Recipe = {
  place: 9,
  presets: {
    [MODEL]: {
      "binary-addition": {
        ...adaMax,
        model: { cell: "diagonal", saturation: 0 },
        batch: 16,
        task: {
          maxLength: 20,
          bins: BINS,
          curriculum: [...Array.from({ length: 9 }, (_, i) => i + 1), LONGER],
        },
        steps: 5_000,
      },
      rearrangement: {
        model: { cell: "diagonal", maps: 30 },
        batch: 32,
        learningRate: 5e-3,
        decay: 0.02,
        warmup: 50,
        costHalving: 60,
        clipNorm: 1,
        steps: 1_000,
      },
    },
  },
  suite: "neuralGpu",
  experiments: [
    {
      name: "neural-gpu-addition",
      model: MODEL,
      task: "binary-addition",
      seeds: [FOUND, ...seeds],
      tests: additions,
      checkpoint: "neural-gpu.safetensors",
    },
    rearranged("copy"),
    rearranged("reverse"),
    rearranged("duplicate", {
      ...adaMax,
      decay: 0.3,
      costHalving: 180,
      warmup: 0,
      bins: [8, 12, 16, 20],
      steps: 4_000,
    }),
  ],
};
