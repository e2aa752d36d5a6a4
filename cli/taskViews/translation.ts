import { wordsOf } from "../pairs.js";
import { sentenceOf } from "../sentences.js";
import { shipped } from "../shipped.js";
import { piecesOf, wordsIn } from "../translations.js";
import type { TaskView } from "./view.js";

/**
 * The least probability of an answer's symbols, in the geometric mean, that goes without a note. Pieces of words can be
 * read of any word, so this is what tells of one that was never seen.
 */
const LIKELY = 0.6;

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
    note: ({ symbols, score }) =>
      Math.exp(score / (symbols.length + 1)) < LIKELY
        ? "the model finds its own words unlikely: a word may be one that it does not know, and it guesses around it"
        : undefined,
  },
} satisfies TaskView;
