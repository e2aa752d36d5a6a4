/**
 * What a step of a question about a table shows. The words of the question and the rows of the table go in side by
 * side, from the first step on; numbers of the question are no words, but come with the word to their left.
 */
export const words = ["sum", "count", "print", "greater", "lesser", "and", "or", "diff"] as const;

export type Word = (typeof words)[number];

/** Numbers that a question can have. */
export const QUESTION_NUMBERS = 2;

export interface TableLayout {
  readonly columns: number;
  /** Words, and behind them the columns' names. */
  readonly vocabulary: number;
  /** The first input of each part: words one-hot, whether there is one, the place of a number, its value, … */
  readonly isWord: number;
  readonly place: number;
  readonly value: number;
  /** … whether there is a row, its cells, and which of them are there. */
  readonly isRow: number;
  readonly cells: number;
  readonly present: number;
  readonly inputSize: number;
}

export function tableLayout(columns: number): TableLayout {
  const vocabulary = words.length + columns;
  const place = vocabulary + 1;
  const value = place + QUESTION_NUMBERS;
  const cells = value + 2;
  const present = cells + columns;
  return {
    columns,
    vocabulary,
    isWord: vocabulary,
    place,
    value,
    isRow: value + 1,
    cells,
    present,
    inputSize: present + columns,
  };
}

/** The word that names a column. */
export const columnWord = (column: number): number => words.length + column;

/** How many columns inputs of a size are for, if they are for tables. */
export function columnsOf(inputSize: number): number | undefined {
  const columns = (inputSize - tableLayout(0).inputSize) / 3;
  return Number.isInteger(columns) && columns >= 1 ? columns : undefined;
}
