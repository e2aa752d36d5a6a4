import { ShapeError } from "../../graph/shapeError.js";
import { shown } from "../../common/shown.js";
import { expectLabels, expectRows, expectUnit } from "../expect.js";

/** A program over a table, how it was chosen, and what it answers: all that the pictures know, whatever the model. */
export interface ProgramDrawing {
  /** The question, as it was asked. */
  readonly question: readonly ProgramWord[];
  /** The question as the model read it, if that is something else. */
  readonly read?: string;
  /** What a step can do. (operation) */
  readonly operations: readonly string[];
  /** Columns that a step chooses among: indices of the table's, −1 for one that it has not. (column) Default: all. */
  readonly columns?: readonly number[];
  /** Numbers and texts of the question that comparisons choose among. (pivot) Default: none. */
  readonly pivots?: readonly (number | string)[];
  readonly steps: readonly ProgramStep[];
  readonly table: ProgramTable;
  /** Undefined if the program ends in nothing. */
  readonly answer?: ProgramAnswer;
  /** How sure the model is of the program: from 0 to 1. */
  readonly probability: number;
}

/** A word of a question, and what the model took it for; what is ignored it did not read. */
export interface ProgramWord {
  readonly text: string;
  readonly role?: "word" | "number" | "column" | "entry" | "ignored";
}

/** What a step chose among: probabilities. */
export interface ProgramStep {
  /** (operation) */
  readonly operations: ArrayLike<number>;
  /** (column) */
  readonly columns: ArrayLike<number>;
  /** Of a comparison. (pivot) */
  readonly pivots?: ArrayLike<number>;
  /** How much each row is selected behind it, of a step that selects rows: from 0 to 1. (row) */
  readonly selected?: ArrayLike<number>;
  /** Whether its operation looks at a column. Default: true. */
  readonly hasColumn?: boolean;
  /** Whether the answer depends on it. Default: true. */
  readonly isUsed?: boolean;
}

/** A table as text. */
export interface ProgramTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a program answers. */
export interface ProgramAnswer {
  /** A number, or texts of cells. */
  readonly items: readonly string[];
  /** The cells, if it prints some. */
  readonly printed?: { readonly column: number; readonly rows: readonly number[] };
}

/** Steps, and probabilities, that a page can draw. */
const MOST_STEPS = 64;
const MOST_CHOICES = 10_000;

const ROLES: readonly unknown[] = [undefined, "word", "number", "column", "entry", "ignored"];

/** The columns that steps choose among. */
export const columnsOf = ({ columns, table }: ProgramDrawing): readonly number[] => columns ?? [...table.header.keys()];

/** The name of a column that steps choose among. */
export const columnName = ({ table }: ProgramDrawing, index: number): string => table.header[index] ?? "no column";

/** @throws TypeError, ShapeError, RangeError unless all parts are there and fit each other. */
export function checkProgram(owner: string, program: ProgramDrawing): void {
  const { question, operations, pivots = [], steps, table, answer, probability } = program;
  const columns = columnsOf(program);
  expectLabels(owner, { operations, "names of columns": table.header, ...(answer && { items: answer.items }) });
  for (const { text, role } of question) {
    if (typeof text === "string" && ROLES.includes(role)) continue;
    throw new TypeError(
      `${owner}: a word is ${shown(text)}, ${shown(role)}, and must be a string and one of the roles`,
    );
  }
  const odd = pivots.find((pivot) => typeof pivot !== "string" && !Number.isFinite(pivot));
  if (odd !== undefined) throw new TypeError(`${owner}: a pivot is ${shown(odd)}, and must be a number or a string`);
  expectRows(owner, "the table's rows", table.rows, table.rows.length, table.header.length);
  for (const row of table.rows) expectLabels(owner, { "cells of a row": row });
  expectIndices(owner, "columns have", columns, table.header.length, -1);
  if (answer?.printed) {
    expectIndices(owner, "the printed column is", [answer.printed.column], table.header.length);
    expectIndices(owner, "printed rows have", answer.printed.rows, table.rows.length);
  }

  if (!steps.length || !operations.length)
    throw new RangeError(
      `${owner}: there are ${steps.length} steps and ${operations.length} operations, and must be one of each at least`,
    );
  if (steps.length > MOST_STEPS)
    throw new RangeError(`${owner}: there are ${steps.length} steps, and a page can draw ${MOST_STEPS}`);
  const choices = steps.length * (operations.length + columns.length + pivots.length);
  if (choices > MOST_CHOICES) {
    const most = MOST_CHOICES.toLocaleString("en-US");
    throw new RangeError(
      `${owner}: there are ${choices.toLocaleString("en-US")} probabilities, and a page can draw ${most}`,
    );
  }
  const sizes = {
    operations: operations.length,
    columns: columns.length,
    pivots: pivots.length,
    selected: table.rows.length,
  };
  steps.forEach((step, i) => {
    for (const [name, size] of Object.entries(sizes)) {
      const values = step[name as keyof typeof sizes];
      if (values === undefined && (name === "pivots" || name === "selected")) continue;
      const where = `${name} of step ${i + 1}`;
      if (values?.length !== size) {
        const actual = values ? `${values.length} numbers` : "none";
        throw new ShapeError(`${owner}: ${where} are ${actual}, and must be ${size}`, owner, `(${size})`, actual);
      }
      expectUnit(owner, `one of the ${where}`, values);
    }
  });
  expectUnit(owner, "the probability", [probability]);
}

function expectIndices(owner: string, what: string, indices: readonly number[], count: number, least = 0): void {
  const wrong = indices.find((index) => !Number.isInteger(index) || index < least || index >= count);
  if (wrong === undefined) return;
  const none = least < 0 ? ", or −1" : "";
  throw new RangeError(`${owner}: ${what} ${shown(wrong)}, and must have indices of ${count}${none}`);
}
