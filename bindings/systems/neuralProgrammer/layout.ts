import type { extendedOperations } from "./machine.js";

/**
 * What a step of a question about a table shows. The words of the question and the rows of the table go in side by
 * side, from the first step on; numbers of the question are no words, but come with the word to their left.
 *
 * A table's texts are numbered from 1 where they are read, the same text with the same number; a text of the question is
 * a number like its others.
 */
export const extendedWords = [
  "sum",
  "count",
  "print",
  "greater",
  "lesser",
  "and",
  "or",
  "diff",
  "equal",
  "mean",
  "maximum",
  "minimum",
  "not",
] as const;

/** The words where tables have columns of text. */
export const textWords: readonly Word[] = /* @__PURE__ */ extendedWords.slice(0, 9);

/** The words where they have none. */
export const words: readonly Word[] = /* @__PURE__ */ extendedWords.slice(0, 8);

export type Word = (typeof extendedWords)[number];

/** Steps of the programs of extended questions, which their targets tell. */
export const EXTENDED_STEPS = 6;

/** Numbers that a question can have, and as many texts. */
export const QUESTION_NUMBERS = 2;

export interface TableLayout {
  readonly columns: number;
  /** Whether cells can be texts. */
  readonly hasTexts: boolean;
  readonly words: readonly Word[];
  /** Words, and behind them the columns' names. */
  readonly vocabulary: number;
  /** Numbers of a question, and behind them texts. */
  readonly literals: number;
  /** The first input of each part: words one-hot, whether there is one, which number or text is beside it, its value, … */
  readonly isWord: number;
  readonly place: number;
  readonly value: number;
  /** … whether there is a row, its numbers, and which of them are there. */
  readonly isRow: number;
  readonly cells: number;
  readonly present: number;
  /** Of tables with texts: these, 0 where there is none. */
  readonly texts: number;
  /** Of extended questions: rows by each column's numbers, counted from 1, the largest first, then the smallest first. */
  readonly orders: number;
  readonly isExtended: boolean;
  readonly inputSize: number;
}

/** Layout of questions about tables of so many columns. Extended ones are about tables that can have texts. */
export function tableLayout(columns: number, { hasTexts = false, isExtended = false } = {}): TableLayout {
  const known = isExtended ? extendedWords : hasTexts ? textWords : words;
  const vocabulary = known.length + columns;
  const place = vocabulary + 1;
  const literals = QUESTION_NUMBERS * (hasTexts ? 2 : 1);
  const value = place + literals;
  const cells = value + 2;
  const present = cells + columns;
  const texts = present + columns;
  const orders = hasTexts ? texts + columns : texts;
  return {
    columns,
    hasTexts,
    isExtended,
    words: known,
    vocabulary,
    literals,
    isWord: vocabulary,
    place,
    value,
    isRow: value + 1,
    cells,
    present,
    texts,
    orders,
    inputSize: isExtended ? orders + 2 * columns : orders,
  };
}

/**
 * Outputs of extended questions behind the number and the printed cells: distributions of each step's operation and
 * column, and those of the pivots of each comparison.
 */
export const programOutputs = (columns: number, operations: number, comparisons: number): number =>
  EXTENDED_STEPS * (operations + columns) + comparisons * QUESTION_NUMBERS;

/** Operations and comparisons of extended questions. */
export const EXTENDED: { readonly operations: (typeof extendedOperations)["length"]; readonly comparisons: 3 } = {
  operations: 14,
  comparisons: 3,
};

/** Numbers that come out: a number, one for each column, and, of extended questions, the program. */
export const outputSizeOf = ({ columns, isExtended }: TableLayout): number =>
  1 + columns + (isExtended ? programOutputs(columns, EXTENDED.operations, EXTENDED.comparisons) : 0);

/** The layout of inputs and outputs of such sizes, if there is one. */
export function layoutOf(inputSize: number, outputSize: number): TableLayout | undefined {
  const kinds = [{}, { hasTexts: true }, { hasTexts: true, isExtended: true }];
  const fits = (layout: TableLayout): boolean => layout.inputSize === inputSize && outputSizeOf(layout) === outputSize;
  // Each column takes inputs and outputs: there are no more columns than either.
  for (let columns = 1; columns < Math.min(inputSize, outputSize); ++columns) {
    const found = kinds.map((kind) => tableLayout(columns, kind)).find(fits);
    if (found) return found;
  }
  return undefined;
}
