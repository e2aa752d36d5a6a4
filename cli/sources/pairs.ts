import { PairsFile, pairsOf, pronunciations } from "../pairs.js";
import { translations } from "../translations.js";
import type { TaskSource } from "../source.js";

/** Pieces of words on each side of translations, at most. */
const PIECES = 2000;

/** Readings of a file of pairs, by the task that learns from it. */
const readings: Readonly<Record<string, (file: PairsFile) => object>> = {
  pronunciation: (file) => ({ pairs: pronunciations(file) }),
  translation: (file) => translations(file, PIECES),
};

export const source: TaskSource = {
  tasks: Object.keys(readings),
  flags: [
    {
      long: "--pairs",
      value: "<file>",
      option: "pairs",
      help: "what to learn from: a word and its phonemes, or a sentence and what it translates, with a tab between",
      parse: pairsOf,
    },
  ],
  options: ({ pairs, ...options }, name) => ({
    ...(pairs instanceof PairsFile && readings[name]!(pairs)),
    ...options,
    name,
  }),
};
