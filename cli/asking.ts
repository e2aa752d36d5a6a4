import type { ChosenLine } from "../bindings/models.js";
import type { ProgramDrawing, ProgramTable } from "../bindings/trace.js";
import type { CSVTable } from "./csv.js";
import { hasColumn, numberInWords } from "./drawing.js";
import { count, plural } from "./numbers.js";
import { table } from "./table.js";

/** An answer, and where it comes from. */
export interface AnsweredQuestion {
  /** A number, or texts of cells; neither if the program ends without an answer. */
  readonly number?: number;
  readonly unit?: string;
  readonly cells?: readonly string[];
  readonly lines: readonly AnsweredLine[];
  readonly probability: number;
  /** What the model read. */
  readonly read: string;
  readonly ignored: readonly string[];
  /** Rows without a number in a column that the program looks at. */
  readonly missing: number;
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

/** A table's header and the texts of its cells. */
export const textsOf = ({ columns, rows }: CSVTable): ProgramTable => ({
  header: columns.map(({ name }) => name),
  rows: Array.from({ length: rows }, (_, row) => columns.map(({ texts }) => texts[row]!)),
});

/** Below this the model is guessing. */
const SURE = 0.5;
/** More cells than anybody reads. */
const MOST_CELLS = 50;

/** The answer, the program, and all that is to be said about both. */
export function sayAnswer(answer: AnsweredQuestion): void {
  const { number, unit, cells, lines, probability, read, ignored, missing } = answer;
  if (number !== undefined) console.log(numberInWords(number, unit));
  else if (cells) {
    for (const cell of cells.slice(0, MOST_CELLS)) console.log(cell || "(missing)");
    if (cells.length > MOST_CELLS) console.log(`… and ${count(cells.length - MOST_CELLS)} more`);
    if (!cells.length) console.log("Nothing: no row is selected.");
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
  if (missing) console.log(`${plural(missing, "missing cell")} in these columns: they count as no number.`);
  if (number !== undefined && Math.abs(number) >= 2 ** 24)
    console.log("Computed in single precision: the first seven digits count.");
  if (probability < SURE)
    console.log(`The model is not sure: this program has a probability of ${percent(probability)}.`);
}

const shown = (value: number | string): string => (typeof value === "string" ? `"${value}"` : count(value));
const percent = (probability: number): string => `${(100 * probability).toFixed(1)}%`;
