import type { Engine } from "../../../engine/engine.js";
import type { NeuralProgrammer, TableLine, TableProgram } from "../neuralProgrammer.js";
import { digitsOf, numberOf } from "./decimal.js";
import { isSameUnit } from "./cells.js";
import { isOfTime, saidOf } from "./conditions.js";
import { keyOf, outcomeOf, rowsBehind, type Outcome } from "./expression.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { readQuestion, type Reading, type ReadingOptions } from "./reading.js";
import { LOOKS, Run } from "./run.js";
import { templatesOf, type Template } from "./template.js";

/** An answer about a table, computed over the cells as they are written. */
export interface TableReply {
  /** A number, as the nearest double and in all its digits, with the unit of its column. */
  readonly number?: number;
  readonly digits?: string;
  readonly unit?: string;
  /** Printed cells: of one column as they are written; of several row by row, numbers in plain digits. */
  readonly cells?: readonly string[];
  /** Rows whose cells are printed, and the columns, by their places in the table. */
  readonly printed?: { readonly rows: readonly number[]; readonly columns: readonly number[] };
  /** The model's program, with the rows that each line selects of the cells as they are written. */
  readonly program: TableProgram;
  /** Columns of the question's table, in the order in which the model has them. */
  readonly columns: readonly QuestionColumn[];
  /** The question in the model's words. */
  readonly read: string;
  readonly reading: Reading;
  /** Rows that lack a cell in a column that the program looks at. */
  readonly missing: number;
  /** Whether words were left out, or the model's program is not what the question says. */
  readonly isGuess: boolean;
  /** Where the model's program is another one than the question's, why. */
  readonly differs?: string;
}

/**
 * Answer to a question about a table. The question is read, the model writes the program, and the program runs over the
 * cells as they are written, in exact decimals. The model's program must be the one that the words stand for.
 *
 * @throws QuestionError when a word has no place, the question has two meanings, or the model writes another program;
 * with `guess` only when there is nothing to run.
 * @example
 * const { digits } = askTable(engine, model, table, "total area of cities in Germany");
 */
export function askTable(
  engine: Engine,
  model: NeuralProgrammer,
  table: QuestionTable,
  question: string,
  options: ReadingOptions = {},
): TableReply {
  const { guess = false } = options;
  const reading = readQuestion(question, table, options);
  const templates = templatesOf(reading, table, model.layout);
  const replies = templates.map((template) => answerTo(engine, model, table, reading, template, guess));
  const [first] = replies;
  const { printed } = first!;
  if (replies.length === 1 || !printed) return first!;
  const columns = replies.flatMap((reply) => reply.printed?.columns ?? []);
  const cells = printed.rows.flatMap((row) => columns.map((column) => plainCell(table.columns[column]!, row)));
  return {
    ...first!,
    cells,
    printed: { rows: printed.rows, columns },
    read: replies.map(({ read }) => read).join("; "),
  };
}

/** Cells of several columns stand side by side: separators of thousands would run into those of cells. */
function plainCell({ values, unit, texts, kind }: QuestionColumn, row: number): string {
  const value = kind === "number" ? values![row] : undefined;
  return value ? `${digitsOf(value)}${unit ? ` ${unit}` : ""}` : texts[row]!;
}

