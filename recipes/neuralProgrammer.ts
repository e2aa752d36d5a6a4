import type { Experiment, Recipe } from "./recipe.js";

const MODEL = "neural-programmer";

/** Any numbers to compare with, and all templates alike, as the paper has them. */
const asked = { pivots: "any", evenly: "templates" };

const aboutTables = (name: string, seeds: readonly number[], flags: Experiment["flags"] = {}): Experiment => ({
  name,
  model: MODEL,
  task: "table",
  seeds,
  flags,
  tests: {
    "5 to 15 rows": { changed: asked },
    "30 rows": { length: 30, changed: { ...asked, most: 20, texts: 20 } },
    "120 rows": { length: 120, changed: { ...asked, most: 200, texts: 20 } },
  },
});

const five = [1, 2, 3, 4, 5];

/** More units, from a narrower range. */
const wide = { hidden: 128, initialRange: 0.25, entropyBonus: 0.1, curriculum: [4000, 8000], learningRate: 0.0015 };
/** Columns of text, and in the end no bonus, which would make programs dear whose answers are small. */
const texts = {
  columns: 2,
  textColumns: 1,
  printWeight: 75,
  countWeight: 5,
  hidden: 96,
  initialRange: 0.3,
  entropyBonus: 0.1,
  costDecay: 0,
  curriculum: [3000, 6000],
  learningRate: 0.002,
  steps: 24_000,
};

/** Questions in which comparisons, the largest of what they select and an aggregate name four columns; learned from programs. */
const extended = {
  columns: 2,
  textColumns: 2,
  templates: "extended",
  programSteps: 6,
  hidden: 96,
  initialRange: 0.3,
  entropyBonus: 0,
  pivots: "any",
  evenly: "templates",
  curriculum: [],
  learningRate: 0.002,
  steps: 16_000,
};

/** Questions about tables, after Neelakantan et al. 2015; then the same without one of the things that make more seeds succeed. */
export const recipe: Recipe = {
  place: 7,
  presets: {
    [MODEL]: {
      table: {
        model: { hiddenSize: 32, initialRange: 0.5, entropyBonus: 0.15 },
        task: { pivots: "telling", evenly: "groups", curriculum: [1_500, 3_000] },
        batch: 32,
        learningRate: 5e-3,
        decay: 0.2,
        clipNorm: 1,
        steps: 6_000,
      },
    },
  },
  suite: "programmer",
  experiments: [
    aboutTables("table", [...five, 6, 7, 8, 9, 10]),
    // Printed cells count on average: of more columns, each would count less.
    aboutTables("table-2", [1], { columns: 2, printWeight: 50, hidden: 48, curriculum: [2000, 4000], steps: 40_000 }),
    aboutTables("table-5", [2, 1], { columns: 5, printWeight: 125, ...wide, costDecay: 0, steps: 30_000 }),
    // A question names at most three columns, of any kind.
    aboutTables("table-text", [2, 1, 3], texts),
    { ...aboutTables("table-extended", [1], extended), checkpoint: "table.safetensors" },
    aboutTables("table-text-dropped", [1, 2, 3], { ...texts, operationDropout: 0.1 }),
    aboutTables("table-text-5", [1, 2], {
      columns: 3,
      textColumns: 2,
      printWeight: 125,
      countWeight: 5,
      ...wide,
      operationDropout: 0.1,
      costDecay: 0,
      steps: 24_000,
    }),
    aboutTables("table-minimum", five, { joining: "minimum" }),
    aboutTables("table-at-once", five, { curriculum: [] }),
    aboutTables("table-no-entropy", five, { entropyBonus: 0 }),
    aboutTables("table-by-template", five, { evenly: "templates" }),
    aboutTables("table-any-pivots", five, { pivots: "any" }),
    aboutTables("table-noise", five, { curriculum: [], entropyBonus: 0, gradientNoise: 0.3, joining: "minimum" }),
  ],
};
