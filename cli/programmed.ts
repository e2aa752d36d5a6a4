import type { Engine } from "../bindings/full.js";
import { NeuralProgrammer, TableProgrammer, type QuestionToken } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import { QUESTION_NUMBERS, type TableLayout } from "../bindings/systems/neuralProgrammer/layout.js";
import { programPage } from "../bindings/trace.js";
import { drawingOf, numberInWords, wordsOfTokens } from "./drawing.js";
import { UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { given } from "./numbers.js";
import { exampleFrom, type TracedFlags } from "./traced.js";

/** A question about a table, and how a page of the program for it is drawn. */
export interface Programmed {
  readonly model: NeuralProgrammer;
  /** Words and numbers of the question. */
  readonly size: number;
  readonly draw: (engine: Engine) => string;
}

/**
 * An example of the task of a model that writes programs about tables, or undefined for other models and for rows of
 * inputs.
 * @throws UsageError when there is a question, which is nothing without a table.
 */
export function programmedFrom(
  saved: Saved | CompiledModel,
  words: readonly string[],
  { input, seed = 1, length }: TracedFlags,
  file: string,
): Programmed | undefined {
  if (saved instanceof CompiledModel) return undefined;
  const { model, task, metadata } = saved;
  if (model instanceof TableProgrammer || (model instanceof NeuralProgrammer && words.length)) {
    const ask = `\`tapehead ask table.csv "how many?" --model ${file} --trace page.html\``;
    throw new UsageError(`${file} holds a model that is asked about tables: ${ask} draws its program`);
  }
  if (!(model instanceof NeuralProgrammer) || input !== undefined || task?.name !== "table") return undefined;
  const { inputs } = exampleFrom(task, { seed, ...given({ length }) });
  const { tokens, rows } = readInputs(inputs, model.layout);
  const header = Array.from({ length: model.layout.columns }, (_, i) => columnLetter(i));
  const table = {
    header,
    rows: rows.map((row) => row.map((cell) => (typeof cell === "number" ? numberInWords(cell) : cell))),
  };
  const question = wordsOfTokens(tokens, header);
  const draw = (engine: Engine): string =>
    programPage(drawingOf(model.induce(engine, tokens, rows), { question, operations: model.operationNames, table }), {
      model,
      task: task.name,
      source: `drawn with seed ${seed}${length === undefined ? "" : `, length ${length}`}`,
      facts: { file, ...metadata },
    });
  return { model, size: tokens.length, draw };
}

/** A, B, C, …, as the paper names columns. */
const columnLetter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : `column ${index + 1}`);

/** What inputs say: a question and the rows of a table. Texts are known by their numbers. */
function readInputs(
  inputs: readonly ArrayLike<number>[],
  { words, vocabulary, place, literals, value, isRow, cells, present, texts, columns, hasTexts }: TableLayout,
): { tokens: QuestionToken[]; rows: (number | string)[][] } {
  const textOf = (number: number): string => `w${number}`;
  const tokens: QuestionToken[] = [];
  const rows: (number | string)[][] = [];
  for (const input of inputs) {
    const step = Array.from(input);
    const word = step.slice(0, vocabulary).indexOf(1);
    if (word >= 0) tokens.push(words[word] ?? { column: word - words.length });
    const literal = step.slice(place, place + literals).indexOf(1);
    if (literal >= 0) tokens.push(literal < QUESTION_NUMBERS ? step[value]! : { text: textOf(step[value]!) });
    if (!step[isRow]) continue;
    const cellOf = (column: number): number | string => {
      if (hasTexts && step[texts + column]) return textOf(step[texts + column]!);
      return step[present + column] ? step[cells + column]! : NaN;
    };
    rows.push(Array.from({ length: columns }, (_, column) => cellOf(column)));
  }
  return { tokens, rows };
}
