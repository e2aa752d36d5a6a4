import { trained } from "./common/trained.js";
import type { Recipe, Taught } from "./recipe.js";

const MODEL = "seq2seq";

/** How a model decodes in a test: freely, from nothing but the source. */
export interface Decoding {
  readonly beam?: number;
  /** The first so many sources. Default: all there are; 2,000 dates. */
  readonly sequences?: number;
  /** Words of a sentence, at least and at most. */
  readonly words?: readonly [least: number, most: number];
}

const cmudict = { option: "pairs", train: "g2p-cmudict/train.tsv.gz", test: "g2p-cmudict/test.tsv.gz" };
const byTwo: Taught = {
  by: ["pronunciation-first.safetensors", "pronunciation-long.safetensors"],
  words: 200_000,
  order: 4,
  beam: 1,
  seed: 1,
};
const dev = { pairs: "g2p-cmudict/dev.tsv.gz", except: cmudict.train, precision: 0.99, beam: 5 };
const tatoeba = { option: "pairs", train: "tatoeba-fra-eng/train.tsv.gz", test: "tatoeba-fra-eng/test.tsv.gz" };
const freely = { ...trained, "beam 5": { beam: 5 } };
const byLength = {
  ...freely,
  "1-4 words": { beam: 5, words: [1, 4] },
  "5-8 words": { beam: 5, words: [5, 8] },
  "9-12 words": { beam: 5, words: [9, 12] },
  "13 and more": { beam: 5, words: [13, 1000] },
} as const;

/** Sequence to sequence with attention, on real data. Training sees the train split alone. */
export const recipe: Recipe<Decoding> = {
  place: 3,
  presets: {
    [MODEL]: {
      pronunciation: {
        model: { cell: "lstm", hiddenSize: 256, encoderLayers: 2, dropout: 0.2 },
        batch: 64,
        clipNorm: 5,
        warmup: 200,
        decay: 0.05,
        steps: 22_000,
        checkpointEvery: 1_000,
      },
      dates: {
        model: { hiddenSize: 96, embeddingSize: 24, attentionSize: 32 },
        task: { formats: "many", nonDates: 0.4, minYear: 1000, maxYear: 2999 },
        batch: 64,
        learningRate: 3e-3,
        clipNorm: 5,
        warmup: 200,
        decay: 0.03,
        steps: 16_000,
        checkpointEvery: 1_000,
      },
      translation: {
        model: { hiddenSize: 256, embeddingSize: 96, dropout: 0.2 },
        batch: 64,
        learningRate: 2e-3,
        clipNorm: 5,
        warmup: 400,
        decay: 0.03,
        steps: 17_000,
        checkpointEvery: 1_000,
      },
    },
  },
  suite: "attention",
  experiments: [
    {
      name: "pronunciation-first",
      model: MODEL,
      task: "pronunciation",
      seeds: [1],
      data: cmudict,
      tests: freely,
      teacher: "pronunciation-first.safetensors",
    },
    {
      name: "pronunciation-long",
      model: MODEL,
      task: "pronunciation",
      seeds: [1],
      flags: { dropout: 0.3, learningRate: 1.5e-3, decay: 0.02, average: 0.999, batch: 128, steps: 36_000 },
      data: cmudict,
      tests: freely,
      teacher: "pronunciation-long.safetensors",
    },
    {
      // Begins where the second teacher ended, and learns of both what they say of words that nobody has written down.
      name: "pronunciation",
      model: MODEL,
      task: "pronunciation",
      seeds: [1],
      flags: { learningRate: 1e-3, decay: 0.02, average: 0.999, batch: 128, steps: 33_000 },
      from: "pronunciation-long.safetensors",
      data: {
        ...cmudict,
        taught: byTwo,
      },
      calibration: dev,
      tests: freely,
      checkpoint: "pronunciation.safetensors",
    },
    {
      // Three teachers, whose mistakes are not the same, and none of them to begin with.
      name: "pronunciation-three",
      model: MODEL,
      task: "pronunciation",
      seeds: [1],
      flags: { dropout: 0.1, learningRate: 1.5e-3, decay: 0.02, average: 0.999, batch: 128, steps: 23_000 },
      data: {
        ...cmudict,
        taught: { ...byTwo, jointSequence: true },
      },
      calibration: dev,
      tests: freely,
      teacher: "pronunciation-three.safetensors",
    },
    {
      name: "pronunciation-small",
      model: MODEL,
      task: "pronunciation",
      seeds: [1],
      flags: {
        hidden: 112,
        embedding: 32,
        encoderLayers: 1,
        dropout: 0.05,
        learningRate: 3e-3,
        decay: 0.02,
        average: 0.999,
        batch: 128,
        steps: 32_000,
      },
      data: {
        ...cmudict,
        taught: { by: ["pronunciation-first.safetensors"], words: 200_000, order: 4, beam: 1, seed: 1 },
      },
      calibration: dev,
      tests: freely,
      checkpoint: "pronunciation-small.safetensors",
    },
    {
      name: "dates-early",
      model: MODEL,
      task: "dates",
      seeds: [1],
      tests: trained,
      checkpoint: "dates-early.safetensors",
    },
    {
      // One date in 1,461 is a leap day: too few to learn which years have one.
      name: "dates",
      model: MODEL,
      task: "dates",
      seeds: [1],
      flags: { leapDays: 0.15, learningRate: 1e-3, steps: 8000 },
      from: "dates-early.safetensors",
      calibration: { precision: 0.99, beam: 1 },
      tests: {
        ...trained,
        "dates alone": { changed: { nonDates: 0, leapDays: 0 } },
        "no dates": { changed: { nonDates: 1, leapDays: 0 } },
        "29 February": { changed: { nonDates: 0.5, leapDays: 1 } },
      },
      checkpoint: "dates.safetensors",
    },
    {
      name: "translation",
      model: MODEL,
      task: "translation",
      seeds: [1],
      data: tatoeba,
      tests: byLength,
      checkpoint: "translation.safetensors",
    },
    {
      name: "translation-none",
      model: MODEL,
      task: "translation",
      seeds: [1],
      flags: { attention: "none" },
      data: tatoeba,
      tests: byLength,
    },
  ],
};
