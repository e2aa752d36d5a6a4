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
  [/^(greater|more|larger|bigger|higher|longer|older|above|over|beyond|exceeds?|exceeding|after)( than)?\b/, { kind: "comparison", word: "greater" }],
  [/^(lesser|less|fewer|smaller|lower|shorter|younger|below|under|before)( than)?\b/, { kind: "comparison", word: "lesser" }],
  [/^>(?!=)/, { kind: "comparison", word: "greater" }],
  [/^<(?!=)/, { kind: "comparison", word: "lesser" }],
  [/^(minus|diff|difference)\b/, { kind: "join", word: "diff" }],
  [/^(not|isn't|aren't|without|except|excluding|neither|other than)\b/, { kind: "negation" }],
  [/^(!=|≠)/, { kind: "negation" }],
  [/^(=+|equals?( to)?\b)/, { kind: "equal" }],
  [/^and\b/, { kind: "join", word: "and" }],
  [/^or\b/, { kind: "join", word: "or" }],
  [/^(the|a|an|of|is|are|was|were|in|with|has|have|having|that|where|do|does|there|all|rows?|than|its|their|me|to|for)\b/],
]; // prettier-ignore

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
const NUMBER =
  /^[^\w\s.+−-]?([-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-−+]?\.\d+)(?:\s+(thousand|million|billion)\b)?%?/;
const QUOTED = /^(?:"([^"]+)"|“([^”]+)”|«([^»]+)»)/;
/** More words than a text has that somebody types. */
const MOST_WORDS = 10;

/** What stands in a question, from the left: at every place the longest that is known. */
export function lexemesOf(question: string, table: CSVTable): Lexeme[] {
  const byLength = [...table.columns].sort((a, b) => b.name.length - a.name.length);
  const texts = textsOf(table);
  const lexemes: Lexeme[] = [];
  let rest = normal(question);
  const take = (length: number, lexeme?: Lexeme): void => {
    if (lexeme) lexemes.push(lexeme);
    rest = rest.slice(length).trimStart();
  };
  while (rest) {
    const quoted = QUOTED.exec(rest);
    if (quoted) {
      const text = normal(quoted[1] ?? quoted[2] ?? quoted[3]!);
      take(quoted[0].length, { kind: "text", text, columns: texts.get(text) ?? [] });
      continue;
    }
    const column = byLength.find(({ name }) => begins(rest, normal(name)));
    const text = longestOf(rest, texts);
    const number = NUMBER.exec(rest);
    const phrase = PHRASES.find(([pattern]) => pattern.test(rest));
    const known = phrase ? phrase[0].exec(rest)![0] : "";
    const length = Math.max(column ? normal(column.name).length : 0, number?.[0].length ?? 0, known.length);
    if (text !== undefined && text.length > length)
      take(text.length, { kind: "text", text, columns: texts.get(text)! });
    else if (column) {
      take(normal(column.name).length, { kind: "column", column });
      rest = rest.replace(/^s\b/, "").trimStart();
    } else if (number) take(number[0].length, { kind: "number", value: valueOf(number) });
    else if (phrase) take(known.length, phrase[1] && { ...phrase[1] });
    else {
      const [unknown] = /^([\p{L}\p{N}_'-]+|.)/u.exec(rest)!;
      take(unknown.length, /[\p{L}\p{N}<>]/u.test(unknown) ? { kind: "unknown", text: unknown } : undefined);
    }
  }
  return lexemes;
}

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
