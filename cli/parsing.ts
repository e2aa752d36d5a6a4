import type { Engine } from "../bindings/full.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { parseSentences, tokensOf, type Repairs, type SentenceParse } from "../bindings/parse.js";
import { MOST_WORDS } from "../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { UnsureError } from "../bindings/tasks.js";
import { visible } from "../bindings/common/visible.js";
import { calibrationOf } from "./calibrating.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import { plural } from "./numbers.js";
import type { ParserView } from "./taskViews/view.js";

/** A sentence of a text. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
}

/** A sentence with its tree, or with why there is none to be given. */
export interface ParsedSentence extends Sentence {
  readonly parse?: SentenceParse;
  readonly confidence?: number | null;
  readonly error?: UnsureError;
}

/** What the command line says of the search, and of how sure answers must be. */
export interface ParseFlags {
  /** Default: that of the task's answers. */
  readonly beam?: number | undefined;
  readonly minConfidence?: number | undefined;
  /** Whether to bring back where the model looked. Default: false. */
  readonly attention?: boolean;
}

/** Sentences of a text, a line each. @throws UsageError when there is none. */
export function sentencesOf(text: string): Sentence[] {
  const sentences = text
    .split(/\r\n|\n|\r/)
    .map((line) => ({ text: line.trim(), words: tokensOf(line) }))
    .filter(({ words }) => words.length);
  if (sentences.length) return sentences;
  throw new UsageError("There is no sentence to parse: give one as an argument, or pipe them in, a line each");
}

/** Trees of sentences, or why some have none. @throws UsageError when the file does not tell how sure it is. */
export function parseAll(
  engine: Engine,
  held: Held<AttentionSeq2Seq>,
  view: ParserView,
  asked: readonly Sentence[],
  { beam = view.beam, minConfidence: least, attention = false }: ParseFlags,
): ParsedSentence[] {
  const calibration = calibrationOf(held);
  if (least !== undefined && !calibration)
    throw new UsageError(`${held.file} does not tell how sure it is, so --min-confidence cannot be checked`);
  const sentences = asked.map(({ text, words }) => ({ text, words: view.words?.(words) ?? words }));
  const short = sentences.filter(({ words }) => words.length <= MOST_WORDS);
  const parses = parseSentences(
    held.model,
    engine,
    short.map(({ words }) => words),
    { beam, attention: attention && held.model.options.attention !== "none" },
  );
  const parseOf = new Map(short.map((sentence, i) => [sentence, parses[i]!]));
  return sentences.map((sentence): ParsedSentence => {
    const parse = parseOf.get(sentence);
    if (!parse) {
      const reason = `it has ${plural(sentence.words.length, "word")}, and must have at most ${MOST_WORDS}`;
      return { ...sentence, error: new UnsureError(sentence.text, reason) };
    }
    try {
      return { ...sentence, parse, confidence: view.confidenceOf(parse, { calibration, least }) };
    } catch (error) {
      if (error instanceof UnsureError) return { ...sentence, parse, error };
      throw error;
    }
  });
}

/** What somebody who reads a tree has to know. */
export function notesOf({ repairs, isWellFormed, unknown, words, source }: SentenceParse): string[] {
  const read = (word: string): string => `${visible(word)} as ${source[words.length - 1 - words.indexOf(word)]!}`;
  return [
    ...(isWellFormed ? [] : [`what the model said is no tree, and was repaired: ${repairsIn(repairs)}`]),
    ...(unknown.length ? [`the model has never seen some words, and reads ${unknown.map(read).join(", ")}`] : []),
  ];
}

/** "2 closing brackets added, 1 word without a place". */
function repairsIn({ closed, opened, dropped, words, roots }: Repairs): string {
  const said: readonly (readonly [count: number, noun: string, what: string])[] = [
    [closed, "closing bracket", "added"],
    [opened, "opening bracket", "added"],
    [dropped, "bracket", "left out"],
    [words, "word", "too many or too few"],
    [roots, "tree", "joined to the first"],
  ];
  return said.flatMap(([count, noun, what]) => (count ? [`${plural(count, noun)} ${what}`] : [])).join(", ");
}
