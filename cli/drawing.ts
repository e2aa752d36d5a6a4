import { tokensOf } from "../bindings/common/text.js";
import type {
  ChosenLine,
  ChosenProgram,
  QuestionToken,
  RowOperation,
  TableAnswer,
  TableOperation,
} from "../bindings/models.js";
import type { ProgramAnswer, ProgramDrawing, ProgramStep, ProgramTable, ProgramWord } from "../bindings/trace.js";

/** Operations, of either machine, that look at no column. */
const WITHOUT_COLUMN: ReadonlySet<string> = new Set<TableOperation | RowOperation>([
  "count",
  "previous",
  "next",
  "reset",
  "first",
  "last",
  "difference",
  "and",
  "or",
  "not",
]);
/** Operations that select no rows. */
const WITHOUT_ROWS: ReadonlySet<string> = new Set<TableOperation | RowOperation>([
  "sum",
  "count",
  "mean",
  "difference",
  "assign",
  "print",
]);

/** Whether a line looks at a column. */
export const hasColumn = ({ operation }: Pick<ChosenLine, "operation">): boolean => !WITHOUT_COLUMN.has(operation);

/** Question of a program, and the table that it is about. */
interface Question {
  readonly question: readonly ProgramWord[];
  readonly read?: string;
  readonly operations: readonly string[];
  readonly table: ProgramTable;
  /** Indices of the table's columns, −1 for none, in the order in which the model has them. Default: its own. */
  readonly columns?: readonly number[];
  /** The number that it answers, to be read. Default: its first digits. */
  readonly said?: string;
  /** Texts that it printed. Default: the cells of the printed rows. */
  readonly items?: readonly string[];
}

/** What a page draws of a program over a table. */
export function drawingOf(program: ChosenProgram, { said, items, ...asked }: Question): ProgramDrawing {
  const { lines, probability } = program;
  const { length } = asked.table.rows;
  // Some comparisons choose among the numbers of a question, others among its texts.
  const kinds = ["number", "string"].map(
    (kind) => lines.find(({ pivot }) => typeof pivot?.value === kind)?.choices.pivots ?? [],
  );
  const pivots = kinds.flat().map(({ value }) => value);
  const among = (all: readonly { readonly value: number | string; readonly probability: number }[]): number[] =>
    kinds.flatMap((kind) =>
      kind.map(({ value }, i) => (typeof value === typeof all[0]!.value ? all[i]!.probability : 0)),
    );
  const steps = lines.map((line): ProgramStep => {
    const { operations, columns, pivots } = line.choices;
    return {
      operations,
      columns,
      ...(pivots && { pivots: among(pivots) }),
      ...(!WITHOUT_ROWS.has(line.operation) && { selected: selectedOf(line, length) }),
      hasColumn: hasColumn(line),
      isUsed: line.isUsed,
    };
  });
  const columns = asked.columns ?? Array.from(lines[0]!.choices.columns.keys());
  const answer = answerOf(program, { ...asked, ...(said !== undefined && { said }), ...(items && { items }) });
  return { ...asked, columns, pivots, steps, probability, ...(answer && { answer }) };
}

function selectedOf({ rows }: ChosenLine, count: number): Float32Array {
  const selected = new Float32Array(count);
  for (const row of rows) selected[row] = 1;
  return selected;
}

function answerOf(
  { number, printed }: ChosenProgram,
  { table, columns, said, items }: Pick<Question, "table" | "columns" | "said" | "items">,
): ProgramAnswer | undefined {
  if (number !== undefined) return { items: [said ?? numberInWords(number)] };
  const column = printed && (columns ? columns[printed.column]! : printed.column);
  if (!printed || column === undefined || column < 0) return undefined;
  const texts = items ?? printed.rows.map((row) => table.rows[row]![column]!);
  return { items: texts, printed: { column, rows: printed.rows } };
}

/** A number in the digits that single precision has. */
export const numberInWords = (value: number): string =>
  Number(value.toPrecision(7)).toLocaleString("en-US", { maximumFractionDigits: 6 });

/** Words of a question to a model of the whole table, and what it took them for. */
export function wordsRead(question: string, { read, found }: Pick<TableAnswer, "read" | "found">): ProgramWord[] {
  let at = 0;
  return question
    .trim()
    .split(/\s+/)
    .map((text): ProgramWord => {
      const places = tokensOf(text).map(({ value }) => ({ place: at++, isNumber: value !== undefined }));
      const isAny = (holds: (token: (typeof places)[number]) => boolean): boolean => places.some(holds);
      if (isAny(({ isNumber }) => isNumber)) return { text, role: "number" };
      if (isAny(({ place }) => found.includes(place))) return { text, role: "entry" };
      return { text, role: isAny(({ place }) => read[place] !== "…") ? "word" : "ignored" };
    });
}

/** Words of a question in the words of the model. */
export const wordsOfTokens = (tokens: readonly QuestionToken[], header: readonly string[]): ProgramWord[] =>
  tokens.map((token): ProgramWord => {
    if (typeof token === "number") return { text: numberInWords(token), role: "number" };
    if (typeof token === "string") return { text: token };
    return "text" in token ? { text: token.text, role: "entry" } : { text: header[token.column]!, role: "column" };
  });
