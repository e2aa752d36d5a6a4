import type { ProgramWord } from "../../../trace/program/program.js";
import { aggregatesIn } from "./aggregates.js";
import type { Asked, Target } from "./asked.js";
import { Clauses } from "./clauses.js";
import type { Condition } from "./conditions.js";
import { expectNoContradiction, joinsOf } from "./joins.js";
import type { Lexeme } from "./lexeme.js";
import { lexemesOf } from "./lexemes.js";
import { Line } from "./line.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn, type QuestionTable } from "./questionTable.js";
import { rowNamesIn } from "./rowNames.js";
import { superlativeIn } from "./superlative.js";
import { expectTargets, isDifferenceOf } from "./targets.js";

/** What a question means. */
export interface Reading {
  /** One, two of a difference, or several columns to print. */
  readonly targets: readonly Target[];
  readonly isDifference: boolean;
  readonly conditions: readonly Condition[];
  readonly joined: "and" | "or";
  /** Of the rows that meet the conditions, those with the largest or the smallest cell of a column. */
  readonly superlative?: { readonly word: "maximum" | "minimum"; readonly column: QuestionColumn };
  /** Columns whose names stand for rows, as in "how many cities": rows are these only where no cell comes twice. */
  readonly rowNames: readonly QuestionColumn[];
  /** Words of the question, and what they were taken for. */
  readonly words: readonly ProgramWord[];
  /** Words that have no place in the program. Of a question that is not guessed at there are none. */
  readonly left: readonly string[];
}

/** How a question is read. */
export interface ReadingOptions {
  /** Whether words that are not understood are left out, and not refused. Default: false. */
  readonly guess?: boolean;
}

/** Words that begin a question that wants yes or no, a place, or a time. */
const NOT_ASKED = /^(is|are|was|were|do|does|did|has|have|had|where|whose|been|be|there|it|they)$/;

/**
 * Reading of a question about a table. Each word has its place in what it means, or is one of a few that only join
 * others; any other word is refused.
 *
 * @throws QuestionError when a word has no place, something is missing, or there are two meanings.
 * @example
 * const { conditions } = readQuestion("how many cities have an area above 250 km²?", table);
 */
export function readQuestion(question: string, table: QuestionTable, { guess = false }: ReadingOptions = {}): Reading {
  const line = new Line(lexemesOf(question, table));
  const hint = `It can be asked to count, add up, average or print, with comparisons, of the columns ${columnsInWords(table)}`;
  const asked: Asked = { line, table, guess, hint, targets: new Set() };
  const asks = line.of(0, "function")?.word;
  if (asks !== undefined && NOT_ASKED.test(asks)) {
    throw new QuestionError(`A question that begins with "${line.text(0)}" is not understood`, {
      words: [line.text(0)],
      hint,
    });
  }
  const superlative = superlativeIn(asked);
  const found = aggregatesIn(asked, superlative);
  const clauses = new Clauses(line, table, asked.targets).find();
  const rowNames = rowNamesIn(asked, found);
  expectNoWordTwice(asked);
  const isDifference = isDifferenceOf(asked, found, clauses.length > 0 || superlative !== undefined);
  const joined = joinsOf(line, clauses, superlative);
  if (joined === "and" && !guess) expectNoContradiction(line, clauses);
  const targets = expectTargets(asked, found, {
    isDifference,
    superlative,
    rowNames,
    isSelective: clauses.length > 0,
  });
  const left = line.all.filter((lexeme) => !lexeme.isUsed && lexeme.kind !== "function").map(({ text }) => text);
  if (left.length && !guess) {
    const words = left.map((text) => `"${text}"`).join(", ");
    const isOne = left.length === 1;
    throw new QuestionError(
      `Not understood: ${words}. ${isOne ? "It is" : "These are"} no column, no cell and no word that has a place in this question`,
      { words: left, hint },
    );
  }
  return {
    targets,
    isDifference,
    conditions: clauses.flatMap(({ conditions }) => conditions),
    joined,
    ...(superlative && { superlative: { word: superlative.word, column: superlative.column } }),
    rowNames,
    words: line.all.map(wordOf),
    left,
  };
}

/** "in in" is a word and a name that nobody can tell from it. */
function expectNoWordTwice({ line, guess }: Asked): void {
  const twice = line.all.findIndex(
    (lexeme, i) => i > 0 && lexeme.kind === "function" && lexeme.text.toLowerCase() === line.text(i - 1).toLowerCase(),
  );
  if (twice < 0 || guess) return;
  throw new QuestionError(`The question says "${line.text(twice)}" twice in a row`, { words: [line.text(twice)] });
}

const ROLES: { readonly [K in Lexeme["kind"]]?: NonNullable<ProgramWord["role"]> } = {
  number: "number",
  day: "number",
  column: "column",
  entry: "entry",
};

const wordOf = (lexeme: Lexeme): ProgramWord => {
  const role = lexeme.isUsed ? (ROLES[lexeme.kind] ?? "word") : "ignored";
  return { text: lexeme.glued, role };
};
