import type { Tensor } from "../graph/tensor.js";

/** Distributions of one step of a program over its operation and its column: (batch, operations), (batch, columns). */
export interface Selection {
  readonly operation: Tensor;
  readonly column: Tensor;
}

/** Probabilities of everything that a line of a program could have been. */
export interface LineChoices {
  readonly operations: Float32Array;
  readonly columns: Float32Array;
  /** Pivots that a comparison could have chosen: the numbers or texts of the question. */
  readonly pivots?: readonly { readonly value: number | string; readonly probability: number }[];
}

/** A line of the most probable program over a table. */
export interface ChosenLine<Operation extends string = string, Pivot extends number | string = number | string> {
  readonly operation: Operation;
  readonly probability: number;
  /** The column, which only some operations look at. */
  readonly column: { readonly index: number; readonly probability: number };
  /** The number or text of the question that a comparison compares with. */
  readonly pivot?: { readonly value: Pivot; readonly probability: number };
  /** Rows that are selected behind it. */
  readonly rows: readonly number[];
  /** Whether the answer depends on it. */
  readonly isUsed: boolean;
  /** Distributions that it was chosen from, in the order of `operationNames`, the columns and the question. */
  readonly choices: LineChoices;
}

/** The most probable program over a table, and its answer: a number, printed cells, or neither. */
export interface ChosenProgram<Line extends ChosenLine = ChosenLine> {
  readonly lines: readonly Line[];
  /** Joint probability of all choices that matter in every line that is used. */
  readonly probability: number;
  readonly number?: number;
  readonly printed?: { readonly column: number; readonly rows: readonly number[] };
}

/** Joint probability of the choices in used lines; the column counts for operations that look at one. */
export const probabilityOf = (lines: readonly ChosenLine[], ofColumn: readonly string[]): number =>
  lines.reduce((all, { operation, probability, column, pivot, isUsed }) => {
    if (!isUsed) return all;
    return all * (probability * (ofColumn.includes(operation) ? column.probability : 1) * (pivot?.probability ?? 1));
  }, 1);
