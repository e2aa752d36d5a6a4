import type { ColumnName, Literal, QuestionToken } from "../bindings/models.js";
import { isColumn, isLiteral } from "../bindings/systems/neuralProgrammer/question.js";
import type { ProgramWord } from "../bindings/trace.js";
import { columnsInWords, type Column, type CSVTable } from "./csv.js";
import { UsageError } from "./errors.js";
import { lexemesOf, type Lexeme } from "./lexemes.js";

/** A question in the words of the model. */
export interface Translated {
  /** Columns are numbered as in `columns`. */
  readonly tokens: readonly QuestionToken[];
  /** The columns that it names, in the order in which it does. */
  readonly columns: readonly Column[];
  /** The same, to be read. */
  readonly said: string;
  /** The words of the question, and what they were taken for. */
  readonly words: readonly ProgramWord[];
  /** Those that nobody knows. */
  readonly ignored: readonly string[];
}

/** Where the words end that belong to one of these. */
const BOUNDS: readonly Lexeme["kind"][] = ["comparison", "aggregate", "join"];

/**
 * Brings a question into the order and the words that the model was trained with: comparisons, then what to do.
 * The program is the model's; what is a comparison, a number, a text or a column's name is found here.
 *
 * @throws UsageError when a part of the question is missing, none that the model knows, or nothing that a program can do.
 */
export function translate(question: string, table: CSVTable): Translated {
  const { lexemes, words } = lexemesOf(question, table);
  const reading = new Reading(lexemes, table);
  reading.expectPossible();
  // What is added up or printed is told first; then a comparison takes what is left beside it.
  const aggregated = reading.aggregatedColumns();
  const comparisons = reading.comparisons();
  const aggregates = reading.aggregates(aggregated);
  reading.expectAllUsed();

  if (!aggregates.length)
    throw new UsageError(`The question does not say what to do: count, sum or print.${reading.unknown}`);
  if (comparisons.length > 2)
    throw new UsageError("The question has more than two comparisons, which is as many as a program has steps for");
  const [one, other] = comparisons;
  if (one && one[0] === other?.[0]) {
    const twice = one[0] === "equal" ? `two texts, "${saidOf(one[1])}" and "${saidOf(other[1])}"` : `"${one[0]}" twice`;
    throw new UsageError(
      `The question says ${twice}, and a program compares with one of each kind: ask for one at a time`,
    );
  }
  const joins = reading.joins();
  const isDifference = aggregates.length === 2 && !comparisons.length && joins.includes("diff");
  if (aggregates.length > 1 && !isDifference)
    throw new UsageError("The question asks for two things at once: ask them one by one");

  const joined = joins.includes("or") ? "or" : "and";
  const columns: Column[] = [];
  const tokens = [
    ...(one ?? []),
    ...(other ? ([joined, ...other] as const) : []),
    ...aggregates[0]!,
    ...(isDifference ? (["diff", ...aggregates[1]!] as const) : []),
  ].map((part): QuestionToken => {
    if (!isNamed(part)) return part;
    if (!columns.includes(part)) columns.push(part);
    return { column: columns.indexOf(part) };
  });
  const said = tokens.map((token) =>
    isColumn(token) ? columns[token.column]!.name : isLiteral(token) ? saidOf(token) : token,
  );
  return { tokens, columns, said: said.join(" "), words, ignored: reading.ignored };
}

/** A question's token, with columns as they are in the table. */
type Part = Exclude<QuestionToken, ColumnName> | Column;
type Comparison = readonly [word: "greater" | "lesser" | "equal", pivot: Literal, column: Column];

const isNamed = (part: Part): part is Column => typeof part === "object" && "name" in part;
const saidOf = (literal: Part): string =>
  typeof literal === "object" && "text" in literal ? literal.text : String(literal);
const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** Finds what belongs together; a column or a number that has been taken belongs to nothing else. */
class Reading {
  readonly ignored: readonly string[];
  readonly #all: readonly Lexeme[];
  readonly #known: readonly Lexeme[];
  readonly #used = new Set<Lexeme>();
  readonly #table: CSVTable;
  readonly #numeric: readonly Column[];

  constructor(lexemes: readonly Lexeme[], table: CSVTable) {
    this.#all = lexemes;
    this.#known = lexemes.filter(({ kind }) => kind !== "unknown" && kind !== "equal");
    this.ignored = lexemes.flatMap((lexeme) => (lexeme.kind === "unknown" ? [lexeme.text] : []));
    this.#table = table;
    this.#numeric = table.columns.filter(({ numbers }) => numbers);
  }

  /** What has not been understood, to be said with an error. */
  get unknown(): string {
    return this.ignored.length ? ` Not understood: ${this.ignored.join(", ")}.` : "";
  }

