import { Engine } from "../bindings/full.js";
import { NeuralProgrammer, TableProgrammer, type RowLine, type TableLine } from "../bindings/models.js";
import type { ProgramDrawing, ProgramTable } from "../bindings/trace.js";
import { isColumn } from "../bindings/systems/neuralProgrammer/question.js";
import { normal, type Column, type CSVTable } from "./csv.js";
import { drawingOf, hasColumn, numberInWords, wordsRead } from "./drawing.js";
import { UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { count, plural } from "./numbers.js";
import { translate } from "./question.js";
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
  /** What a page shows of it. */
  readonly drawing: ProgramDrawing;
}

export interface AnsweredLine extends Omit<TableLine, "column" | "operation" | "rows" | "choices"> {
  readonly operation: TableLine["operation"] | RowLine["operation"];
  /** The column's name, of operations that look at one. */
  readonly column?: { readonly name: string; readonly probability: number };
}

/** @throws UsageError when the model is another one, or the question cannot be asked of this table. */
export async function answerAbout(
  table: CSVTable,
  question: string,
  saved: Saved,
  file: string,
): Promise<AnsweredQuestion> {
  const { model } = saved;
  if (model instanceof TableProgrammer) return answerInWords(table, question, model);
  if (!(model instanceof NeuralProgrammer))
    throw new UsageError(
      `${file} holds a ${model.name}, and must hold a NeuralProgrammer or TableProgrammer, which \`train\` makes for the tasks table and table-questions`,
    );
  const { tokens, columns, said, words, ignored } = translate(question, table);
  const { columns: places, hasTexts } = model.layout;
  if (columns.length > places) {
    throw new UsageError(
      `The question names ${plural(columns.length, "column")}, and ${file} was trained on tables of ${places}`,
    );
  }
  const text = tokens.find((token) => typeof token === "object" && "text" in token);
  if (text && !hasTexts)
    throw new UsageError(`${file} was trained on tables of numbers, and the question asks for a text`);
  // A model of one column has no name for it.
  const asked = places === 1 ? tokens.filter((token) => !isColumn(token)) : tokens;
  const cells = columns.map(
    ({ numbers, texts }) => numbers ?? (hasTexts ? texts.map((cell) => normal(cell) || NaN) : []),
  );
  const rows = Array.from({ length: table.rows }, (_, row) =>
    Array.from({ length: places }, (_, i) => cells[i]?.[row] ?? NaN),
  );
  const engine = await Engine.create();
  try {
    const program = model.induce(engine, asked, rows);
    const { lines, probability, number, printed } = program;
    const looked = new Set(
      lines.flatMap((line) =>
        line.isUsed && line.operation !== "assign" && hasColumn(line) ? [columns[line.column.index]] : [],
      ),
    );
    const missing = [...looked].reduce((sum, column) => sum + missingIn(column), 0);
    const last = lines.at(-1)!;
    const unit = last.operation === "sum" ? columns[last.column.index]?.unit : undefined;
    const texts = printed && columns[printed.column]?.texts;
    return {
      ...(number !== undefined && { number }),
      ...(unit && { unit }),
      ...(printed && texts && { cells: printed.rows.map((row) => texts[row]!) }),
      lines: lines.map((line) => answeredLine(line, columns[line.column.index]?.name ?? "no column")),
      probability,
      read: said,
      ignored,
      missing,
      drawing: drawingOf(program, {
        question: words,
        read: said,
        operations: model.operationNames,
        table: textsOf(table),
        columns: Array.from({ length: places }, (_, i) => table.columns.indexOf(columns[i]!)),
        unit,
      }),
    };
  } finally {
    engine.dispose();
  }
}

/** A question in words of its own, to a model of the whole table. */
async function answerInWords(csv: CSVTable, question: string, model: TableProgrammer): Promise<AnsweredQuestion> {
  const table = textsOf(csv);
  const { header } = table;
  const engine = await Engine.create();
  try {
    const answer = model.answer(engine, question, table);
    const { lines, probability, items, number, printed, read: words } = answer;
    const read = words.join(" ");
    return {
      ...(number !== undefined && { number }),
      ...(printed && { cells: items }),
      lines: lines.map((line) => answeredLine(line, header[line.column.index]!)),
      probability,
      read,
      ignored: header.slice(model.options.columns).map((name) => `column "${name}"`),
      missing: 0,
      drawing: drawingOf(answer, {
        question: wordsRead(question, answer),
        read,
        operations: model.operationNames,
        table,
      }),
    };
  } finally {
    engine.dispose();
  }
}

/** A line without what only a picture has room for. */
function answeredLine({ column, rows: _, choices: __, ...line }: TableLine | RowLine, name: string): AnsweredLine {
  return hasColumn(line) ? { ...line, column: { name, probability: column.probability } } : line;
}

const textsOf = ({ columns, rows }: CSVTable): ProgramTable => ({
  header: columns.map(({ name }) => name),
  rows: Array.from({ length: rows }, (_, row) => columns.map(({ texts }) => texts[row]!)),
});

const missingIn = (column: Column | undefined): number => column?.numbers?.filter(Number.isNaN).length ?? 0;

/** Below this the model is guessing. */
const SURE = 0.5;
/** More cells than anybody reads. */
const MOST_CELLS = 50;

/** The answer, the program, and all that is to be said about both. */
export function sayAnswer(answer: Omit<AnsweredQuestion, "drawing">): void {
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
