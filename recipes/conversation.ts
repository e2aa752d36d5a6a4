import type { Decoding } from "./attentionSeq2Seq.js";
import type { Data, Experiment, Recipe } from "./recipe.js";

const MODEL = "seq2seq";

/** Seeds, named before the runs. */
export const seeds = [1];

/** Ten-turn talks that crowd workers wrote, both sides each. */
const selfDialogue: Data = {
  option: "dialogues",
  train: "conversation/self-dialogue-train.jsonl.gz",
  test: "conversation/self-dialogue-test.jsonl.gz",
};

const experiment = (name: string, more: Partial<Experiment<Decoding>> = {}): Experiment<Decoding> => ({
  name,
  model: MODEL,
  task: "conversation",
  seeds,
  data: selfDialogue,
  tests: { replies: {} },
  ...more,
});

/** A neural conversational model: Vinyals & Le 2015, arXiv:1506.05869. */
export const recipe: Recipe<Decoding> = {
  place: 26,
  presets: {
    [MODEL]: {
      conversation: {
        model: { cell: "lstm", dropout: 0.05 },
        batch: 64,
        learningRate: 2e-3,
        clipNorm: 5,
        warmup: 200,
        decay: 0.05,
        steps: 10_000,
        checkpointEvery: 1_000,
      },
    },
  },
  suite: "conversation",
  experiments: [
    experiment("conversation", { checkpoint: "conversation.safetensors" }),
    experiment("conversation-none", { flags: { attention: "none" } }),
  ],
};
