import type { Decoding } from "./attentionSeq2Seq.js";
import { trained } from "./common/trained.js";
import type { Recipe } from "./recipe.js";

const MODEL = "seq2seq";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** The part of the answers that `tapehead parse` gives, and that is to be right. */
export const PRECISION = 0.99;

/** Beams of an answer. */
export const BEAM = 4;

/** The trees of GUM: automatic parses of its gold tags. */
export const DATA = {
  option: "trees",
  train: "parsing/gum-train.ptb.gz",
  dev: "parsing/gum-dev.ptb.gz",
  test: "parsing/gum-test.ptb.gz",
} as const;

/** Words of the longest sentence of GUM that is learned from. */
export const MOST_WORDS = 50;

/** Tests by the number of words. */
export const LENGTHS = {
  "all sentences": { words: [1, 1000] },
  "1-20 words": { words: [1, 20] },
  "21-40 words": { words: [21, 40] },
  "41 and more": { words: [41, 1000] },
} as const;

const decoded = { ...trained, [`beam ${BEAM}`]: { beam: BEAM } };

/** Grammar as a foreign language: sentences become trees. Vinyals et al. 2014, arXiv:1412.7449. */
export const recipe: Recipe<Decoding> = {
  place: 24,
  presets: {
    [MODEL]: {
      grammar: {
        model: { hiddenSize: 96, embeddingSize: 32, attentionSize: 48 },
        batch: 32,
        learningRate: 3e-3,
        clipNorm: 5,
        warmup: 100,
        decay: 0.03,
        steps: 2_400,
      },
    },
  },
  suite: "parsing",
  experiments: [
    {
      name: "grammar",
      model: MODEL,
      task: "grammar",
      seeds,
      tests: decoded,
      calibration: { precision: PRECISION, beam: BEAM },
      checkpoint: "grammar.safetensors",
    },
    {
      name: "grammar-none",
      model: MODEL,
      task: "grammar",
      seeds: seeds.slice(0, 1),
      flags: { attention: "none" },
      tests: decoded,
    },
  ],
};
