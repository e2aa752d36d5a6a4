import type { Engine } from "../../bindings/full.js";
import { NeuralProgrammer, type QuestionToken, type TableProgram } from "../../bindings/models.js";
import { askTable, QuestionError, questionTable, type TableReply } from "../../bindings/questions.js";
import { QUESTION_NUMBERS, type TableLayout } from "../../bindings/systems/neuralProgrammer/layout.js";
import { programPage } from "../../bindings/trace.js";
import { answeredLine, type Asked, type AskFlags } from "../asking.js";
import type { CSVTable } from "../csv.js";
import { drawingOf, numberInWords, wordsOfTokens } from "../drawing.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { exampleFrom } from "../examples.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { given } from "../numbers.js";
import { expectNoBeam, stepwise } from "../stepwise.js";
import type { Page, SystemCommands, TraceFlags } from "./commands.js";

const steps = stepwise();

/** Pages of examples, by the tasks that draw them. */
const EXAMPLES: Readonly<Record<string, typeof pageOfTable>> = { table: pageOfTable };

export const neuralProgrammer = {
  className: NeuralProgrammer.className,
  ask: answerAbout,
  trace(held, words, flags) {
    expectNoBeam(held, flags);
    const { file, task } = held;
    if (words.length) {
      const ask = `\`tapehead ask table.csv "how many?" --model ${file} --trace page.html\``;
      throw new UsageError(`${file} holds a model that is asked about tables: ${ask} draws its program`);
    }
    const page = task && flags.input === undefined ? EXAMPLES[task.name] : undefined;
    return page ? page(held, task!, flags) : steps.trace(held, words, flags);
  },
} satisfies SystemCommands<NeuralProgrammer>;

/** Answer to a question. @throws UsageError when it is not understood, or cannot be asked of this table. */
function answerAbout(
  { model }: Held<NeuralProgrammer>,
  csv: CSVTable,
  question: string,
  { guess = false, decimal }: AskFlags,
): Promise<Asked> {
  return withEngine((engine) => {
    const reply = asQuestion(() => {
      const table = questionTable(csv, { delimiter: csv.delimiter, ...given({ decimal }) });
      return askTable(engine, model, table, question, { guess });
    });
    const { program, reading, columns, read, number, digits, unit, cells, printed, missing, isGuess, differs } = reply;
    const { left } = reading;
    const reasons = [left.length ? `left out ${left.map((word) => `"${word}"`).join(", ")}` : "", differs ?? ""];
    const answer = {
      ...given({ number, digits, unit, cells }),
      ...(printed && printed.columns.length > 1 && { cellsPerLine: printed.columns.length }),
      lines: program.lines.map((line) => answeredLine(line, columns[line.column.index]?.name ?? "no column")),
      probability: program.probability,
      read,
      ignored: left,
      missing,
      ...(isGuess && { guess: reasons.filter(Boolean).join(". ") }),
    };
    const drawing = () =>
      drawingOf(exactProgram(reply), {
        question: reading.words,
        read,
        operations: model.operationNames,
        table: csv,
        columns: Array.from({ length: model.layout.columns }, (_, i) => columns[i]?.index ?? -1),
        ...(digits !== undefined && { said: [digits, unit].filter(Boolean).join(" ") }),
      });
    return { answer, drawing };
  });
}

/** A program with the answer over the cells as they are written. */
const exactProgram = ({ program, printed, number }: TableReply): TableProgram => ({
  lines: program.lines,
  probability: program.probability,
  ...(number !== undefined && { number }),
  ...(printed && { printed: { column: program.lines.at(-1)!.column.index, rows: printed.rows } }),
});

/** What is wrong with a question is wrong usage. */
function asQuestion<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw error instanceof QuestionError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** Page of the program for an example of tableTask. */
function pageOfTable(
  held: Held<NeuralProgrammer>,
  task: NonNullable<Held["task"]>,
  { seed = 1, length }: TraceFlags,
): Page {
  const { model } = held;
  const { inputs } = exampleFrom({ task }, { seed, ...given({ length }) });
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
      facts: factsOf(held),
    });
  return { read: ["word", tokens.length], draw };
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
