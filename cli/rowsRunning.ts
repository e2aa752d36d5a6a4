import { ShapeError, type Engine, type Sequence } from "../bindings/full.js";
import { asUsage, UsageError } from "./errors.js";
import { withEngine } from "./engine.js";
import type { Held } from "./held.js";
import { plural } from "./numbers.js";
import type { Runner, Shown } from "./systems/commands.js";

/** Run of a model over rows of numbers, for tasks whose inputs are no texts. */
export interface RowsRun {
  /** Rows that the model reads, in words, with an example. */
  readonly wanted: string;
  /** @throws RangeError, ShapeError when the rows do not fit the model. */
  run(engine: Engine, rows: Sequence): Shown;
}

/** Runs a model over rows of numbers, written as JSON. @throws UsageError when they are none, or do not fit the model. */
export const rowsRunner = ({ file, task }: Held<unknown>, { wanted, run }: RowsRun): Runner => ({
  run(text) {
    const rows = rowsIn(new TextDecoder().decode(text));
    if (!rows) {
      const of = task ? ` for ${task.name}` : "";
      throw new UsageError(`${file} holds a model${of} that reads numbers, no text: give it ${wanted} as JSON`);
    }
    return withEngine((engine) => fitting(() => run(engine, rows)));
  },
});

/** Rows that do not fit are the caller's mistake. */
function fitting<T>(run: () => T): T {
  try {
    return asUsage(run);
  } catch (error) {
    throw error instanceof ShapeError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** Rows of a text, if it is JSON of rows of numbers. */
function rowsIn(text: string): Sequence | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.every((each) => typeof each === "number");
  return Array.isArray(value) && value.length && value.every(isRow) ? (value as Sequence) : undefined;
}

/** Numbers of the widest row that a message shows. */
const WIDEST = 4;

/** What rows are wanted: how many numbers, and, where there is room, two such rows. */
export function rowsInWords(unit: string, size: number, values: readonly number[] = [0, 1]): string {
  const rows = values.map((value) => Array.from({ length: size }, () => value));
  return `${unit}s of ${plural(size, "number")}${size > WIDEST ? "" : `, such as ${JSON.stringify(rows)},`}`;
}

/** A row as a line of text: seven digits, which is what single precision has. */
export const rowInWords = (row: ArrayLike<number>): string =>
  Array.from(row, (value) => String(Number(value.toPrecision(7)))).join(" ");
