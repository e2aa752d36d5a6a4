import { trained } from "./common/trained.js";
import type { Experiment, Recipe } from "./recipe.js";

const MODEL = "arithmetic-programmer";

/** Numbers ten times as large as training has seen, and answers as large as they become. */
const TENFOLD = { least: 10, most: 100, mostAnswer: 1e9 };

const arithmetic = (operators: number, seeds: number, flags: Experiment["flags"] = {}): Experiment => {
  const asked = Array.from({ length: operators }, (_, i) => i + 1);
  const sizes = asked.map((length) => [`${length} ${length === 1 ? "operator" : "operators"}`, { length }] as const);
  return {
    name: `arithmetic-${operators}`,
    model: MODEL,
    task: "arithmetic",
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    flags: { maxOperators: operators, ...flags },
    tests: {
      ...trained,
      ...Object.fromEntries(sizes),
      ...Object.fromEntries(sizes.map(([test, drawn]) => [`${test}, tenfold`, { ...drawn, changed: TENFOLD }])),
    },
  };
};

/** Programs of arithmetic, learned from answers alone. */
export const recipe: Recipe = {
  place: 5,
  presets: {
    [MODEL]: {
      arithmetic: {
        model: { entropyBonus: 0.1 },
        task: { maxOperators: 3, curriculum: [1_500, 3_500] },
        batch: 64,
        learningRate: 2e-3,
        decay: 0.2,
        costDecay: 0.05,
        clipNorm: 1,
        steps: 9_000,
      },
    },
  },
  suite: "programmer",
  experiments: [
    arithmetic(1, 3, { steps: 3000 }),
    arithmetic(2, 3, { steps: 4000 }),
    { ...arithmetic(3, 5), checkpoint: "arithmetic.safetensors" },
  ],
};
