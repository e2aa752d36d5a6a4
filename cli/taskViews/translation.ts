import { RARE, wordsOf } from "../pairs.js";
import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

/** Words with spaces between, and none where English has none. */
const sentenceOf = (words: readonly string[]): string =>
  words
    .map((word) => (word === RARE ? "…" : word))
    .join(" ")
    .replace(/ (?=[.,!?;:])/g, "")
    .replace(/(?<=\p{L}') (?=\p{L})/gu, "");

export const translation = {
  task: "translation",
  transducer: {
    command: "translate",
    description: "Translate a short French sentence to English, with a small model.",
    argument: ["[sentence...]", "a sentence (default: lines of stdin)"],
    model: () => shipped("translation"),
    beam: 5,
    unit: "sentence",
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: wordsOf,
    say: sentenceOf,
  },
} satisfies TaskView;
