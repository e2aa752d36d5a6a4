import type { ChosenLine } from "../bindings/models.js";
import type { DecimalMark } from "../bindings/questions.js";
import type { ProgramDrawing } from "../bindings/trace.js";
import { hasColumn } from "./drawing.js";
import { count, plural } from "./numbers.js";
import { table } from "./table.js";

/** Flags of `tapehead ask`. */
export interface AskFlags {
  /** Whether a question is answered of which words are left out. */
  readonly guess?: boolean;
  /** What begins the fractions of a table's numbers. */
  readonly decimal?: DecimalMark;
}

/** An answer, and where it comes from. */
export interface AnsweredQuestion {
  /** A number, or texts of cells; neither if the program ends without an answer. */
  readonly number?: number;
  /** All digits of the number, where it was computed in decimals. */
  readonly digits?: string;
  readonly unit?: string;
  readonly cells?: readonly string[];
  /** Cells of a line, where several columns are printed. Default: 1. */
  readonly cellsPerLine?: number;
  readonly lines: readonly AnsweredLine[];
  readonly probability: number;
  /** What the model read. */
  readonly read: string;
  /** Words that were left out, of a guess. */
  readonly ignored: readonly string[];
  /** Rows without a cell in a column that the program looks at. */
  readonly missing: number;
  /** Why the answer is a guess. */
  readonly guess?: string;
}

/** An answer about a table, and what a page draws of its program. */
export interface Asked {
  readonly answer: AnsweredQuestion;
  drawing(): ProgramDrawing;
}

export interface AnsweredLine extends Omit<ChosenLine, "column" | "rows" | "choices"> {
  /** The column's name, of operations that look at one. */
  readonly column?: { readonly name: string; readonly probability: number };
}

/** A line without what only a picture has room for. */
export function answeredLine({ column, rows: _, choices: __, ...line }: ChosenLine, name: string): AnsweredLine {
  return hasColumn(line) ? { ...line, column: { name, probability: column.probability } } : line;
}

/** Below this the model is guessing. */
const SURE = 0.5;
/** More lines than anybody reads. */
const MOST_LINES = 50;

/** The answer, the program, and all that is to be said about both. */
export function sayAnswer(answer: AnsweredQuestion): void {
  const { number, digits, unit, cells, cellsPerLine = 1, lines, probability, read, ignored, missing, guess } = answer;
  if (guess !== undefined) console.log(`A guess: ${guess}.`);
  if (number !== undefined) console.log([digits ?? String(number), unit].filter(Boolean).join(" "));
  else if (cells) {
    const shown = Array.from({ length: Math.ceil(cells.length / cellsPerLine) }, (_, row) =>
      cells.slice(row * cellsPerLine, (row + 1) * cellsPerLine),
    );
    for (const line of shown.slice(0, MOST_LINES)) console.log(line.map((cell) => cell || "(missing)").join(", "));
    if (shown.length > MOST_LINES) console.log(`… and ${count(shown.length - MOST_LINES)} more`);
    if (!shown.length) console.log("Nothing: no row is selected.");
  } else console.log("No answer: the program ends with an operation that gives none.");
  console.log("");
  const rows = lines.map(({ operation, probability: sure, column, pivot, isUsed }, i) => {
    if (!isUsed) return [`  ${i + 1}  ${operation}`, "does not matter"];
    const what = [operation, column?.name, pivot && shown(pivot.value)].filter(Boolean).join(" ");
    const parts = [`${operation} ${percent(sure)}`];
    if (column) parts.push(`${column.name} ${percent(column.probability)}`);
    if (pivot) parts.push(`${shown(pivot.value)} ${percent(pivot.probability)}`);
    return [`  ${i + 1}  ${what}`, parts.join(", ")];
  });
  console.log(table(rows));
  console.log(`Read as: ${read}${ignored.length ? `. Not read: ${ignored.join(", ")}` : ""}.`);
  if (missing)
    console.log(`${plural(missing, "missing cell")} in these columns: such rows are in no comparison and no sum.`);
  if (probability < SURE)
    console.log(`The model is not sure: this program has a probability of ${percent(probability)}.`);
}

const shown = (value: number | string): string => (typeof value === "string" ? `"${value}"` : count(value));
const percent = (probability: number): string => `${(100 * probability).toFixed(1)}%`;