  get #there(): string {
    return `The columns are ${columnsInWords(this.#table)}`;
  }

  /** @throws UsageError when the question says what no program can do. */
  expectPossible(): void {
    if (this.#all.some(({ kind }) => kind === "negation"))
      throw new UsageError("The question says what is not to be, and no program of the model can: say what is");
    this.#all.forEach(({ kind }, i) => {
      if (kind !== "equal") return;
      const next = this.#all[i + 1];
      if (next?.kind === "unknown") throw new UsageError(`No cell of the table is "${next.text}"`);
      if (next?.kind === "number")
        throw new UsageError(
          `A program asks of numbers whether they are greater or less than ${next.value}, not whether they are equal`,
        );
      if (next?.kind !== "text") throw new UsageError("The question says that something is equal, and not to what");
    });
  }

  /** The columns that aggregates are of, by their places, where they are told. */
  aggregatedColumns(): ReadonlyMap<Lexeme, Column | undefined> {
    const columns = new Map<Lexeme, Column | undefined>();
    this.#known.forEach((lexeme, i) => {
      if (lexeme.kind !== "aggregate" || lexeme.word === "count") return;
      // A column right in front of a comparison belongs to that, too: "sum of area above 3" is about one column, "which
      // have area above 3" about two.
      const next = this.#nearest(i, 1, "column");
      if (!next) return;
      const behind = this.#known[this.#known.indexOf(next) + 1];
      const isCompared =
        behind?.kind === "comparison" || (behind?.kind === "text" && behind.columns.includes(next.column));
      if (isCompared && lexeme.word === "print") return;
      if (!isCompared) this.#used.add(next);
      columns.set(lexeme, next.column);
    });
    return columns;
  }

  comparisons(): Comparison[] {
    return this.#known.flatMap((lexeme, i): Comparison[] => {
      if (lexeme.kind === "text") return [["equal", { text: lexeme.text }, this.#holderOf(lexeme, i)]];
      if (lexeme.kind !== "comparison") return [];
      const { word } = lexeme;
      const number = this.#nearest(i, 1, "number", ["comparison"]);
      if (!number) throw new UsageError(`The question says "${word}", and no number behind it: ${word} than what?`);
      this.#used.add(number);
      const column = this.#columnBeside(i) ?? only(this.#numeric);
      if (!column)
        throw new UsageError(
          `The question does not say which column is to be ${word} than ${number.value}. ${this.#there}.${this.unknown}`,
        );
      if (!column.numbers)
        throw new UsageError(
          `Column "${column.name}" holds texts, which are not ${word} than ${number.value}. ${this.#there}`,
        );
      return [[word, number.value, column]];
    });
  }

  aggregates(aggregated: ReadonlyMap<Lexeme, Column | undefined>): Part[][] {
    return this.#known.flatMap((lexeme): Part[][] => {
      if (lexeme.kind !== "aggregate") return [];
      const { word } = lexeme;
      if (word === "count") return [[word]];
      const first = this.#table.columns.find(({ numbers }) => !numbers);
      const column =
        aggregated.get(lexeme) ?? (word === "sum" ? only(this.#numeric) : (first ?? only(this.#table.columns)));
      if (!column)
        throw new UsageError(`The question does not say which column to ${word}. ${this.#there}.${this.unknown}`);
      if (word === "sum" && !column.numbers)
        throw new UsageError(`Column "${column.name}" holds texts, which have no sum. ${this.#there}`);
      return [[word, column]];
    });
  }

  joins(): ("and" | "or" | "diff")[] {
    return this.#known.flatMap((lexeme) => (lexeme.kind === "join" ? [lexeme.word] : []));
  }

  /** @throws UsageError when there is a number that nothing is compared with. */
  expectAllUsed(): void {
    const stray = this.#known.find((lexeme) => lexeme.kind === "number" && !this.#used.has(lexeme));
    if (stray?.kind === "number")
      throw new UsageError(
        `The question has the number ${stray.value}, and does not say whether greater or less.${this.unknown}`,
      );
  }

  /** The column of a text: the one that is named beside it, or the only one that holds it. */
  #holderOf({ text, columns }: Extract<Lexeme, { kind: "text" }>, at: number): Column {
    const canHold = columns.length ? (column: Column) => columns.includes(column) : (column: Column) => !column.numbers;
    const named = this.#columnBeside(at, canHold);
    if (named) return named;
    const [one, ...others] = columns;
    if (!one) throw new UsageError(`No cell of the table is "${text}", and no column is named. ${this.#there}`);
    if (!others.length) return one;
    const names = columns.map(({ name }) => `"${name}"`).join(" and ");
    throw new UsageError(`"${text}" is in the columns ${names}: name one of them in front of it`);
  }

  #columnBeside(at: number, isIt: (column: Column) => boolean = () => true): Column | undefined {
    for (const direction of [-1, 1] as const) {
      const found = this.#nearest(at, direction, "column");
      if (!found || !isIt(found.column)) continue;
      this.#used.add(found);
      return found.column;
    }
    return undefined;
  }

  /** The nearest of a kind on one side that belongs to nothing else, unless something that bounds is in between. */
  #nearest<K extends Lexeme["kind"]>(
    from: number,
    step: 1 | -1,
    kind: K,
    until = BOUNDS,
  ): Extract<Lexeme, { kind: K }> | undefined {
    for (let i = from + step; i >= 0 && i < this.#known.length; i += step) {
      const lexeme = this.#known[i]!;
      if (until.includes(lexeme.kind)) return undefined;
      if (lexeme.kind === kind && !this.#used.has(lexeme)) return lexeme as Extract<Lexeme, { kind: K }>;
    }
    return undefined;
  }
}
