import type { Decoding } from "./attentionSeq2Seq.js";
import type { Data, Recipe } from "./recipe.js";

const MODEL = "seq2seq";

/** Seeds, named before the runs. */
export const seeds = [1];

/** Quantum logic: its theorems are split by a hash of their labels. */
export const THEOREMS = "metamath/ql.mm.gz";

const data: Data = { option: "theorems", train: THEOREMS, test: THEOREMS };

/** Which statement to apply to a goal next, as DeepMath's networks guide a prover: Irving et al. 2016, arXiv:1606.04442. */
export const recipe: Recipe<Decoding> = {
  place: 31,
  presets: {
    [MODEL]: {
      proving: {
        model: { hiddenSize: 96, embeddingSize: 32, attentionSize: 48, dropout: 0.3 },
        batch: 64,
        learningRate: 3e-3,
        clipNorm: 5,
        warmup: 100,
        decay: 0.02,
        steps: 3_000,
        checkpointEvery: 500,
      },
    },
  },
  suite: "proving",
  experiments: [
    {
      name: "proving",
      model: MODEL,
      task: "proving",
      seeds,
      data,
      tests: { decisions: {} },
      checkpoint: "proving.safetensors",
    },
  ],
};
