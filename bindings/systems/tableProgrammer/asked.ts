import type { Vocabulary } from "../../common/vocabulary.js";
import { stemOf, tokensOf, type TextToken } from "../../common/text.js";
import type { ReadTable } from "./textTable.js";

/** Numbers of a question that a program can compare with. */
export const ASKED_NUMBERS = 2;
/** Words of a column's name that are read. */
export const NAME_WORDS = 4;
/** What is said of a column beside its name: whether an entry matches, it holds numbers, these are dates, one is frequent. */
export const COLUMN_MARKS = 4;
/** What stands for a number, and, behind a question, says that entries or columns of the table are in it. */
export const MARKS = { number: "<number>", entry: "<entry>", column: "<column>" } as const;

/** A question about a table, as a model reads both. */
export interface AskedText {
  readonly table: ReadTable;
  /** Numbers of the vocabulary; 0 is the unknown word. */
  readonly words: readonly number[];
  /** Words that an entry of the table has, by their places. */
  readonly found: readonly number[];
  /** Numbers, and for each its place among the words. */
  readonly numbers: readonly { readonly value: number; readonly place: number }[];
  /** Cells that the question speaks of. */
  readonly matches: readonly number[];
  /** 1 for each column whose name it speaks of. */
  readonly named: readonly number[];
  /** What is said of each column: COLUMN_MARKS times 0 or 1. */
  readonly marks: readonly (readonly number[])[];
  /** The words of each column's name, in numbers of the vocabulary. */
  readonly names: readonly (readonly number[])[];
}

/** Words that say nothing about what is meant. */
const EMPTY = /* @__PURE__ */ new Set([
  "a",
  "an",
  "and",
  "are",
  "as",
  "at",
  "be",
  "by",
  "did",
  "do",
  "does",
  "for",
  "from",
  "had",
  "has",
  "have",
  "he",
  "her",
  "his",
  "how",
  "i",
  "in",
  "is",
  "it",
  "many",
  "more",
  "most",
  "much",
  "no",
  "not",
  "of",
  "on",
  "or",
  "she",
  "that",
  "the",
  "their",
  "there",
  "they",
  "this",
  "to",
  "was",
  "were",
  "what",
  "when",
  "where",
  "which",
  "who",
  "with",
]);
const meant = (words: readonly string[]): string[] => words.filter((word) => !EMPTY.has(word));

/** The words of a question or of a column's name, as a vocabulary has them: without plurals, and without numbers. */
export const wordsOf = (text: string): string[] =>
  tokensOf(text)
    .filter(({ value }) => value === undefined)
    .map(({ text }) => stemOf(text));

/**
 * Reads a question about a table. Entries of the table that the question holds word for word are taken out of it; if
 * there is none with a letter, what matches is any entry with one of its words.
 */
export function readQuestion(question: string, table: ReadTable, vocabulary: Vocabulary): AskedText {
  const tokens = tokensOf(question);
  const stems = tokens.map(({ text }) => stemOf(text));
  const taken = new Set<number>();
  const found = table.words.flatMap((words, cell) => {
    const at = meant(words).length ? placeOf(words, stems) : -1;
    const isSame = at < 0 && tokens.some(({ value }) => value !== undefined && value === table.values[cell]);
    if (at < 0 && !(isSame && words.length === 1)) return [];
    for (let i = 0; at >= 0 && i < words.length; ++i) taken.add(at + i);
    return [cell];
  });
  const isText = (cell: number): boolean => /\p{L}/u.test(table.texts[cell]!);
  const said = new Set(meant(stems));
  const shares = (words: readonly string[]): boolean => words.some((word) => said.has(word));
  const partly = found.some(isText)
    ? []
    : [...table.words.keys()].filter((cell) => isText(cell) && shares(table.words[cell]!));
  const matches = [...new Set([...found, ...partly])];

  const whole = table.names.map((name) => Number(meant(name).length > 0 && placeOf(name, stems) >= 0));
  const named = whole.includes(1) ? whole : table.names.map((name) => Number(shares(name)));
  const names = table.names.map((name) => name.slice(0, NAME_WORDS).map((word) => vocabulary.numberOf(word) ?? 0));
  const marks = names.map((_, column) => {
    const isThere = (holds: (cell: number) => boolean): number =>
      Number(table.texts.some((_, cell) => cell % table.columns === column && holds(cell)));
    const isMatched = Number(matches.some((cell) => cell % table.columns === column));
    const isFrequent = isThere((cell) => table.frequent[cell] === 1);
    return [isMatched, isThere((cell) => !Number.isNaN(table.values[cell])), Number(table.dated[column]), isFrequent];
  });
  return {
    table,
    ...spokenOf(tokens, taken, { matches, named }, vocabulary),
    found: [...taken].sort((a, b) => a - b),
    matches,
    named,
    marks,
    names,
  };
}

/** What is said beside numbers, in numbers of the vocabulary, and the numbers. */
function spokenOf(
  tokens: readonly TextToken[],
  taken: ReadonlySet<number>,
  { matches, named }: Pick<AskedText, "matches" | "named">,
  vocabulary: Vocabulary,
): Pick<AskedText, "words" | "numbers"> {
  const words: number[] = [];
  const numbers: { value: number; place: number }[] = [];
  const mark = (name: keyof typeof MARKS): number => words.push(vocabulary.numberOf(MARKS[name]) ?? 0) - 1;
  tokens.forEach(({ text, value }, i) => {
    if (value === undefined) {
      words.push(taken.has(i) ? 0 : (vocabulary.numberOf(stemOf(text)) ?? 0));
      return;
    }
    const place = mark("number");
    if (numbers.length < ASKED_NUMBERS) numbers.push({ value, place });
  });
  if (matches.length) mark("entry");
  if (named.includes(1)) mark("column");
  return { words: words.length ? words : [0], numbers };
}

/** Where words stand one behind the other in others, or −1. */
function placeOf(words: readonly string[], among: readonly string[]): number {
  if (!words.length) return -1;
  for (let at = 0; at + words.length <= among.length; ++at) {
    if (words.every((word, i) => among[at + i] === word)) return at;
  }
  return -1;
}
