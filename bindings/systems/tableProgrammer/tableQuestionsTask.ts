import { checkOptions, expectOptions, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { MARKS, readQuestion, wordsOf } from "./asked.js";
import { normalized, numberOf } from "../../common/text.js";
import { readTable, type ReadTable, type TextTable } from "./textTable.js";
import { expectCount, seedRule } from "../../tasks/lengths.js";
import { ANSWER_ITEMS, fillTableQuestions, type AnsweredText, type CellAnswer } from "./fillTableQuestions.js";
import type { AnyTask } from "../../tasks/task.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";

/** A question about a table, and the items of its answer. */
export interface TableQuestion {
  readonly question: string;
  readonly table: TextTable;
  readonly answer: readonly string[];
}

/** What tableQuestionsTask draws from. */
export interface TableQuestionsTaskOptions {
  /** What to learn from. Questions about one table should hold the same object. */
  questions: readonly TableQuestion[];
  /** Words that the model knows. Default: those of the questions and columns that are there ten times. */
  symbols?: readonly string[];
  /** Columns of a table that are read, from the first. Default: 12. */
  columns?: number;
  /** Questions about longer tables are left out. Default: 60. */
  rows?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** A task of answering questions about tables. */
export interface TableQuestionsTask extends AnyTask {
  readonly symbols: readonly string[];
  readonly columns: number;
  /** Questions that are drawn from: those whose answer a program can give, about tables that fit. */
  readonly count: number;
}

/** Times that a word must be there. */
const OFTEN = 10;

/** Default and check of each option; a function, since importing calls nothing. */
export const tableQuestionsRules = ({ symbols, questions = [] }: Partial<TableQuestionsTaskOptions> = {}) =>
  ({
    symbols: [symbols ?? questionSymbols(questions), isVocabulary],
    columns: [12, whole(1, { most: 256 })],
    rows: [60, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Questions in words about tables of text. Drawn from are those that can be learned: about tables that fit, and whose
 * answer is cells of the table, or a number that counting its rows can give.
 *
 * The options that the task keeps hold the vocabulary, but not the questions.
 *
 * @throws RangeError when there is no question that can be learned.
 * @example
 * const table = { header: ["Year", "City"], rows: [["2004", "Athens"], ["2008", "Beijing"]] };
 * const task = tableQuestionsTask({ questions: [{ question: "which city was the last?", table, answer: ["Beijing"] }] });
 */
export function tableQuestionsTask(options: TableQuestionsTaskOptions): TableQuestionsTask {
  const { questions, ...rest } = expectOptions("tableQuestionsTask", options);
  if (!Array.isArray(questions) || !questions.length) {
    throw new RangeError(`tableQuestionsTask: questions is ${shown(questions)}, and must be an array, not empty`);
  }
  const checked = checkOptions("tableQuestionsTask", rest, tableQuestionsRules(options));
  const { symbols, columns, rows, seed } = checked;
  const vocabulary = new Vocabulary(symbols);
  const tables = new Map<TextTable, ReadTable>();
  const read = (table: TextTable): ReadTable => {
    let known = tables.get(table);
    if (!known) tables.set(table, (known = readTable(table)));
    return known;
  };
  const learned: AnsweredText[] = [];
  for (const { question, table, answer } of questions) {
    if (table.rows.length > rows || table.header.length > columns) continue;
    const known = read(table);
    const cells = cellAnswer(answer, known);
    if (cells) learned.push({ ...readQuestion(question, known, vocabulary), answer: cells });
  }
  if (!learned.length) throw new RangeError("tableQuestionsTask: there is no question that a program could answer");
  return {
    name: "table-questions",
    options: checked,
    symbols,
    columns,
    seed,
    count: learned.length,
    generate(random, count, batch) {
      expectCount("tableQuestionsTask", count);
      fillTableQuestions(
        batch,
        Array.from({ length: count }, () => learned[random.integer(0, learned.length - 1)]!),
      );
    },
    metrics: {},
  };
}

/** The words of questions and of the names of their tables' columns that are there often enough. */
export function questionSymbols(questions: readonly TableQuestion[], often = OFTEN): string[] {
  const counts = new Map<string, number>();
  for (const { question, table } of questions) {
    for (const text of [question, ...table.header]) {
      for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = [...counts].filter(([, count]) => count >= often).map(([word]) => word);
  return [...Object.values(MARKS), ...words.sort((a, b) => (a < b ? -1 : 1))];
}

/** Where an answer is, or undefined if no program can give it. */
export function cellAnswer(answer: readonly string[], { texts, rows }: ReadTable): CellAnswer | undefined {
  const number = answer.length === 1 ? numberOf(answer[0]!.replaceAll(",", "")) : undefined;
  const isCount = number !== undefined && Number.isInteger(number) && number > 0 && number <= rows;
  const cells = answer.map((item) => {
    const text = normalized(item);
    return [...texts.keys()].filter((cell) => texts[cell] === text);
  });
  const isThere = cells.length > 0 && cells.length <= ANSWER_ITEMS && cells.every(({ length }) => length);
  if (!isThere && !isCount) return undefined;
  return { cells: isThere ? cells : [], number: isCount ? number : 0 };
}
