import { PairsFile, pairsOf, pronunciations, translations } from "../pairs.js";
import type { TaskSource } from "../source.js";

/** Words that are seen less often are not worth a vector. */
const LEAST = 25;

/** Readings of a file of pairs, by the task that learns from it. */
const readings: Readonly<Record<string, (file: PairsFile) => object>> = {
  pronunciation: (file) => ({ pairs: pronunciations(file) }),
  translation: (file) => translations(file, LEAST),
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
