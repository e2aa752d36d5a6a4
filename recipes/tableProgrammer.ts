import type { Data, Experiment, Recipe } from "./recipe.js";

const MODEL = "table-programmer";

/** Which questions a model answers in a test. */
export interface Asking {
  /** Questions of the split that training leaves out, or of tables it has never seen. Default: "dev". */
  readonly of?: "dev" | "test";
  /** Only questions about tables of so many columns and rows. */
  readonly fits?: { readonly columns: number; readonly rows: number };
}

const wikiTableQuestions: Data = {
  option: "questions",
  train: "wikitablequestions/train.jsonl.gz",
  test: "wikitablequestions/test-half.jsonl.gz",
  split: 1,
};

/** Small tables: what is beyond them is measured with all, and counts as it comes out. */
export const SMALL = { columns: 10, rows: 40 };

const questions = (name: string, flags: Experiment["flags"] = {}): Experiment<Asking> => ({
  name,
  model: MODEL,
  task: "table-questions",
  seeds: [1],
  flags,
  at: [5_000, 10_000, 15_000],
  data: wikiTableQuestions,
  tests: {
    dev: { of: "dev" },
    "dev, small tables": { of: "dev", fits: SMALL },
    test: { of: "test" },
    "test, small tables": { of: "test", fits: SMALL },
  },
});

/** Questions in words about tables of text, after Neelakantan et al. 2017. */
export const recipe: Recipe<Asking> = {
  place: 6,
  presets: {
    [MODEL]: {
      "table-questions": {
        // More is dropped than in the paper: it learns all there is to learn by heart in minutes.
        model: { dropout: 0.5, recurrentDropout: 0.2, wordDropout: 0.2 },
        batch: 32,
        decay: 0.05,
        clipNorm: 1,
        steps: 20_000,
        checkpointEvery: 2_000,
      },
    },
  },
  suite: "programmer",
  experiments: [
    { ...questions("table-questions"), seeds: [1, 2], checkpoint: "table-questions.safetensors" },
    questions("table-questions-undropped", { dropout: 0, recurrentDropout: 0, wordDropout: 0, steps: 10_000 }),
  ],
};
