import { shown } from "../../../common/shown.js";
import type { Calibration } from "../../../metrics/calibration.js";
import { expectSure, UnsureError } from "../../../metrics/unsureError.js";
import { writeTree } from "../../../parsing/brackets.js";
import { ChartParser, MOST_PARSED } from "../../../parsing/chartParser.js";
import { isDerived } from "../../../parsing/derived.js";
import type { ParseTree } from "../../../parsing/tree.js";
import type { SentenceParse } from "../parsing/parseSentences.js";
import { smallEnglish } from "./english.js";

/** How sure an answer must be. */
export interface GrammarAnswerOptions {
  /** What the model's file says of its probabilities. Default: none, and how sure it is does not count. */
  calibration?: Calibration | undefined;
  /** How often such an answer must be right, from 0 to 1. Default: as the calibration wants. */
  least?: number | undefined;
}

/** Words that a message names. */
const NAMED = 5;

/**
 * What a model of the task grammar has made of a sentence, if that can be relied on: all words are of the small English
 * grammar, the tree is one that the grammar has of the sentence, and as likely as the calibration's threshold wants. Returns
 * how often such an answer is right, or null where the model is not calibrated.
 *
 * @throws UnsureError, which says what was not understood.
 * @example
 * const [parse] = parseSentences(model, engine, [["the", "old", "dog", "barked"]], { beam: 4 });
 * const confidence = grammarAnswer(parse, { calibration: calibrationIn(metadata) });
 */
export function grammarAnswer(parse: SentenceParse, { calibration, least }: GrammarAnswerOptions = {}): number | null {
  const { words, unknown, source, tree, score, isWellFormed } = parse;
  const sentence = words.join(" ");
  if (unknown.length) {
    const named = unknown.slice(0, NAMED).map(shown).join(", ");
    const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : "";
    throw new UnsureError(sentence, `the small English grammar that it learned does not have ${named}${more}`);
  }
  const grammar = smallEnglish();
  const known = source.toReversed();
  if (!isWellFormed || !isDerived(grammar, withWords(tree, known))) {
    const isSentence = known.length <= MOST_PARSED && new ChartParser(grammar).parse(known) !== undefined;
    if (!isSentence)
      throw new UnsureError(sentence, "it is no sentence of the small English grammar that the model learned");
    const found = shown(writeTree(tree));
    throw new UnsureError(sentence, `the model makes ${found} of it, which is no tree that the grammar has of it`);
  }
  if (!calibration) return null;
  return expectSure(
    calibration,
    { source: sentence, answer: writeTree(tree), score },
    { ...(least !== undefined && { least }) },
  );
}

/** A tree over other words, as many. */
function withWords(tree: ParseTree, words: readonly string[]): ParseTree {
  let next = 0;
  const over = ({ label, children }: ParseTree): ParseTree => ({
    label,
    children: children.map((child) => (typeof child === "string" ? words[next++]! : over(child))),
  });
  return over(tree);
}
