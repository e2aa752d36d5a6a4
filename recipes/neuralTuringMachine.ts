import { trained } from "./common/trained.js";
import type { Recipe } from "./recipe.js";

const MODEL = "ntm";
const CONTROL = "lstm";

const repeatCopy = {
  ...trained,
  "10 x 10": { length: 10, repeats: 10 },
  "20 x 10": { length: 20, repeats: 10, sequences: 200 },
  "10 x 20": { length: 10, repeats: 20, sequences: 200 },
};
const recall = {
  ...trained,
  "6 items": { length: 6 },
  "8 items": { length: 8 },
  "10 items": { length: 10 },
  "12 items": { length: 12 },
  "15 items": { length: 15 },
  "20 items": { length: 20 },
};

/** The tasks of Graves et al. 2014 beside copy, each with a control that has no memory but its hidden state. */
export const recipe: Recipe = {
  place: 1,
  presets: {
    [MODEL]: {
      copy: { task: { bits: 8, minLength: 1, maxLength: 20 }, learningRate: 3e-3, steps: 2_000 },
      "repeat-copy": { learningRate: 3e-3, decay: 0.1, steps: 8_000 },
      "associative-recall": { decay: 0.1 },
      "dynamic-ngrams": { decay: 0.1, steps: 6_000 },
      "priority-sort": {
        model: { controller: "feedforward", readHeads: 4, writeHeads: 4 },
        learningRate: 3e-3,
        decay: 0.1,
        steps: 10_000,
      },
    },
  },
  suite: "turing",
  experiments: [
    {
      name: "copy-ntm",
      model: MODEL,
      task: "copy",
      seeds: [1],
      flags: { hidden: 64, width: 16, steps: 4000 },
      tests: trained,
      checkpoint: "copy.safetensors",
      dtype: "f32", // a published hash is of its outputs
    },
    {
      name: "repeat-copy-ntm",
      model: MODEL,
      task: "repeat-copy",
      seeds: [1, 2, 3],
      tests: repeatCopy,
      checkpoint: "repeat-copy.safetensors",
    },
    { name: "repeat-copy-lstm", model: CONTROL, task: "repeat-copy", seeds: [1], tests: repeatCopy },
    {
      name: "associative-recall-ntm",
      model: MODEL,
      task: "associative-recall",
      seeds: [1, 2, 3],
      tests: recall,
      checkpoint: "associative-recall.safetensors",
    },
    { name: "associative-recall-lstm", model: CONTROL, task: "associative-recall", seeds: [1], tests: recall },
    {
      name: "dynamic-ngrams-ntm",
      model: MODEL,
      task: "dynamic-ngrams",
      seeds: [1],
      tests: trained,
      checkpoint: "dynamic-ngrams.safetensors",
    },
    { name: "dynamic-ngrams-lstm", model: CONTROL, task: "dynamic-ngrams", seeds: [1], tests: trained },
    {
      name: "priority-sort-ntm",
      model: MODEL,
      task: "priority-sort",
      seeds: [1],
      tests: trained,
      checkpoint: "priority-sort.safetensors",
    },
    { name: "priority-sort-lstm", model: CONTROL, task: "priority-sort", seeds: [1], tests: trained },
  ],
};
