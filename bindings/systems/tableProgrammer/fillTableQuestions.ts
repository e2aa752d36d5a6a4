import { expectValue, whole } from "../../common/options.js";
import { ASKED_NUMBERS, COLUMN_MARKS, NAME_WORDS, type AskedText } from "./asked.js";
import type { Field } from "../../runtime/executable.js";
import { MOST_SEQUENCES, type Batch } from "../../tasks/batch.js";

/** Items of an answer that training tells apart. */
export const ANSWER_ITEMS = 3;

/** What a question is answered with. */
export interface CellAnswer {
  /** For each item the cells that hold it; none if it is not in the table. */
  readonly cells: readonly (readonly number[])[];
  /** The number that it is, or 0. */
  readonly number: number;
}

/** A question about a table, and what it is answered with, if it is to be learned. */
export interface AnsweredText extends AskedText {
  readonly answer?: CellAnswer;
}

/**
 * The batch of questions about tables, padded to the longest question and to the most rows. Tables have `columns` columns
 * at most.
 */
export const tableQuestionLayout = (columns: number) =>
  ({
    words: ["words", "batch"],
    inside: ["words", "batch"],
    places: ["words", "batch", ASKED_NUMBERS],
    lengths: ["batch"],
    numbers: ["batch", ASKED_NUMBERS],
    seen: ["batch", ASKED_NUMBERS],
    names: ["batch", columns * NAME_WORDS],
    named: ["batch", columns],
    marks: ["batch", columns * COLUMN_MARKS],
    isColumn: ["batch", columns],
    number: ["batch"],
    items: ["batch", ANSWER_ITEMS],
    perRow: ["batch"],
    perCell: ["batch"],
    isRow: ["rows", "batch"],
    cells: ["rows", "batch", columns],
    present: ["rows", "batch", columns],
    matches: ["rows", "batch", columns],
    frequent: ["rows", "batch", columns],
    isCell: ["rows", "batch", columns],
    orders: ["rows", "batch", 2 + 2 * columns],
    answers: ["rows", "batch", ANSWER_ITEMS * columns],
  }) as const;

type Name = keyof ReturnType<typeof tableQuestionLayout>;

/** Fills a batch of this layout. @throws RangeError when there is no question, or a table has too many columns. */
export function fillTableQuestions(batch: Batch, questions: readonly AnsweredText[]): void {
  const count = questions.length;
  expectValue("fillTableQuestions: the number of questions", count, whole(1, { most: MOST_SEQUENCES }));
  const columns = batch.layout["isColumn"]![1] as number;
  const words = Math.max(...questions.map((question) => question.words.length));
  const rows = Math.max(...questions.map(({ table }) => table.rows));
  batch.reset({ words, rows }, count);
  batch.block("names").fill(-1); // which is no word, and gives zeros
  batch.block("orders").fill(-1);
  const fields = Object.fromEntries(batch.fields.map((field) => [field.name, field])) as Record<Name, Field>;
  questions.forEach((question, i) => {
    const { table, answer } = question;
    if (table.columns > columns) {
      throw new RangeError(`Question ${i} is about a table of ${table.columns} columns, and there can be ${columns}`);
    }
    /** Writes number `at` of a field at a step. */
    const put = (name: Name, step: number, at: number, value: number): void => {
      const { data, size } = fields[name];
      data[(step * count + i) * size + at] = value;
    };
    const one = (name: Name, values: Iterable<number>): void => {
      let at = 0;
      for (const value of values) put(name, 0, at++, value);
    };
    question.words.forEach((word, step) => {
      put("words", step, 0, word);
      put("inside", step, 0, 1);
    });
    question.numbers.forEach(({ place }, n) => put("places", place, n, 1));
    one("lengths", [question.words.length]);
    one(
      "numbers",
      question.numbers.map(({ value }) => value),
    );
    one(
      "seen",
      question.numbers.map(() => 1),
    );
    one("named", question.named);
    one("marks", question.marks.flat());
    one(
      "isColumn",
      question.names.map(() => 1),
    );
    question.names.forEach((name, column) =>
      name.forEach((word, at) => put("names", 0, column * NAME_WORDS + at, word)),
    );
    one("perRow", [1 / table.rows]);
    one("perCell", [1 / (table.rows * table.columns)]);
    const cellAt = (to: Name, cell: number, value: number, first = 0): void =>
      put(to, Math.floor(cell / table.columns), first + (cell % table.columns), value);
    for (const cell of question.matches) {
      cellAt("matches", cell, 1);
    }
    for (let row = 0; row < table.rows; ++row) {
      put("isRow", row, 0, 1);
      put("orders", row, 0, row);
      put("orders", row, 1, table.rows - 1 - row);
    }
    table.descending.forEach((order, column) => order.forEach((row, k) => put("orders", k, 2 + column, row)));
    table.ascending.forEach((order, column) => order.forEach((row, k) => put("orders", k, 2 + columns + column, row)));
    table.values.forEach((value, cell) => {
      cellAt("isCell", cell, 1);
      cellAt("frequent", cell, table.frequent[cell]!);
      if (Number.isNaN(value)) return;
      cellAt("cells", cell, value);
      cellAt("present", cell, 1);
    });
    if (!answer) return;
    one("number", [answer.number]);
    one(
      "items",
      answer.cells.map(({ length }) => Number(length > 0)),
    );
    answer.cells.forEach((cells, item) => cells.forEach((cell) => cellAt("answers", cell, 1, item * columns)));
  });
}
