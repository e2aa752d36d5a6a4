import type { Recipe } from "./recipe.js";

const MODEL = "neural-gpu";

/** A diagonal one learns in a minute or two; the images of the first article take a hundred times as long. */
const diagonal = {
  model: { cell: "diagonal" },
  batch: 32,
  learningRate: 5e-3,
  decay: 0.02,
  costDecay: 1e-3,
  clipNorm: 1,
};

/** Neural GPUs on symbols and on sums of binary numbers. */
export const recipe: Recipe = {
  place: 9,
  presets: {
    [MODEL]: {
      "binary-addition": { ...diagonal, steps: 4_000 },
      rearrangement: { ...diagonal, model: { cell: "diagonal", maps: 30 }, steps: 2_000 },
    },
  },
};
