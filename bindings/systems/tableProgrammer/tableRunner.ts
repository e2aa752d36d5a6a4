import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import type { Machine } from "../../engine/machine.js";
import { Shards, wideShardRows } from "../../engine/shards.js";
import { compile } from "../../graph/compile.js";
import { Graph } from "../../graph/graph.js";
import { concat } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Program } from "../../graph/program.js";
import type { Tensor } from "../../graph/tensor.js";
import { highest } from "../../common/argmax.js";
import type { TableProgrammer } from "./tableProgrammer.js";
import { ASKED_NUMBERS, readQuestion, type AskedText } from "./asked.js";
import { probabilityOf, type ChosenLine, type ChosenProgram, type Selection } from "../../layers/tablePrograms.js";
import { rowOperations, type RowOperation } from "./rowMachine.js";
import { readTable, type ReadTable, type TextTable } from "./textTable.js";
import { TableQuestionBatch } from "./tableQuestionBatch.js";
import { LastRun } from "../../runtime/lastRun.js";

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

  constructor(model: TableProgrammer) {
    this.#model = model;
  }

  run(engine: Engine, questions: readonly AskedQuestion[]): TableAnswer[] {
    expectEngine(`${this.#model.name}.answer`, engine);
    const { columns } = this.#model.options;
    const tables = new Map<TextTable, ReadTable>();
    const asked = questions.map(({ question, table }) => {
      const read = tables.get(table) ?? readTable(table, columns);
      tables.set(table, read);
      return readQuestion(question, read, this.#model.vocabulary);
    });
    // Those about tables of like size together: what is behind a smaller one's end is padding.
    const order = [...asked.keys()].sort((a, b) => asked[a]!.table.rows - asked[b]!.table.rows);
    const answers: TableAnswer[] = [];
    for (let begin = 0; begin < order.length; begin += AT_ONCE) {
      const chosen = order.slice(begin, begin + AT_ONCE);
      const given = this.#group(
        engine,
        chosen.map((i) => asked[i]!),
      );
      chosen.forEach((i, row) => {
        const { found } = asked[i]!;
        answers[i] = { ...answerOf(given[row]!, questions[i]!.table), read: this.#wordsOf(asked[i]!), found };
      });
    }
    return answers;
  }

  #wordsOf({ words }: AskedText): string[] {
    return words.map((word) => (word ? this.#model.vocabulary.symbolOf(word) : "…"));
  }

  #group(engine: Engine, asked: readonly AskedText[]): (readonly Line[])[] {
    const model = this.#model;
    const batch = new TableQuestionBatch(model.options.columns);
    batch.fill(asked);
    const programOf = (rows: number): LoadedProgram =>
      engine.keep(this, `${rows}`, () => new LoadedProgram(engine, answeringProgram(model, rows)));
    const last = engine.keep(this, "run", () => new LastRun());
    const key = `${asked.length}`;
    if (last.key !== key || !last.shards) {
      const shards = new Shards(engine, asked.length, programOf, undefined, wideShardRows);
      last.free();
      Object.assign(last, { key, shards });
    }
    const shards = last.shards!;
    shards.prepare(batch.dimensions, model.parameters.in(engine));
    const { inputs } = shards.shards[0]!.machine.loaded.program;
    for (const { name, data, time, size } of batch.fields) {
      if (inputs.has(name)) shards.writeSequence(name, data, time, asked.length, size);
    }
    shards.run();
    return shards.shards.flatMap(({ machine, begin, rows }) =>
      asked.slice(begin, begin + rows).map((question, row) => this.#answered(machine, question, { row, rows })),
    );
  }

  #answered(machine: Machine, { table, numbers }: AskedText, { row, rows }: { row: number; rows: number }): Line[] {
    const { steps, columns } = this.#model.options;
    const part = (name: string, from: number, size: number): Float32Array => {
      const first = machine.outputAt(name) + from;
      return machine.engine.memory.f32.subarray(first, first + size);
    };
    const count = rowOperations.length;
    const everyRow = Array.from({ length: table.rows }, (_, i) => i);
    return Array.from({ length: steps }, (_, t): Line => {
      const choices = {
        operations: part("operations", (row * steps + t) * count, count).slice(),
        columns: part("columns", (row * steps + t) * columns, table.columns).slice(),
      };
      const [index, probability] = highest(choices.operations);
      const [column, sure] = highest(choices.columns);
      const operation = rowOperations[index]!;
      const selected = everyRow.filter((i) => part("selected", (i * rows + row) * steps + t, 1)[0]! > 0.5);
      const line = { operation, probability, column: { index: column, probability: sure }, rows: selected, choices };
      const comparison = COMPARISONS.indexOf(operation);
      if (comparison < 0 || !numbers.length) return line;
      const first = (row * COMPARISONS.length + comparison) * ASKED_NUMBERS;
      const probabilities = part("pivots", first, numbers.length);
      const pivots = numbers.map(({ value }, i) => ({ value, probability: probabilities[i]! }));
      const [place] = highest(probabilities);
      return { ...line, pivot: pivots[place]!, choices: { ...choices, pivots } };
    });
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

/** The most probable program, what it selects on the way, and how probable everything was. */
function answeringProgram(model: TableProgrammer, batch: number): Program {
  const graph = new Graph();
  const { steps, columns } = model.options;
  const { selected, selections, pivots } = model.record(graph, batch);
  const stacked = (of: keyof Selection, size: number): Tensor =>
    reshape(concat(selections.map((each) => each[of])), [batch, steps, size]);
  graph.output("operations", stacked("operation", rowOperations.length));
  graph.output("columns", stacked("column", columns));
  graph.output("pivots", pivots);
  const [rows] = selected[0]!.shape;
  graph.output("selected", concat(selected.map((x) => reshape(x, [rows!, batch, 1]))));
  return compile(graph);
}
