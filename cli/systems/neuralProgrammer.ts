import type { Engine } from "../../bindings/full.js";
import { NeuralProgrammer, type QuestionToken } from "../../bindings/models.js";
import { QUESTION_NUMBERS, type TableLayout } from "../../bindings/systems/neuralProgrammer/layout.js";
import { isColumn } from "../../bindings/systems/neuralProgrammer/question.js";
import { programPage } from "../../bindings/trace.js";
import { answeredLine, textsOf, type Asked } from "../asking.js";
import { normal, type Column, type CSVTable } from "../csv.js";
import { drawingOf, hasColumn, numberInWords, wordsOfTokens } from "../drawing.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { exampleFrom } from "../examples.js";
import { factsOf, type Held } from "../held.js";
import { given, plural } from "../numbers.js";
import { translate } from "../question.js";
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

/** Answer to a question in the few words of the model. @throws UsageError when it cannot be asked of this table. */
function answerAbout({ file, model }: Held<NeuralProgrammer>, table: CSVTable, question: string): Promise<Asked> {
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
  return withEngine((engine) => {
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
    const answer = {
      ...(number !== undefined && { number }),
      ...(unit && { unit }),
      ...(printed && texts && { cells: printed.rows.map((row) => texts[row]!) }),
      lines: lines.map((line) => answeredLine(line, columns[line.column.index]?.name ?? "no column")),
      probability,
      read: said,
      ignored,
      missing,
    };
    const drawing = () =>
      drawingOf(program, {
        question: words,
        read: said,
        operations: model.operationNames,
        table: textsOf(table),
        columns: Array.from({ length: places }, (_, i) => table.columns.indexOf(columns[i]!)),
        unit,
      });
    return { answer, drawing };
  });
}

const missingIn = (column: Column | undefined): number => column?.numbers?.filter(Number.isNaN).length ?? 0;

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
