import { trained } from "./common/trained.js";
import type { Experiment, Preset, Recipe } from "./recipe.js";

const MODEL = "pointer-network";

/** How a model points in a test. */
export interface Pointing {
  readonly beam?: number;
  /** The first so many sets. Default: 2,000. */
  readonly sequences?: number;
  /** Vectors of a set. */
  readonly length?: number;
  /** A file of real maps instead of random ones. */
  readonly file?: string;
}

/** 200,000 examples in 1,560 steps. */
const pointing: Partial<Preset> = { batch: 128, learningRate: 3e-3, decay: 0.01, clipNorm: 2 };

const sorting = (numbers: number, glimpses: number, steps: number): Experiment<Pointing> => ({
  name: `sorting-${numbers}-${glimpses ? "glimpse" : "none"}`,
  model: MODEL,
  task: "pointer-sort",
  seeds: [1],
  // As in the paper it may point at a number again.
  flags: { minLength: numbers, maxLength: numbers, glimpses, steps, forbidRepeats: false },
  tests: trained,
});
const file = "cities-tsp/tsp-test.jsonl.gz";

/** Pointer networks on the tasks of Vinyals, Fortunato & Jaitly 2015, and sorting. */
export const recipe: Recipe<Pointing> = {
  place: 4,
  presets: {
    [MODEL]: {
      "pointer-sort": { ...pointing, model: { glimpses: 1, forbidRepeats: true }, steps: 2_500 },
      "convex-hull": { ...pointing, steps: 1_560 },
      tsp: {
        ...pointing,
        model: { glimpses: 1, forbidRepeats: true },
        task: { minLength: 5, maxLength: 10 },
        steps: 3_000,
      },
    },
  },
  suite: "attention",
  experiments: [
    sorting(5, 0, 2500),
    sorting(5, 1, 2500),
    {
      name: "sorting-5-once",
      model: MODEL,
      task: "pointer-sort",
      seeds: [1],
      flags: { minLength: 5, maxLength: 5, steps: 2500 },
      tests: trained,
      checkpoint: "sorting.safetensors",
    },
    sorting(10, 0, 3000),
    sorting(10, 1, 3000),
    {
      name: "hull-short",
      model: MODEL,
      task: "convex-hull",
      seeds: [1],
      flags: { minLength: 5, maxLength: 5, steps: 1560 },
      tests: { "n = 5": { length: 5 } },
    },
    {
      name: "hull",
      model: MODEL,
      task: "convex-hull",
      seeds: [1],
      flags: { minLength: 5, maxLength: 10, steps: 8000 },
      tests: Object.fromEntries([5, 10, 12, 20].map((length) => [`n = ${length}`, { length, beam: 2 }])),
      checkpoint: "convex-hull.safetensors",
    },
    {
      name: "tsp",
      model: MODEL,
      task: "tsp",
      seeds: [1],
      tests: {
        "n = 5": { length: 5, beam: 5 },
        "n = 10": { length: 10, beam: 5, sequences: 1000 },
        "real maps, n = 5": { length: 5, beam: 5, file },
        "real maps, n = 10": { length: 10, beam: 5, file },
      },
      checkpoint: "tsp.safetensors",
    },
  ],
};
