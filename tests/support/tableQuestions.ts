/** Questions about tables, read back from a task's inputs and answered by plain loops. */
import { QUESTION_NUMBERS, tableLayout, type Word } from "../../bindings/systems/neuralProgrammer/layout.js";
import type { QuestionToken } from "../../bindings/systems/neuralProgrammer/question.js";
import type { DrawnSequence } from "./answered.js";

export interface AskedTable {
  readonly tokens: readonly QuestionToken[];
  /** Texts are "w" and their number in the inputs. */
  readonly table: readonly (readonly (number | string)[])[];
}

/** What the inputs of a sequence say. */
export function askedBy({ inputs }: DrawnSequence, columns: number): AskedTable {
  const size = inputs[0]!.length;
  const kinds = [{}, { hasTexts: true }, { hasTexts: true, isExtended: true }];
  const layout = kinds.map((kind) => tableLayout(columns, kind)).find(({ inputSize }) => inputSize === size)!;
  const { vocabulary, words, isWord, place, value, isRow, cells, present, texts, hasTexts } = layout;
  const tokens: QuestionToken[] = [];
  const table: (number | string)[][] = [];
  for (const row of inputs) {
    const word = row.slice(0, vocabulary).indexOf(1);
    if (word >= 0 !== (row[isWord] === 1)) throw new Error("a word where there is none");
    const spoken = words[word] ?? { column: word - words.length };
    if (word >= 0) tokens.push(spoken);
    const at = row.slice(place, value).indexOf(1);
    if (at >= 0) tokens.push(at >= QUESTION_NUMBERS ? { text: `w${row[value]!}` } : row[value]!);
    if (!row[isRow]) continue;
    table.push(
      Array.from({ length: columns }, (_, column) => {
        const text = hasTexts ? row[texts + column]! : 0;
        if (Boolean(row[present + column]) === Boolean(text)) throw new Error("a cell is missing, or two things");
        return text ? `w${text}` : row[cells + column]!;
      }),
    );
  }
  return { tokens, table };
}

export type Expected = { readonly number: number } | { readonly column: number; readonly rows: readonly boolean[] };

/**
 * Reads tokens from the left: comparisons, joined by a word, of which one may be denied, the largest or smallest of what
 * they select, and an aggregate; or the difference of two of these.
 */
export function answerTo({ tokens, table }: AskedTable): Expected {
  const rest = [...tokens];
  const column = (): number => (typeof rest[0] === "object" ? (rest.shift() as { column: number }).column : 0);
  const take = (): Word => rest.shift() as Word;
  let rows = table.map(() => true);
  let joined: Word | undefined;
  while (["not", "greater", "lesser", "equal"].includes(rest[0] as string)) {
    const isDenied = rest[0] === "not";
    if (isDenied) take();
    const word = take();
    const literal = rest.shift() as number | { readonly text: string };
    const pivot = typeof literal === "object" ? literal.text : literal;
    const at = column();
    const is = table.map((row) =>
      word === "equal" ? (row[at] === pivot) !== isDenied : word === "greater" ? row[at]! > pivot : row[at]! < pivot,
    );
    rows = rows.map((before, i) => (joined === "or" ? before || is[i]! : before && is[i]!));
    const after = rest[0] as QuestionToken | undefined;
    joined = after === "and" || after === "or" ? take() : undefined;
  }
  if (rest[0] === "maximum" || rest[0] === "minimum") {
    const word = take();
    const at = column();
    const values = table.flatMap((row, i) => (rows[i] ? [Number(row[at])] : []));
    const best = word === "maximum" ? Math.max(...values) : Math.min(...values);
    const first = table.findIndex((row, i) => rows[i] && Number(row[at]) === best);
    rows = rows.map((_, i) => i === first);
  }
  const aggregate = (): Expected => {
    const word = take();
    if (word === "count") return { number: rows.filter(Boolean).length };
    const at = column();
    if (word === "print") return { column: at, rows };
    const sum = table.reduce((sum, row, i) => sum + (rows[i] ? Number(row[at]) : 0), 0);
    return { number: word === "mean" ? sum / Math.max(1, rows.filter(Boolean).length) : sum };
  };
  const one = aggregate();
  if (!rest.length) return one;
  take();
  const other = aggregate();
  return { number: (one as { number: number }).number - (other as { number: number }).number };
}
