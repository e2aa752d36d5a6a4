import { grammarAnswer } from "../../bindings/parse.js";
import { BEAM } from "../../recipes/parsing.js";
import type { TaskView } from "./view.js";

export const grammar = {
  task: "grammar",
  parser: {
    beam: BEAM,
    // Sentences of the grammar have no full stop.
    words: (words) => (words.length > 1 && /^[.!]$/.test(words.at(-1)!) ? words.slice(0, -1) : words),
    confidenceOf: grammarAnswer,
  },
} satisfies TaskView;
