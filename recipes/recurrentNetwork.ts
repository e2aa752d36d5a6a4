import { reduced } from "./common/pondering.js";
import type { Preset, Recipe } from "./recipe.js";

/** One layer with about as many parameters as the Turing machine; the paper's baseline has three, `--layers 3`. */
const matched: Partial<Preset> = { model: { hiddenSize: 128 }, decay: 0.1 };

/** Networks with nothing but their hidden state. Their experiments are with the systems that they are the controls of. */
export const recipe: Recipe = {
  place: 8,
  presets: {
    lstm: {
      "repeat-copy": { ...matched, steps: 8_000 },
      "associative-recall": matched,
      "dynamic-ngrams": { ...matched, steps: 6_000 },
      "priority-sort": { ...matched, steps: 10_000 },
      logic: reduced.logic,
      addition: reduced.addition,
      sort: reduced.sort,
      text: reduced.text,
    },
    rnn: { parity: reduced.parity },
  },
};
