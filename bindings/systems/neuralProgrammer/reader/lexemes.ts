import { SCALES, valuesOf, type Quantity } from "./cells.js";
import { dayOf } from "./dates.js";
import { decimalOf, digitsOf, times, type Decimal } from "./decimal.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { normal, numbersOf, plain } from "./text.js";
import { canonicalUnit, isUnit } from "./units.js";
import { PHRASES, type PhraseLexeme } from "./vocabulary.js";

/** A number of a question. */
export interface NumberLexeme {
  readonly kind: "number";
  /** Its values under each mark that it can have. */
  readonly values: Quantity["values"];
  readonly unit: string;
  readonly isOrdinal: boolean;
  /** What multiplies it, such as "million", in plain digits: 1 of nothing. */
  readonly scale: string;
}

/** A cell that a question names. */
export interface EntryLexeme {
  readonly kind: "entry";
  readonly key: string;
  /** Columns that hold it; none for one in quotation marks that is nowhere. */
  readonly holders: readonly QuestionColumn[];
  readonly isQuoted: boolean;
}

/** Meaning of a part of a question. */
export type Meaning =
  | PhraseLexeme
  | NumberLexeme
  | EntryLexeme
  | { readonly kind: "day"; readonly value: Decimal }
  | { readonly kind: "column"; readonly column: QuestionColumn; readonly namesRows: boolean }
  | { readonly kind: "unknown" };

/** A part of a question, from the left, and whether the program that it stands for has a place for it. */
export type Lexeme = Meaning & { readonly text: string; readonly glued: string; isUsed: boolean };

/** A lexeme of a kind. */
export type LexemeOf<K extends Lexeme["kind"]> = Extract<Lexeme, { kind: K }>;

