import type { Decoding } from "./attentionSeq2Seq.js";
import { trained } from "./common/trained.js";
import type { Data, Experiment, Recipe } from "./recipe.js";

const MODEL = "seq2seq";

/** Seeds, named before the runs. */
export const seeds = [1, 2, 3];

/** The part of the answers that `tapehead parse` gives, and that is to be right. */
export const PRECISION = 0.99;

/** Beams of an answer. */
export const BEAM = 4;

/** Files of a treebank in the folder of public data. */
export interface Treebank extends Data {
  readonly dev: string;
}

const treebank = (name: string, ending: string): Treebank => ({
  option: "trees",
  train: `parsing/${name}-train.${ending}`,
  dev: `parsing/${name}-dev.${ending}`,
  test: `parsing/${name}-test.${ending}`,
});

/** Constituents of GUM, automatic parses of its gold tags, and dependencies of EWT, made by people. */
export const TREEBANKS = { gum: treebank("gum", "ptb.gz"), ewt: treebank("ewt", "tsv.gz") };
export type TreebankName = keyof typeof TREEBANKS;

/** Words of the longest sentence of a treebank that is learned from. */
export const MOST_WORDS = 40;

/** Tests by the number of words. */
export const LENGTHS = {
  "all sentences": { words: [1, 1000] },
  "1-20 words": { words: [1, 20] },
  "21-40 words": { words: [21, 40] },
  "41 and more": { words: [41, 1000] },
} as const;

/** A network of a treebank, seed 1. */
const learned = (name: TreebankName, attention: "additive" | "none"): Experiment<Decoding> => ({
  name: attention === "none" ? `${name}-none` : name,
  model: MODEL,
  task: "parsing",
  seeds: seeds.slice(0, 1),
  flags: { leastWords: 3, mostWords: MOST_WORDS, phrases: 4, attention },
  data: TREEBANKS[name],
  tests: LENGTHS,
});

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
      parsing: {
        model: { hiddenSize: 128, embeddingSize: 48, attentionSize: 64, dropout: 0.2 },
        batch: 32,
        learningRate: 3e-3,
        clipNorm: 5,
        warmup: 200,
        decay: 0.03,
        steps: 5_000,
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
    learned("gum", "additive"),
    learned("gum", "none"),
    learned("ewt", "additive"),
    learned("ewt", "none"),
  ],
};
