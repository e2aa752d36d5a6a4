import { expectValue, whole } from "../../common/options.js";
import { ASKED_NUMBERS, COLUMN_MARKS, NAME_WORDS, type AskedText } from "./asked.js";
import { MOST_SEQUENCES, type AnyBatch, type Field } from "../../tasks/batch.js";

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

/** Questions about tables, padded to the longest question and to the most rows. Tables have `columns` columns at most. */
export class TableQuestionBatch implements AnyBatch {
  count = 0;
  fields: readonly Field[] = [];
  dimensions: { words: number; rows: number } = { words: 0, rows: 0 };

  /** @throws RangeError unless there is a column. */
  constructor(readonly columns: number) {
    expectValue("TableQuestionBatch: columns", columns, whole(1));
  }

  /** @throws RangeError when there is no question, or a table has too many columns. */
  fill(questions: readonly AnsweredText[]): void {
    const count = questions.length;
    expectValue("TableQuestionBatch.fill: the number of questions", count, whole(1, { most: MOST_SEQUENCES }));
    const { columns } = this;
    const words = Math.max(...questions.map((question) => question.words.length));
    const rows = Math.max(...questions.map(({ table }) => table.rows));
    this.count = count;
    this.dimensions = { words, rows };
    const fields: Field[] = [];
    const field = (name: string, time: number, size: number, fill = 0): Field => {
      const made = { name, data: new Float32Array(time * count * size).fill(fill), time, size };
      fields.push(made);
      return made;
    };
    const ofWords = {
      words: field("words", words, 1),
      inside: field("inside", words, 1),
      places: field("places", words, ASKED_NUMBERS),
    };
    const ofOne = {
      lengths: field("lengths", 1, 1),
      numbers: field("numbers", 1, ASKED_NUMBERS),
      seen: field("seen", 1, ASKED_NUMBERS),
      names: field("names", 1, columns * NAME_WORDS, -1), // which is no word, and gives zeros
      named: field("named", 1, columns),
      marks: field("marks", 1, columns * COLUMN_MARKS),
      isColumn: field("isColumn", 1, columns),
      number: field("number", 1, 1),
      items: field("items", 1, ANSWER_ITEMS),
      perRow: field("perRow", 1, 1),
      perCell: field("perCell", 1, 1),
    };
    const ofCells = {
      isRow: field("isRow", rows, 1),
      cells: field("cells", rows, columns),
      present: field("present", rows, columns),
      matches: field("matches", rows, columns),
      frequent: field("frequent", rows, columns),
      isCell: field("isCell", rows, columns),
      orders: field("orders", rows, 2 + 2 * columns, -1),
      answers: field("answers", rows, ANSWER_ITEMS * columns),
    };
    this.fields = fields;
    questions.forEach((question, i) => {
      const { table, answer } = question;
      if (table.columns > columns) {
        throw new RangeError(`Question ${i} is about a table of ${table.columns} columns, and there can be ${columns}`);
      }
      /** Writes number `at` of a field at a step. */
      const put = ({ data, size }: Field, step: number, at: number, value: number): void =>
        void (data[(step * count + i) * size + at] = value);
      const one = (name: keyof typeof ofOne, values: Iterable<number>): void => {
        let at = 0;
        for (const value of values) put(ofOne[name], 0, at++, value);
      };
      question.words.forEach((word, step) => {
        put(ofWords.words, step, 0, word);
        put(ofWords.inside, step, 0, 1);
      });
      question.numbers.forEach(({ place }, n) => put(ofWords.places, place, n, 1));
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
        name.forEach((word, at) => put(ofOne.names, 0, column * NAME_WORDS + at, word)),
      );
      one("perRow", [1 / table.rows]);
      one("perCell", [1 / (table.rows * table.columns)]);
      const cellAt = (to: Field, cell: number, value: number, first = 0): void =>
        put(to, Math.floor(cell / table.columns), first + (cell % table.columns), value);
      for (const cell of question.matches) {
        cellAt(ofCells.matches, cell, 1);
      }
      for (let row = 0; row < table.rows; ++row) {
        put(ofCells.isRow, row, 0, 1);
        put(ofCells.orders, row, 0, row);
        put(ofCells.orders, row, 1, table.rows - 1 - row);
      }
      table.descending.forEach((order, column) => order.forEach((row, k) => put(ofCells.orders, k, 2 + column, row)));
      table.ascending.forEach((order, column) =>
        order.forEach((row, k) => put(ofCells.orders, k, 2 + columns + column, row)),
      );
      table.values.forEach((value, cell) => {
        cellAt(ofCells.isCell, cell, 1);
        cellAt(ofCells.frequent, cell, table.frequent[cell]!);
        if (Number.isNaN(value)) return;
        cellAt(ofCells.cells, cell, value);
        cellAt(ofCells.present, cell, 1);
      });
      if (!answer) return;
      one("number", [answer.number]);
      one(
        "items",
        answer.cells.map(({ length }) => Number(length > 0)),
      );
      answer.cells.forEach((cells, item) => cells.forEach((cell) => cellAt(ofCells.answers, cell, 1, item * columns)));
    });
  }
}
