import type { Presets } from "../recipe.js";

/** The tasks of ACT in the sizes that the reference implementation aakhundov/tf-rnn-adaptive has published logs of. */
export const reduced = {
  parity: { model: { hiddenSize: 128 }, task: { bits: 16 }, batch: 128, steps: 125_000, checkpointEvery: 5_000 },
  logic: { model: { hiddenSize: 128 }, task: { maxLength: 5 }, steps: 62_000, checkpointEvery: 2_000 },
  addition: { model: { hiddenSize: 128 }, task: { minLength: 2, maxLength: 5 }, batch: 32, steps: 10_000 },
  sort: { model: { hiddenSize: 128 }, task: { minLength: 2, maxLength: 10 }, steps: 30_000 },
  text: { model: { hiddenSize: 128 }, task: { length: 50 }, learningRate: 2e-3, decay: 0.1, steps: 4_000 },
} satisfies Presets;
