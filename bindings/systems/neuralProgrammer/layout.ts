/**
 * What a step of a question about a table shows. The words of the question and the rows of the table go in side by
 * side, from the first step on; numbers of the question are no words, but come with the word to their left.
 *
 * A table's texts are numbered from 1 where they are read, the same text with the same number; a text of the question is
 * a number like its others.
 */
export const words = ["sum", "count", "print", "greater", "lesser", "and", "or", "diff"] as const;

/** The words where tables have columns of text: one more. */
export const textWords = ["sum", "count", "print", "greater", "lesser", "and", "or", "diff", "equal"] as const;

export type Word = (typeof textWords)[number];

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
  readonly inputSize: number;
}

export function tableLayout(columns: number, { hasTexts = false } = {}): TableLayout {
  const known = hasTexts ? textWords : words;
  const vocabulary = known.length + columns;
  const place = vocabulary + 1;
  const literals = QUESTION_NUMBERS * (hasTexts ? 2 : 1);
  const value = place + literals;
  const cells = value + 2;
  const present = cells + columns;
  const texts = present + columns;
  return {
    columns,
    hasTexts,
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
    inputSize: hasTexts ? texts + columns : texts,
  };
}

/** The layout of inputs and outputs of such sizes, if there is one: outputs are a number, and one for each column. */
export function layoutOf(inputSize: number, outputSize: number): TableLayout | undefined {
  const columns = outputSize - 1;
  if (!Number.isInteger(columns) || columns < 1) return undefined;
  return [false, true]
    .map((hasTexts) => tableLayout(columns, { hasTexts }))
    .find((each) => each.inputSize === inputSize);
}
