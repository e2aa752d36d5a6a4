import { wordsOf } from "../pairs.js";
import { sentenceOf } from "../sentences.js";
import { shipped } from "../shipped.js";
import { piecesOf, wordsIn } from "../translations.js";
import type { TaskView } from "./view.js";

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
    symbols: (sentence, vocabulary) => [...piecesOf(wordsOf(sentence), vocabulary)],
    say: (symbols) => sentenceOf(wordsIn(symbols)),
  },
} satisfies TaskView;
