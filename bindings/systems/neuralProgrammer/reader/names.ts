import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { normal, numbersOf, plain } from "./text.js";

/** Most words of a cell that somebody types. */
const MOST_WORDS = 12;
/** Letters of the shortest cell that has a plural. */
const SHORTEST = 4;

/** Names of columns and cells, by how a question writes them. */
export interface Names {
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

/** Names of the columns and cells of a table, for a question in its own letters. */
export function namesOf({ columns }: QuestionTable, question: string): Names {
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
export function longest(rest: string, names: ReadonlyMap<string, unknown>): string | undefined {
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
