import type { Lexeme, Meaning } from "./lexeme.js";
import { longest, namesOf, type Names } from "./names.js";
import { numberAt } from "./numbers.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { normal, plain } from "./text.js";
import { PHRASES, type PhraseLexeme } from "./vocabulary.js";

const QUOTED = /^"([^"]+)"/;
const PUNCTUATION = /^(?!!=)[?!.,:;()'"]/;

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
