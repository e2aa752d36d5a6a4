import type { Line } from "./line.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import type { Aggregate } from "./vocabulary.js";

/** What is made of the rows that a question is about. */
export interface Target {
  readonly aggregate: Aggregate;
  /** Absent for a count. */
  readonly column?: QuestionColumn;
}

/** An aggregate, its place in the question, and its column where one is named. */
export interface Found {
  readonly at: number;
  readonly target: Target;
}

/** A question that is being read: parts of the reader mark the words that have a place. */
export interface Asked {
  readonly line: Line;
  readonly table: QuestionTable;
  /** Whether words that are not understood are left out, and not refused. */
  readonly guess: boolean;
  /** What can be asked, for messages. */
  readonly hint: string;
  /** Places of columns that are aggregated, printed or compared with a superlative. */
  readonly targets: Set<number>;
}

/** Whether no cell of a column is missing or comes twice. */
export const isUnique = ({ keys }: QuestionColumn): boolean =>
  !keys.includes(undefined) && new Set(keys).size === keys.length;
