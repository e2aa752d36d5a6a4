import { confidenceInParts } from "../../bindings/declarations.js";
import { UnsureError } from "../../bindings/tasks.js";
import { percent } from "../numbers.js";
import { wordsOf } from "../pairs.js";
import { sentenceOf } from "../sentences.js";
import { shipped } from "../shipped.js";
import { piecesOf, wordsIn } from "../translations.js";
import type { TaskView } from "./view.js";

/**
 * The least probability of an answer's symbols, in the geometric mean, that goes without a note, and that is an answer at
 * all. Pieces of words can be read of any word, so this is what tells of one that was never seen: below a half are 4% of
 * the sentences that training holds out, whose translations share less than half of their words with the right ones, and 91%
 * of English sentences.
 */
const LIKELY = 0.6;
const LEAST = 0.5;

/** Words and marks of a sentence, at most: of those that were learned from hardly one has more, so its end would be lost. */
const MOST_WORDS = 64;

/** @throws UnsureError when nothing of a sentence is in the vocabulary, or it is longer than nearly all that were learned from. */
function read(sentence: string, vocabulary: readonly string[]): string[] {
  const words = wordsOf(sentence);
  if (words.length > MOST_WORDS) {
    const advice = `and hardly one that was learned from has more than ${MOST_WORDS}: give a sentence a line`;
    throw new UnsureError(sentence, `it has ${words.length} words and marks, ${advice}`);
  }
  const symbols = [...piecesOf(words, vocabulary)];
  const known = new Set(vocabulary);
  if (!symbols.some((symbol) => symbol.trim() && known.has(symbol)))
    throw new UnsureError(sentence, "the model has never seen anything in it");
  return symbols;
}

const say = (symbols: readonly string[]): string => sentenceOf(wordsIn(symbols));

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
    symbols: read,
    say,
    answer(source, { symbols, score }, { calibration, least }) {
      const text = say(symbols);
      const likely = Math.exp(score / (symbols.length + 1));
      if (likely < LEAST) {
        const reason = `the model finds its own words unlikely, ${percent(likely)} each in the mean: it is no French that the model knows`;
        throw new UnsureError(source, reason, { answer: text, confidence: 0 });
      }
      const confidence = confidenceInParts({ source, answer: text, scores: [score] }, calibration, least);
      if (likely >= LIKELY) return { text, confidence };
      return {
        text,
        confidence,
        note: "the model finds its own words unlikely: a word may be one that it does not know, and it guesses around it",
      };
    },
  },
} satisfies TaskView;
