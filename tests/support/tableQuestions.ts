/** Questions about tables, read back from a task's inputs and answered by plain loops. */
import { tableLayout, words, type Word } from "../../bindings/tables/layout.js";
import type { QuestionToken } from "../../bindings/tables/question.js";
import type { DrawnSequence } from "./answered.js";

export interface AskedTable {
  readonly tokens: readonly QuestionToken[];
  readonly table: readonly (readonly number[])[];
}

/** What the inputs of a sequence say. */
export function askedBy({ inputs }: DrawnSequence, columns: number): AskedTable {
  const { vocabulary, isWord, place, value, isRow, cells, present } = tableLayout(columns);
  const tokens: QuestionToken[] = [];
  const table: number[][] = [];
  for (const row of inputs) {
    const word = row.slice(0, vocabulary).indexOf(1);
    if (word >= 0 !== (row[isWord] === 1)) throw new Error("a word where there is none");
    if (word >= 0) tokens.push(words[word] ?? { column: word - words.length });
    if (row[place] || row[place + 1]) tokens.push(row[value]!);
    if (!row[isRow]) continue;
    if (row.slice(present).includes(0)) throw new Error("a cell is missing");
    table.push(row.slice(cells, cells + columns));
  }
  return { tokens, table };
}

export type Expected = { readonly number: number } | { readonly column: number; readonly rows: readonly boolean[] };

/** Reads tokens from the left: comparisons, joined by a word, and an aggregate; or the difference of two of these. */
export function answerTo({ tokens, table }: AskedTable): Expected {
  const rest = [...tokens];
  const column = (): number => (typeof rest[0] === "object" ? (rest.shift() as { column: number }).column : 0);
  const take = (): Word => rest.shift() as Word;
  let rows = table.map(() => true);
  let joined: Word | undefined;
  while (rest[0] === "greater" || rest[0] === "lesser") {
    const word = take();
    const pivot = rest.shift() as number;
    const at = column();
    const is = table.map((row) => (word === "greater" ? row[at]! > pivot : row[at]! < pivot));
    rows = rows.map((before, i) => (joined === "or" ? before || is[i]! : before && is[i]!));
    const after = rest[0] as QuestionToken | undefined;
    joined = after === "and" || after === "or" ? take() : undefined;
  }
  const aggregate = (): Expected => {
    const word = take();
    if (word === "count") return { number: rows.filter(Boolean).length };
    const at = column();
    if (word === "print") return { column: at, rows };
    return { number: table.reduce((sum, row, i) => sum + (rows[i] ? row[at]! : 0), 0) };
  };
  const one = aggregate();
  if (!rest.length) return one;
  take();
  const other = aggregate();
  return { number: (one as { number: number }).number - (other as { number: number }).number };
}
