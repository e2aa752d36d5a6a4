import type { ProgramWord } from "../bindings/trace.js";
import { normal, type Column, type CSVTable } from "./csv.js";
import { UsageError } from "./errors.js";

/** A part of a question that is known, or not. */
export type Lexeme =
  | { readonly kind: "aggregate"; readonly word: "count" | "sum" | "print" }
  | { readonly kind: "comparison"; readonly word: "greater" | "lesser" }
  | { readonly kind: "join"; readonly word: "and" | "or" | "diff" }
  | { readonly kind: "equal" | "negation" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "column"; readonly column: Column }
  /** A text, and the columns that hold it, none for one in quotation marks that is nowhere. */
  | { readonly kind: "text"; readonly text: string; readonly columns: readonly Column[] }
  | { readonly kind: "unknown"; readonly text: string };

/** Phrases, the longer in front of those that they begin with; those that stand for nothing are passed over. */
const PHRASES: readonly (readonly [phrase: RegExp, lexeme?: Lexeme])[] = [
  [/^(how many|number of|count)\b/, { kind: "aggregate", word: "count" }],
  [/^(what is the (sum|total)|how much|sum|total|add up)( of)?\b/, { kind: "aggregate", word: "sum" }],
  [/^(print|list|show|name|which|what|whose)\b/, { kind: "aggregate", word: "print" }],
  [
    /^(greater|more|larger|bigger|higher|longer|older|above|over|beyond|exceeds?|exceeding|after)( than)?\b/,
    { kind: "comparison", word: "greater" },
  ],
  [
    /^(lesser|less|fewer|smaller|lower|shorter|younger|below|under|before)( than)?\b/,
    { kind: "comparison", word: "lesser" },
  ],
  [/^>(?!=)/, { kind: "comparison", word: "greater" }],
  [/^<(?!=)/, { kind: "comparison", word: "lesser" }],
  [/^(minus|diff|difference)\b/, { kind: "join", word: "diff" }],
  [/^(not|isn't|aren't|without|except|excluding|neither|other than)\b/, { kind: "negation" }],
  [/^(!=|≠)/, { kind: "negation" }],
  [/^(=+|equals?( to)?\b)/, { kind: "equal" }],
  [/^and\b/, { kind: "join", word: "and" }],
  [/^or\b/, { kind: "join", word: "or" }],
  [
    /^(the|a|an|of|is|are|was|were|in|with|has|have|having|that|where|do|does|there|all|rows?|than|its|their|me|to|for)\b/,
  ],
];

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
const NUMBER =
  /^[^\w\s.+−-]?([-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-−+]?\.\d+)(?:\s+(thousand|million|billion)\b)?%?/;
const QUOTED = /^(?:"([^"]+)"|“([^”]+)”|«([^»]+)»)/;
/** More words than a text has that somebody types. */
const MOST_WORDS = 10;

/** What stands in a question, from the left, and the words that it was written in. */
export function lexemesOf(question: string, table: CSVTable): { lexemes: Lexeme[]; words: ProgramWord[] } {
  const byLength = [...table.columns].sort((a, b) => b.name.length - a.name.length);
  const texts = textsOf(table);
  const asked = normal(question);
  const spaced = question.trim().replace(/\s+/g, " ");
  // In some scripts small letters are more characters.
  const written = spaced.length === asked.length ? spaced : asked;
  const lexemes: Lexeme[] = [];
  const words: ProgramWord[] = [];
  for (let at = 0; at < asked.length;) {
    const { length, lexeme } = lexemeAt(asked.slice(at), byLength, texts);
    const piece = written.slice(at, at + length);
    const before = words.at(-1);
    if (lexeme) lexemes.push(lexeme);
    // What stands right behind a word, such as a question mark, stays with it.
    if (before && !lexeme && written[at - 1] !== " ") words.push({ ...words.pop()!, text: before.text + piece });
    else words.push({ text: piece, role: lexeme ? ROLES[lexeme.kind] : "ignored" });
    at += length;
    if (asked[at] === " ") ++at;
  }
  return { lexemes, words };
}

/** What a question begins with, the longest that is known; no lexeme if that says nothing. */
function lexemeAt(
  rest: string,
  byLength: readonly Column[],
  texts: ReadonlyMap<string, Column[]>,
): { length: number; lexeme?: Lexeme | undefined } {
  const quoted = QUOTED.exec(rest);
  if (quoted) {
    const text = normal(quoted[1] ?? quoted[2] ?? quoted[3]!);
    return { length: quoted[0].length, lexeme: { kind: "text", text, columns: texts.get(text) ?? [] } };
  }
  const column = byLength.find(({ name }) => begins(rest, normal(name)));
  const text = longestOf(rest, texts);
  const number = NUMBER.exec(rest);
  const phrase = PHRASES.find(([pattern]) => pattern.test(rest));
  const named = column ? normal(column.name).length : 0;
  const known = phrase ? phrase[0].exec(rest)![0].length : 0;
  const longest = Math.max(named, number?.[0].length ?? 0, known);
  if (text !== undefined && text.length > longest)
    return { length: text.length, lexeme: { kind: "text", text, columns: texts.get(text)! } };
  if (column) return { length: named + (/^s\b/.test(rest.slice(named)) ? 1 : 0), lexeme: { kind: "column", column } };
  if (number) return { length: number[0].length, lexeme: { kind: "number", value: valueOf(number) } };
  if (phrase) return { length: known, lexeme: phrase[1] && { ...phrase[1] } };
  const [unknown] = /^([\p{L}\p{N}_'-]+|.)/u.exec(rest)!;
  const says = /[\p{L}\p{N}<>]/u.test(unknown);
  return { length: unknown.length, ...(says && { lexeme: { kind: "unknown", text: unknown } }) };
}

const ROLES: { readonly [K in Lexeme["kind"]]: NonNullable<ProgramWord["role"]> } = {
  aggregate: "word",
  comparison: "word",
  join: "word",
  equal: "word",
  negation: "word",
  number: "number",
  column: "column",
  text: "entry",
  unknown: "ignored",
};

/** @throws UsageError when it is more than single precision holds. */
function valueOf([, digits, scale]: RegExpExecArray): number {
  const value = Number(digits!.replace("−", "-").replaceAll(",", "")) * (SCALES[scale ?? ""] ?? 1);
  if (Number.isFinite(Math.fround(value))) return value;
  throw new UsageError(`The question has ${digits!}, which is more than single precision holds`);
}

/** The texts of a table, and which columns of text hold each. */
function textsOf({ columns }: CSVTable): Map<string, Column[]> {
  const texts = new Map<string, Column[]>();
  for (const column of columns) {
    if (column.numbers) continue;
    for (const text of new Set(column.texts.map(normal))) {
      if (/[\p{L}\p{N}]/u.test(text)) texts.set(text, [...(texts.get(text) ?? []), column]);
    }
  }
  return texts;
}

/** The longest text with which another begins, and which ends where a word does. */
function longestOf(rest: string, texts: ReadonlyMap<string, unknown>): string | undefined {
  let longest: string | undefined;
  let words = 0;
  for (const { index, 0: word } of rest.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (++words > MOST_WORDS) break;
    const end = index + word.length;
    // What ends in a mark, such as an abbreviation, is the same text with it.
    for (const text of [rest.slice(0, end), rest.slice(0, end + 1)]) if (texts.has(text)) longest = text;
  }
  return longest;
}

/** Whether a text begins with a name that ends where a word does, or where its plural does. */
function begins(text: string, name: string): boolean {
  return text.startsWith(name) && /^(s?)([^\p{L}\p{N}]|$)/u.test(text.slice(name.length));
}