const QUOTED = /^"([^"]+)"/;
/** Most words of a cell that somebody types. */
const MOST_WORDS = 12;
/** Letters of the shortest cell that has a plural. */
const SHORTEST = 4;
const PUNCTUATION = /^(?!!=)[?!.,:;()'"]/;

/** Names of columns and cells, by how a question writes them. */
interface Names {
  readonly columns: ReadonlyMap<string, readonly QuestionColumn[]>;
  readonly rows: ReadonlyMap<string, readonly QuestionColumn[]>;
  readonly entries: ReadonlyMap<string, readonly QuestionColumn[]>;
  /** Cells as they are written, of those that have capitals. */
  readonly capitals: ReadonlySet<string>;
  /** The question, in its own letters. */
  readonly question: string;
  /** Plurals of cells. */
  readonly plurals: ReadonlyMap<string, string>;
}

/**
 * Parts of a question. A cell or a name is the longest that the text begins with, and a name comes before a phrase.
 *
 * @throws QuestionError when a name belongs to several columns.
 */
export function lexemesOf(question: string, table: QuestionTable): Lexeme[] {
  const written = plain(question);
  const names = namesOf(table, written);
  const asked = written.toLowerCase();
  // In some scripts small letters are more characters.
  const own = written.length === asked.length ? written : asked;
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < asked.length;) {
    const rest = asked.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const mark = PUNCTUATION.exec(rest);
    const possessive = /^'s(?![\p{L}\p{N}])/u.exec(rest);
    if (
      possessive ||
      (mark && !QUOTED.test(rest) && !/^[.'(]\p{L}*\d/u.test(rest) && longest(rest, names.entries) === undefined)
    ) {
      const length = possessive ? 2 : 1;
      const before = lexemes.at(-1);
      const glued = own.slice(at, at + length);
      if (before) lexemes[lexemes.length - 1] = { ...before, glued: before.glued + glued };
      at += length;
      continue;
    }
    const { length, meaning } = meaningAt(rest, own.slice(at), names, lexemes, table);
    lexemes.push({ ...meaning, text: own.slice(at, at + length), glued: own.slice(at, at + length), isUsed: false });
    at += length;
  }
  return lexemes;
}

function meaningAt(
  rest: string,
  own: string,
  names: Names,
  before: readonly Lexeme[],
  table: QuestionTable,
): { length: number; meaning: Meaning } {
  const quoted = QUOTED.exec(rest);
  if (quoted) {
    const key = normal(quoted[1]!);
    const holders = names.entries.get(key) ?? [];
    return { length: quoted[0].length, meaning: { kind: "entry", key, holders, isQuoted: true } };
  }
  const named = longest(rest, names.columns);
  const rowNamed = longest(rest, names.rows);
  const exact = longest(rest, names.entries);
  const plural = longest(rest, names.plurals);
  const entry = (exact?.length ?? 0) >= (plural?.length ?? 0) ? exact : plural;
  const number = numberAt(own, table);
  const phrase = phraseAt(rest);
  const lengths = {
    column: named?.length ?? 0,
    number: number?.length ?? 0,
    phrase: phrase?.length ?? 0,
  };
  if (entry !== undefined) {
    const key = entry === exact ? entry : names.plurals.get(entry)!;
    const holders = names.entries.get(key)!;
    const most = Math.max(...Object.values(lengths));
    const isEqual = entry.length === most;
    // A cell such as "in", "more" or "a" is one right behind its column's name, or in its own capitals: "IN".
    const isOwn = before.length > 0 && names.capitals.has(own.slice(0, entry.length)) && /\p{Ll}/u.test(names.question);
    const isSaid =
      entry.length > most || (isEqual && (isOwn || isBehind(before, holders) || isNoGrammar(phrase?.meaning)));
    if (isSaid) return { length: entry.length, meaning: { kind: "entry", key, holders, isQuoted: false } };
  }
  if (named !== undefined && lengths.column >= Math.max(lengths.number, lengths.phrase)) {
    return { length: named.length, meaning: columnMeaning(named, names.columns, false) };
  }
  if (number && number.length >= lengths.phrase) return number;
  if (phrase) return phrase;
  if (rowNamed !== undefined) return { length: rowNamed.length, meaning: columnMeaning(rowNamed, names.rows, true) };
  const [unknown] = /^(?:[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}_'&/-]*|.)/u.exec(rest)!;
  return { length: unknown.length, meaning: { kind: "unknown" } };
}

/** Function words that no sentence needs: where a cell is called so, it is the cell. */
const isNoGrammar = (meaning: PhraseLexeme | undefined): boolean =>
  meaning?.kind === "function" && /^(all|its|their|who|where|which|whose|there|been|please|for)$/.test(meaning.word);

/** Whether a name of one of these columns stands in front, or only "is" is in between. */
function isBehind(before: readonly Lexeme[], holders: readonly QuestionColumn[]): boolean {
  const last = before.at(-1);
  if (last?.kind === "equal") return true;
  const isLinked = last?.kind === "function" && /^(is|are|was|were)$/.test(last.word);
  const named = isLinked ? before.at(-2) : last;
  return named?.kind === "column" && holders.includes(named.column);
}

function columnMeaning(name: string, all: Names["columns"], namesRows: boolean): Meaning {
  const [column, ...others] = all.get(name)!;
  if (others.length) {
    const both = [column!, ...others].map((each) => `"${each.name}"`).join(" and ");
    throw new QuestionError(`"${name}" may be the columns ${both}: write one of their names in full`, {
      words: [name],
    });
  }
  return { kind: "column", column: column!, namesRows };
}

/** The longest phrase that a text begins with. */
function phraseAt(rest: string): { length: number; meaning: PhraseLexeme } | undefined {
  let found: { length: number; meaning: PhraseLexeme } | undefined;
  for (const [pattern, lexeme] of PHRASES) {
    const length = pattern.exec(rest)?.[0].length ?? 0;
    if (length > (found?.length ?? 0)) found = { length, meaning: { ...lexeme } };
  }
  if (found?.meaning.kind === "function") {
    return { ...found, meaning: { kind: "function", word: rest.slice(0, found.length) } };
  }
  return found;
}

const COUNTED: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
/** Numbers in words; a function, since importing calls nothing. */
const numberWords = (): RegExp =>
  new RegExp(
    `^(?:(a)(?= (?:hundred|thousand|million|billion|trillion)\\b)|(${Object.keys(COUNTED).join("|")}))(?![\\p{L}\\p{N}])`,
    "iu",
  );
const DIGITS =
  /^((?:us|a|c)?\p{Sc}|(?:eur|usd|gbp|chf|jpy|cad|aud)(?= ?-?\d))? ?([-−+]?)(\p{Sc})?(\d(?:[\d.,'’]*\d)?|\.\d+)(e[-+]?\d+(?![\p{L}\d]))?/iu;

/** A number at the beginning of a text, with what multiplies it and its unit. */
function numberAt(own: string, table: QuestionTable): { length: number; meaning: Meaning } | undefined {
  const day = /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?![\p{L}\d])/u.exec(own);
  const value = day && dayOf(day[0]);
  if (value) return { length: day[0].length, meaning: { kind: "day", value } };
  const spoken = numberWords().exec(own);
  const match = DIGITS.exec(own);
  if (!spoken && !match) return undefined;
  let length = (spoken ?? match)![0].length;
  const [, prefix = "", sign = "", inner = "", digits = "", exponent = ""] = match ?? [];
  let values = spoken
    ? { point: decimalOf(String(spoken[1] ? 1 : COUNTED[spoken[2]!.toLowerCase()]!))! }
    : valuesOf(`${digits}`, exponent);
  if (!Object.keys(values).length) return undefined;
  if (/[-−]/.test(sign)) values = mapped(values, (each) => ({ ...each, units: -each.units }));
  const ordinal = /^(?:st|nd|rd|th)(?![\p{L}\d])/iu.exec(own.slice(length));
  if (ordinal && !spoken) length += 2;
  let scale = decimalOf("1")!;
  for (;;) {
    const word = /^ ?(\p{L}+)(?![\p{L}\d])/u.exec(own.slice(length));
    const known = word && (word[1] === "M" ? "million" : word[1] === "B" ? "billion" : word[1]!.toLowerCase());
    // "14M" multiplies, unless a column's unit is M.
    if (!known || !Object.hasOwn(SCALES, known) || isColumnsUnit(word[1]!, table)) break;
    const by = decimalOf(SCALES[known]!)!;
    values = mapped(values, (each) => times(each, by));
    scale = times(scale, by);
    length += word[0].length;
  }
  const after = /^ ?(%|‰|°[cf]?|\p{Sc}|(?:sq(?:uare)?|per)\.? \p{L}+|\p{L}+(?:\/\p{L}+|[²³23](?![\p{L}\d]))?)/iu.exec(
    own.slice(length),
  );
  const unit =
    after && (isUnit(after[1]!) || isColumnsUnit(after[1]!, table)) && !isName(own.slice(length).trimStart(), table)
      ? after[1]!
      : "";
  if (unit) length += after![0].length;
  // What goes on right behind the digits is a word such as "12e456" or "3x".
  if (/^[\p{L}\d]/u.test(own.slice(length)) && !spoken) return undefined;
  const currency = prefix || inner;
  if (currency && unit && canonicalUnit(currency) !== canonicalUnit(unit)) return undefined;
  return {
    length,
    meaning: { kind: "number", values, unit: currency || unit, isOrdinal: Boolean(ordinal), scale: digitsOf(scale) },
  };
}

const mapped = (values: Quantity["values"], change: (value: Decimal) => Decimal): Quantity["values"] => ({
  ...(values.point && { point: change(values.point) }),
  ...(values.comma && { comma: change(values.comma) }),
});

const isColumnsUnit = (word: string, { columns }: QuestionTable): boolean =>
  columns.some(({ unit }) => unit !== undefined && (unit === word || canonicalUnit(unit) === canonicalUnit(word)));

/** Whether a text begins with a column's name, which is no unit. */
const isName = (rest: string, { columns }: QuestionTable): boolean =>
  columns.some(({ names }) => names.some((name) => endsWord(rest.toLowerCase(), name)));

const endsWord = (text: string, name: string): boolean =>
  text.startsWith(name) && !/^[\p{L}\p{N}\p{M}]/u.test(text.slice(name.length));

function namesOf({ columns }: QuestionTable, question: string): Names {
  const capitals = new Set<string>();
  const byName = new Map<string, QuestionColumn[]>();
  const byRow = new Map<string, QuestionColumn[]>();
  const entries = new Map<string, QuestionColumn[]>();
  const plurals = new Map<string, string>();
  const add = (to: Map<string, QuestionColumn[]>, name: string, column: QuestionColumn): void => {
    const known = to.get(name);
    if (!known) to.set(name, [column]);
    else if (!known.includes(column)) known.push(column);
  };
  for (const column of columns) {
    for (const name of column.names) add(byName, name, column);
    for (const name of column.rowNames) add(byRow, name, column);
    if (column.kind !== "text") continue;
    for (const text of column.texts) if (/\p{Lu}/u.test(text)) capitals.add(plain(text));
    for (const key of new Set(column.keys))
      if (key !== undefined && /[\p{L}\p{N}]/u.test(key)) add(entries, key, column);
  }
  // A column's own name is its, whatever another could be called.
  for (const column of columns) byName.set(normal(column.name), [column]);
  const ambiguous = new Set<string>();
  for (const key of entries.keys()) {
    // "mrs" are not several "mr".
    if (key.length < SHORTEST || !/\p{L}$/u.test(key)) continue;
    for (const form of numbersOf(key)) {
      if (entries.has(form) || form.length < SHORTEST) continue;
      if (plurals.has(form)) ambiguous.add(form);
      plurals.set(form, key);
    }
  }
  for (const form of ambiguous) plurals.delete(form);
  return { columns: byName, rows: byRow, entries, capitals, question, plurals };
}

/** The longest name that a text begins with, and which ends where a word does. */
function longest(rest: string, names: ReadonlyMap<string, unknown>): string | undefined {
  let found: string | undefined;
  let words = 0;
  for (const { index, 0: word } of rest.matchAll(/[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu)) {
    if (++words > 2 * MOST_WORDS) break;
    const end = index + word.length;
    if (/[\p{L}\p{N}]$/u.test(word) && /^[\p{L}\p{N}\p{M}]/u.test(rest.slice(end))) continue;
    const text = rest.slice(0, end);
    if (names.has(text)) found = text;
  }
  return found;
}
