import { isOfTime, isYearOf, type Condition } from "./conditions.js";
import type { LexemeOf } from "./lexeme.js";
import type { Line } from "./line.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn, type QuestionTable } from "./questionTable.js";

/** What a column in front leads to: a number alone must be said to be the column's. */
type Links = "comparison" | "number";
const LINK = /^(is|are|was|were|be|of|that|which|the|a|an|has|have|had|=+|equals?( to)?|exactly)$/;
const VERB = /^(is|are|was|were|be|=+|equals?( to)?|exactly)$/;

export type Value = LexemeOf<"number"> | LexemeOf<"day">;

/** What a comparison is of: its column, and from where to where it goes. */
export interface Beside {
  readonly begin: number;
  readonly end: number;
  readonly column: QuestionColumn;
  readonly isNegated: boolean;
}

interface BesideOptions {
  /** Whether the comparison's word is of time: "before". */
  readonly isTime?: boolean;
  /** The conditions in front, with their last place. */
  readonly last: { readonly end: number; readonly conditions: readonly Condition[] } | undefined;
}

/** Finds the column that a value or a comparison is of, in front of it or behind. */
export class Columns {
  readonly #line: Line;
  readonly #table: QuestionTable;
  /** Places of columns that the question aggregates or prints. */
  readonly #targets: ReadonlySet<number>;

  constructor(line: Line, table: QuestionTable, targets: ReadonlySet<number>) {
    this.#line = line;
    this.#table = table;
    this.#targets = targets;
  }

  /** The column in front of a place, over words that join and at most one that denies. */
  leftOf(
    i: number,
    isIt: (column: QuestionColumn) => boolean,
    links?: Links,
  ): { begin: number; column?: QuestionColumn; isNegated: boolean } {
    const line = this.#line;
    let [begin, isNegated]: [number, boolean] = [i, false];
    let column: QuestionColumn | undefined;
    for (;;) {
      const at = line.beyond(begin, -1);
      const named = line.of(at, "column");
      const isThere = named && !named.namesRows && (!named.isUsed || this.#targets.has(at)) && isIt(named.column);
      if (!column && isThere && (!links || this.#isLinked(at, begin, links))) {
        [column, begin] = [named.column, at];
      } else if (!isNegated && line.is(at, "negation") && !line.isUsed(at)) {
        [isNegated, begin] = [true, at];
      } else {
        return { begin, ...(column && { column }), isNegated };
      }
    }
  }

  /** Whether only words that lead from a column to its number are between these places; a target needs a verb. */
  #isLinked(at: number, begin: number, links: Links): boolean {
    const between = this.#line.all.slice(at + 1, begin).map(({ text }) => text.toLowerCase());
    if (!between.every((word) => LINK.test(word))) return false;
    if (!this.#targets.has(at)) return true;
    return between.some((word) => VERB.test(word)) || (links === "comparison" && !between.length);
  }

  /** The column that a comparison from `i` to `end` is of. @throws QuestionError when none is named and several could be. */
  beside(i: number, end: number, values: readonly Value[], { isTime = false, last }: BesideOptions): Beside {
    const line = this.#line;
    const left = this.leftOf(i, () => true, "comparison");
    const next = line.of(end + 1, "column");
    const isFree = next && !next.namesRows && !line.isUsed(end + 1) && !this.#targets.has(end + 1);
    const right = isFree && next.column.kind !== "text" && !this.#beginsComparison(end + 1) ? next.column : undefined;
    const fits = (column: QuestionColumn): boolean => !isTime || isOfTime(column);
    const isOwn =
      left.column && !this.#targets.has(line.all.findIndex((each, at) => at >= left.begin && each.kind === "column"));
    if (left.column?.kind === "number" && !isTime && !isOwn && !right) this.#expectNoYear(left, i, values);
    if (left.column && fits(left.column) && (left.column.kind !== "text" || !right) && (isOwn || !right)) {
      return { begin: left.begin, column: left.column, isNegated: left.isNegated, end };
    }
    // The column on the left is not this comparison's.
    const { begin, isNegated } = this.leftOf(i, () => false);
    if (right) return { begin, column: right, isNegated, end: end + 1 };
    // "above 200 and below 500".
    const [before] = last?.end === begin - 2 && line.is(begin - 1, "join") ? last.conditions : [];
    if (before?.kind === "compare") return { begin, column: before.column, isNegated, end };
    const isDay = isTime || values.some(({ kind }) => kind === "day");
    const all = this.#table.columns.filter((column) => (isDay ? isOfTime(column) : column.kind === "number"));
    if (all.length === 1) {
      if (!isDay) this.#expectNoYear({ column: all[0]!, begin: i }, i, values);
      return { begin, column: all[0]!, isNegated, end };
    }
    throw new QuestionError(`The question does not say which column is meant by "${line.text(i, end)}"`, {
      words: [line.text(i, end)],
      hint: `The columns are ${columnsInWords(this.#table)}`,
    });
  }

  /** @throws QuestionError when "total amount between 2014 and 2015" may be about years. */
  #expectNoYear(
    { column, begin }: { column?: QuestionColumn; begin: number },
    i: number,
    values: readonly Value[],
  ): void {
    const isSaid = this.#line.all.slice(begin + 1, i).some(({ text }) => VERB.test(text.toLowerCase()));
    const areYears = values.every((value) => value.kind === "number" && isYearOf(value));
    if (isSaid || !areYears || isOfTime(column!) || !this.#table.columns.some(isOfTime)) return;
    throw new QuestionError(
      `"${values.map(({ text }) => text).join('" and "')}" may be of "${column!.name}" or years: name the column in front of it, with "where"`,
      { words: values.map(({ text }) => text) },
    );
  }

  /** Whether a column has a comparison of its own behind it. */
  #beginsComparison(at: number): boolean {
    const next = this.#line.beyond(at, 1);
    return ["comparison", "between", "number"].some((kind) => this.#line.is(next, kind as "number"));
  }
}
