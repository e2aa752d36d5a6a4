import { reduced } from "./common/pondering.js";
import { trained } from "./common/trained.js";
import type { Data, Experiment, Preset, Recipe, Test } from "./recipe.js";

const MODEL = "act";

/** The same network with ACT, which may take up to ten steps for an input at a price of 1e-4 each. */
const ponderedBy = (cell: "rnn" | "lstm", preset: Partial<Preset>): Partial<Preset> => ({
  ...preset,
  model: { ...preset.model, cell, limit: 10, timePenalty: 1e-4, haltingInput: "state" },
});

const difficulties = (...all: readonly number[]): Record<string, Test> => ({
  ...trained,
  ...Object.fromEntries(all.map((difficulty) => [`difficulty ${difficulty}`, { difficulty }])),
});

const parity = difficulties(1, 2, 4, 6, 8, 10, 12, 14, 16);
const logic = difficulties(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const at = [10_000, 30_000, 62_000, 125_000];

/** The usual cut: nine tenths to train on, a twentieth to choose by, a twentieth to test. */
const shakespeare: Data = {
  option: "text",
  train: "text/tinyshakespeare.txt.gz",
  test: "text/tinyshakespeare.txt.gz",
  parts: { train: [0, 0.9], test: [0.95, 1] },
};

/** Parity for four prices of a ponder step. */
export const prices: readonly Experiment[] = [1e-1, 1e-2, 1e-3, 1e-4].map((timePenalty) => ({
  name: `parity-price-${timePenalty}`,
  model: MODEL,
  task: "parity",
  seeds: [1],
  flags: { timePenalty, steps: 30_000 },
  tests: trained,
}));

/** The tasks of Graves 2016 in the sizes of the reference implementation, with and without ACT. */
export const recipe: Recipe = {
  place: 2,
  presets: {
    [MODEL]: {
      parity: ponderedBy("rnn", reduced.parity),
      logic: ponderedBy("lstm", reduced.logic),
      addition: ponderedBy("lstm", reduced.addition),
      sort: { ...ponderedBy("lstm", reduced.sort), steps: 20_000 },
      // A price at which a step is worth it where a word starts, and is not elsewhere.
      text: { ...reduced.text, model: { ...reduced.text.model, cell: "lstm", limit: 10, timePenalty: 0.04 } },
    },
  },
  suite: "ponder",
  experiments: [
    {
      name: "parity-act",
      model: MODEL,
      task: "parity",
      seeds: [1],
      at,
      tests: parity,
      checkpoint: "parity.safetensors",
    },
    { name: "parity-rnn", model: "rnn", task: "parity", seeds: [1], at, tests: parity },
    { name: "logic-act", model: MODEL, task: "logic", seeds: [1], at, tests: logic, checkpoint: "logic.safetensors" },
    {
      // Solved, it is made to pay a hundred times as much, and ponders less where less will do.
      name: "logic-priced",
      model: MODEL,
      task: "logic",
      seeds: [1],
      from: "logic.safetensors",
      flags: { timePenalty: 0.01, learningRate: 5e-4, steps: 15_000 },
      tests: logic,
      checkpoint: "logic-priced.safetensors",
    },
    { name: "logic-lstm", model: "lstm", task: "logic", seeds: [1], at, tests: logic },
    {
      name: "addition-act",
      model: MODEL,
      task: "addition",
      seeds: [1],
      at,
      tests: difficulties(1, 2, 3, 4, 5),
      checkpoint: "addition.safetensors",
    },
    {
      // With as many units as the reference has.
      name: "addition-act-512",
      model: MODEL,
      task: "addition",
      seeds: [1],
      flags: { hidden: 512, steps: 10_000 },
      at: [10_000],
      tests: difficulties(1, 2, 3, 4, 5),
    },
    { name: "addition-lstm", model: "lstm", task: "addition", seeds: [1], at, tests: difficulties(1, 2, 3, 4, 5) },
    {
      name: "sort-act",
      model: MODEL,
      task: "sort",
      seeds: [1],
      at,
      tests: difficulties(2, 4, 6, 8, 10),
      checkpoint: "sort.safetensors",
    },
    {
      name: "sort-act-512",
      model: MODEL,
      task: "sort",
      seeds: [1],
      flags: { hidden: 512, steps: 10_000 },
      at: [10_000],
      tests: difficulties(2, 4, 6, 8, 10),
    },
    { name: "sort-lstm", model: "lstm", task: "sort", seeds: [1], at, tests: difficulties(2, 4, 6, 8, 10) },
    {
      name: "text-act",
      model: MODEL,
      task: "text",
      seeds: [1],
      data: shakespeare,
      tests: trained,
      checkpoint: "text.safetensors",
    },
    { name: "text-lstm", model: "lstm", task: "text", seeds: [1], data: shakespeare, tests: trained },
    ...prices,
  ],
};