function answerTo(
  engine: Engine,
  model: NeuralProgrammer,
  table: QuestionTable,
  reading: Reading,
  template: Template,
  guess: boolean,
): TableReply {
  const { tokens, slots, said } = template;
  const rows = Array.from({ length: table.rows }, (_, row) =>
    Array.from({ length: model.layout.columns }, (_, i) => slots[i]?.cells[row] ?? NaN),
  );
  const program = model.induce(engine, tokens, rows);
  const outcome = outcomeOf(program.lines);
  const isSame = keyOf(outcome) === keyOf(template.outcome);
  const differs = isSame
    ? undefined
    : `The model reads "${said}" as another program: ${programInWords(program.lines, template)}`;
  if (differs && !guess) throw new QuestionError(differs);
  const run = new Run(table, template);
  const lines = program.lines.map((line, t) => ({ ...line, rows: run.rows(rowsBehind(program.lines, t)) }));
  const looked = new Set(lines.filter(({ isUsed }) => isUsed).flatMap((line) => run.columnOf(line)));
  const missing = Array.from(looked).reduce((sum, { keys }) => sum + keys.filter((key) => key === undefined).length, 0);
  if (!guess) expectClear(reading, run, outcome);
  const base = {
    program: { ...program, lines },
    columns: slots.map(({ column }) => column),
    read: said,
    reading,
    missing,
    isGuess: Boolean(differs) || reading.left.length > 0,
    ...(differs && { differs }),
  };
  if (outcome.kind === "print") {
    const column = slots[outcome.slot]?.column;
    if (!column) return base;
    const selected = run.rows(outcome.rows);
    // "what is the largest population": rows that share the largest have one.
    const isOnce = reading.superlative?.column === column;
    const shown = isOnce ? selected.slice(0, 1) : selected;
    const cells = shown.map((row) => column.texts[row]!);
    return { ...base, cells, printed: { rows: shown, columns: [column.index] } };
  }
  if (outcome.kind === "nothing") return base;
  const value = run.number(outcome);
  const unit = unitOf(outcome, template);
  return { ...base, number: numberOf(value), digits: digitsOf(value), ...(unit && { unit }) };
}

/** Unit of a number. @throws QuestionError for the difference of two units. */
function unitOf(of: Outcome, { slots }: Template): string | undefined {
  if (of.kind === "sum" || of.kind === "mean") return slots[of.slot]?.column.unit;
  if (of.kind !== "difference") return undefined;
  const [one, other] = of.parts.map((part) => ("slot" in part ? (slots[part.slot]?.column.unit ?? "") : undefined));
  if (one && other && !isSameUnit(one, other)) {
    throw new QuestionError(`${one} minus ${other} is no number of either: nothing converts these`, {
      words: [one, other],
    });
  }
  return one === other ? one || undefined : undefined;
}

/** Lines that the answer depends on, in words. */
const programInWords = (lines: readonly TableLine[], { slots }: Template): string =>
  lines
    .filter(({ isUsed }) => isUsed)
    .map(({ operation, column, pivot }) =>
      [
        operation,
        LOOKS.includes(operation) ? (slots[column.index]?.column.name ?? "no column") : "",
        pivot?.value ?? "",
      ]
        .filter((part) => part !== "")
        .join(" "),
    )
    .join(", ");

/** @throws QuestionError where missing or repeated cells make it unclear which rows are meant. */
function expectClear({ conditions, rowNames }: Reading, run: Run, outcome: Outcome): void {
  const denied = conditions.find(
    (each) => each.kind === "hold" && each.isNegated && each.column.keys.includes(undefined),
  );
  if (denied) {
    throw new QuestionError(
      `"${denied.column.name}" is missing in some rows, and nothing tells whether these are meant by: ${saidOf(denied)}`,
      { words: [denied.column.name] },
    );
  }
  if (!("rows" in outcome)) return;
  run.expectOneUnit(outcome);
  const selected = run.rows(outcome.rows);
  // "players with more than 5 goals" may be about the sum of each player's rows.
  const mayBeSums = conditions.some((each) => each.kind === "compare" && !isOfTime(each.column));
  for (const { name, keys } of rowNames) {
    const named = mayBeSums ? keys : selected.map((row) => keys[row]);
    const twice = named.find((key, i) => key === undefined || named.indexOf(key) < i);
    if (!named.length || (new Set(named).size === named.length && !named.includes(undefined))) continue;
    throw new QuestionError(
      `"${name}" may be counted by row or by name, since ${twice === undefined ? "one is missing" : `"${twice}" comes more than once`}: say "rows"`,
      { words: [name] },
    );
  }
}
