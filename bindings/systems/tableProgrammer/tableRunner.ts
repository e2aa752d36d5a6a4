import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { likeliest } from "../../common/argmax.js";
import type { TableProgrammer } from "./tableProgrammer.js";
import { ASKED_NUMBERS, readQuestion, type AskedText } from "./asked.js";
import { probabilityOf, type ChosenLine, type ChosenProgram } from "../../layers/tablePrograms.js";
import { rowOperations, type RowOperation } from "./rowMachine.js";
import { readTable, type ReadTable, type TextTable } from "./textTable.js";
import { fillTableQuestions } from "./fillTableQuestions.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import { inGroups } from "../../runtime/groups.js";
import type { Outputs } from "../../runtime/outputs.js";
import { Batch } from "../../tasks/batch.js";

/** A question, and the table that it is about. */
export interface AskedQuestion {
  readonly question: string;
  readonly table: TextTable;
}

/**
 * A line of a TableProgrammer's program, which compares with numbers alone. Lines in front of the last that selects from
 * the whole table are not used.
 */
export type RowLine = ChosenLine<RowOperation, number>;

/** A TableProgrammer's program for a question, and its answer. */
export interface TableAnswer extends ChosenProgram<RowLine> {
  /** Texts of the cells that it prints, each once, or the number; none if the program ends in neither. */
  readonly items: readonly string[];
  /** The words that it read, in the order of the question: "…" for those it does not know or found in the table. */
  readonly read: readonly string[];
  /** Which of them it found in the table, by their places in `read`. */
  readonly found: readonly number[];
}

const OF_COLUMN: readonly RowOperation[] = [
  "print",
  "max",
  "min",
  "mostFrequent",
  "greater",
  "lesser",
  "atLeast",
  "atMost",
  "select",
];
/** Operations that select out of what the line before them has selected; others look at the whole table, or at none. */
const OF_SELECTION: readonly RowOperation[] = ["previous", "next", "first", "last", "max", "min"];
const COMPARISONS: readonly RowOperation[] = ["greater", "lesser", "atLeast", "atMost"];
type Line = Omit<RowLine, "isUsed">;

/** Questions that are answered in one call. */
const AT_ONCE = 32;

/** Runs the programs of a TableProgrammer. */
export class TableRunner {
  readonly #model: TableProgrammer;
  readonly #executable: Executable;

  constructor(model: TableProgrammer) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, questions: readonly AskedQuestion[]): TableAnswer[] {
    expectEngine(`${this.#model.name}.answer`, engine);
    const { columns } = this.#model.options;
    const tables = new Map<TextTable, ReadTable>();
    const asked = questions.map(({ question, table }) => {
      const read = tables.get(table) ?? readTable(table, columns);
      tables.set(table, read);
      return { asked: readQuestion(question, read, this.#model.vocabulary), table };
    });
    return inGroups(asked, { sizeOf: ({ asked }) => asked.table.rows, most: AT_ONCE }, (group) => {
      const lines = this.#lines(
        engine,
        group.map(({ asked }) => asked),
      );
      return group.map(({ asked, table }, i) => {
        return { ...answerOf(lines[i]!, table), read: this.#wordsOf(asked), found: asked.found };
      });
    });
  }

  #wordsOf({ words }: AskedText): string[] {
    return words.map((word) => (word ? this.#model.vocabulary.symbolOf(word) : "…"));
  }

  #lines(engine: Engine, asked: readonly AskedText[]): (readonly Line[])[] {
    const model = this.#model;
    const batch = new Batch(model.batchLayout());
    fillTableQuestions(batch, asked);
    const variant = variantOf(model, "answer", model.methods().answer);
    const outputs = this.#executable.run(engine, variant, batch);
    return asked.map((question, i) => this.#read(outputs, i, question));
  }

  #read(outputs: Outputs, example: number, { table, numbers }: AskedText): Line[] {
    const { steps, columns } = this.#model.options;
    const of = (name: string): Float32Array => outputs.of(name, example).data;
    const [operations, chosenColumns, pivotWeights, selected] = [
      of("operations"),
      of("columns"),
      of("pivots"),
      of("selected"),
    ];
    const count = rowOperations.length;
    const everyRow = Array.from({ length: table.rows }, (_, i) => i);
    return Array.from({ length: steps }, (_, t): Line => {
      const choices = {
        operations: operations.slice(t * count, (t + 1) * count),
        columns: chosenColumns.slice(t * columns, t * columns + table.columns),
      };
      const [index, probability] = likeliest(choices.operations);
      const [column, sure] = likeliest(choices.columns);
      const operation = rowOperations[index]!;
      const rows = everyRow.filter((row) => selected[row * steps + t]! > 0.5);
      const line = { operation, probability, column: { index: column, probability: sure }, rows, choices };
      const comparison = COMPARISONS.indexOf(operation);
      if (comparison < 0 || !numbers.length) return line;
      const probabilities = pivotWeights.subarray(
        comparison * ASKED_NUMBERS,
        comparison * ASKED_NUMBERS + numbers.length,
      );
      const pivots = numbers.map(({ value }, i) => ({ value, probability: probabilities[i]! }));
      const [place] = likeliest(probabilities);
      return { ...line, pivot: pivots[place]!, choices: { ...choices, pivots } };
    });
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

/** What the last line makes of the rows that are selected in front of it. */
function answerOf(written: readonly Line[], { rows: all }: TextTable): Omit<TableAnswer, "read" | "found"> {
  const end = ["count", "print"].includes(written.at(-1)!.operation) ? written.length - 1 : written.length;
  const begin = written.slice(0, end).findLastIndex(({ operation }) => !OF_SELECTION.includes(operation));
  const lines = written.map((line, i): RowLine => ({ ...line, isUsed: i >= begin }));
  const probability = probabilityOf(lines, OF_COLUMN);
  const { operation, column } = lines.at(-1)!;
  const rows = lines.at(-2)?.rows ?? [...all.keys()];
  if (operation === "count") return { lines, probability, items: [String(rows.length)], number: rows.length };
  if (operation !== "print") return { lines, probability, items: [] };
  const items = [...new Set(rows.map((row) => all[row]![column.index]!))];
  return { lines, probability, items, printed: { column: column.index, rows } };
}
