import { comparing, equalling, expectScale, isOfTime, isYearOf, OPPOSITE, type Condition } from "./conditions.js";
import { compare, whole, type Decimal } from "./decimal.js";
import type { LexemeOf } from "./lexemes.js";
import type { Line } from "./line.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn, type QuestionTable } from "./questionTable.js";
import type { Relation, Scale } from "./vocabulary.js";

/** A condition with its place in the question. Parts belong together: "between" is two comparisons. */
export interface Clause {
  readonly begin: number;
  readonly end: number;
  readonly conditions: readonly Condition[];
  /** How its own parts are joined. */
  readonly joined: "and" | "or";
  /** Whether a word such as "not" denies it. */
  readonly isNegated: boolean;
}

/** What a column in front leads to: a number alone must be said to be the column's. */
type Links = "comparison" | "number";
const LINK = /^(is|are|was|were|be|of|that|which|the|a|an|has|have|had|=+|equals?( to)?|exactly)$/;
const VERB = /^(is|are|was|were|be|=+|equals?( to)?|exactly)$/;

type Value = LexemeOf<"number"> | LexemeOf<"day">;

/** Finds the conditions of a question, from the left. Columns that are aggregated or printed may be compared as well. */
export class Clauses {
  readonly #line: Line;
  readonly #table: QuestionTable;
  /** Places of columns that the question aggregates or prints. */
  readonly #targets: ReadonlySet<number>;

  constructor(line: Line, table: QuestionTable, targets: ReadonlySet<number>) {
    this.#line = line;
    this.#table = table;
    this.#targets = targets;
  }

  /** The clause in front. */
  #last: Clause | undefined;

  /** @throws QuestionError when a comparison lacks its number or its column, or a cell is in several columns. */
  find(): Clause[] {
    const clauses: Clause[] = [];
    for (let i = 0; i < this.#line.all.length; ++i) {
      const clause = this.#line.isUsed(i) ? undefined : this.#clauseAt(i);
      if (!clause) continue;
      clauses.push(clause);
      this.#last = clause;
      this.#line.use(clause.begin, clause.end);
      i = clause.end;
    }
    return [...clauses, ...this.#flags()].sort((a, b) => a.begin - b.begin);
  }

  #clauseAt(i: number): Clause | undefined {
    const lexeme = this.#line.at(i)!;
    if (lexeme.kind === "between") return this.#between(i);
    if (lexeme.kind === "comparison") return this.#comparison(i, lexeme.relation, lexeme.of);
    if (lexeme.kind === "number" || lexeme.kind === "day") return this.#number(i, lexeme);
    if (lexeme.kind === "entry") return this.#entry(i, lexeme);
    return undefined;
  }

  #valueAt(i: number): Value | undefined {
    return this.#line.of(i, "number") ?? this.#line.of(i, "day");
  }

  /** "between 3 and 5", "from 3 to 5": bounds belong to it. */
  #between(i: number): Clause | undefined {
    const line = this.#line;
    const { opens } = line.of(i, "between")!;
    const [one, join] = [i + 1, i + 2];
    const joins = opens === "between" ? line.of(join, "join")?.word === "and" : line.is(join, "range");
    const [low, high] = [this.#valueAt(one), this.#valueAt(join + 1)];
    if (!low || !high || !joins) {
      if (opens === "from") return undefined;
      throw new QuestionError(`The question says "between", and not which two numbers`, { words: ["between"] });
    }
    expectOneScale(low, high);
    // "between 3 and 5 km" has one unit for both.
    const unit = high.kind === "number" ? high.unit : "";
    const lower = low.kind === "number" && !low.unit && unit ? { ...low, unit, text: `${low.text} ${unit}` } : low;
    const { begin, column, isNegated, end } = this.#beside(i, join + 1, [low, high]);
    const bounds = [
      comparing(column, "atLeast", lower, this.#table),
      comparing(column, "atMost", high, this.#table),
    ] as const;
    if (compare(bounds[0].value, bounds[1].value) > 0) {
      throw new QuestionError(`Between ${low.text} and ${high.text} there is nothing: the smaller comes first`, {
        words: [low.text, high.text],
      });
    }
    const conditions = isNegated ? bounds.map((each) => ({ ...each, relation: OPPOSITE[each.relation] })) : bounds;
    return { begin, end, conditions, joined: isNegated ? "or" : "and", isNegated };
  }

  /** "above 3", with its column in front, or behind the number: "more than 3 runs". */
  #comparison(i: number, relation: Relation, of: Scale): Clause {
    const line = this.#line;
    const word = line.text(i);
    const at = line.beyond(i, 1);
    const value = this.#valueAt(at);
    if (!value) {
      throw new QuestionError(`The question says "${word}", and no number behind it: ${word} what?`, { words: [word] });
    }
    const { begin, column, isNegated, end } = this.#beside(i, at, [value], of === "time");
    expectScale(of, column, word);
    const condition = comparing(column, isNegated ? OPPOSITE[relation] : relation, value, this.#table);
    return { begin, end, conditions: [condition], joined: "and", isNegated };
  }

  /** "3 or more", "rank 3", "have 3 runs", "in 2014". */
  #number(i: number, value: Value): Clause | undefined {
    const line = this.#line;
    // "3 or more", "3 runs or more".
    const place = [i + 1, i + 2].find((at) => line.is(at, "suffix") && (at === i + 1 || line.is(i + 1, "column")));
    if (place !== undefined) {
      const { relation } = line.of(place, "suffix")!;
      const { begin, column, isNegated, end } = this.#beside(i, place === i + 1 ? place : i, [value]);
      const condition = comparing(column, isNegated ? OPPOSITE[relation] : relation, value, this.#table);
      return { begin, end: Math.max(end, place), conditions: [condition], joined: "and", isNegated };
    }
    const { begin, column: left, isNegated } = this.#leftOf(i, (column) => column.kind !== "text", "number");
    let [column, end] = [left, i];
    const isFree = line.is(i - 1, "function") || line.is(i - 1, "equal");
    const right = line.of(i + 1, "column");
    if (!column && isFree && right && right.column.kind === "number" && !this.#targets.has(i + 1)) {
      if (/^(have|has|had|having|with|exactly|equals?( to)?|=+)$/.test(line.text(i - 1).toLowerCase()))
        [column, end] = [right.column, i + 1];
    }
    if (!column && line.text(i - 1).toLowerCase() === "in") {
      const ofTime = this.#table.columns.filter(isOfTime);
      const isTime = value.kind === "day" || isYearOf(value);
      if (isTime && ofTime.length === 1) column = ofTime[0];
    }
    if (!column && value.kind === "day" && line.is(i - 1, "on")) {
      const ofDays = this.#table.columns.filter(({ kind }) => kind === "date");
      if (ofDays.length === 1) column = ofDays[0];
      if (column) line.use(i - 1);
    }
    if (!column) return undefined;
    if (line.is(i - 1, "equal")) line.use(i - 1);
    const conditions = equalling(column, value, this.#table);
    const [first] = conditions;
    if (first!.kind === "compare") {
      const denied = conditions.map((each) =>
        each.kind === "compare" ? { ...each, relation: OPPOSITE[each.relation] } : each,
      );
      return { begin, end, conditions: isNegated ? denied : conditions, joined: isNegated ? "or" : "and", isNegated };
    }
    const among: (string | Decimal)[] = [...first!.among];
    for (let next = end + 1; line.of(next, "join")?.word === "or"; next += 2) {
      const other = line.of(next + 1, "number");
      const behind = line.beyond(next + 1, 1);
      const isOneScale = value.kind === "number" && other?.scale === value.scale;
      if (!other || !isOneScale || line.is(next + 2, "suffix") || line.is(behind, "comparison")) break;
      const another = equalling(column, other, this.#table);
      if (another[0]!.kind !== "hold") break;
      among.push(...another[0]!.among);
      end = next + 1;
    }
    return { begin, end, conditions: [{ kind: "hold", column, among, isNegated }], joined: "and", isNegated };
  }

  /** A cell, or several of one column: "Germany", "country is Germany or Austria", "not in Germany". */
  #entry(i: number, entry: LexemeOf<"entry">): Clause {
    const line = this.#line;
    const holds = ({ kind, index }: QuestionColumn): boolean =>
      entry.holders.length ? entry.holders.some((holder) => holder.index === index) : kind === "text";
    const { begin, column: left, isNegated } = this.#leftOf(i, holds);
    const next = line.of(i + 1, "column");
    const isRight =
      !left && next && !this.#targets.has(i + 1) && !next.namesRows && entry.holders.includes(next.column);
    const column = left ?? (isRight ? next.column : this.#onlyHolder(entry));
    const among = [entry.key];
    let end = isRight ? i + 1 : i;
    while (!isRight) {
      const join = line.of(end + 1, "join")?.word;
      const isList = join === "or" || line.at(end)!.glued.includes(",");
      const at = join ? line.beyond(end + 1, 1) : end + 1;
      const other = line.of(at, "entry");
      if (!other || !other.holders.includes(column)) break;
      if (join === "and") {
        throw new QuestionError(
          `"${line.text(i)}" and "${other.text}" are both of "${column.name}", and no cell is two: say "or"`,
          { words: [other.text] },
        );
      }
      if (!isList) break;
      among.push(other.key);
      end = at;
    }
    return { begin, end, conditions: [{ kind: "hold", column, among, isNegated }], joined: "and", isNegated };
  }

  #onlyHolder({ text, key, holders }: LexemeOf<"entry">): QuestionColumn {
    const [one, ...others] = holders;
    if (one && !others.length) return one;
    if (!one) {
      throw new QuestionError(`No cell of the table is "${key}", and no column is named`, {
        words: [text],
        hint: `The columns are ${columnsInWords(this.#table)}`,
      });
    }
    const names = holders.map(({ name }) => `"${name}"`).join(" and ");
    throw new QuestionError(`"${text}" is in the columns ${names}: name one of them in front of it`, { words: [text] });
  }

  /** Columns of yes and no, named alone: "how many survived", "not active". */
  #flags(): Clause[] {
    const line = this.#line;
    return line.unused("column").flatMap((i): Clause[] => {
      const { column, namesRows } = line.of(i, "column")!;
      if (column.yes === undefined || namesRows || this.#targets.has(i)) return [];
      const before = line.beyond(i, -1);
      const isNegated = line.is(before, "negation");
      const begin = isNegated ? before : i;
      line.use(begin, i);
      const among = [column.kind === "number" ? whole(1) : column.yes];
      return [{ begin, end: i, conditions: [{ kind: "hold", column, among, isNegated }], joined: "and", isNegated }];
    });
  }

  /** The column in front of a place, over words that join and at most one that denies. */
  #leftOf(
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
  #beside(i: number, end: number, values: readonly Value[], isTime = false) {
    const line = this.#line;
    const left = this.#leftOf(i, () => true, "comparison");
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
    const { begin, isNegated } = this.#leftOf(i, () => false);
    if (right) return { begin, column: right, isNegated, end: end + 1 };
    // "above 200 and below 500".
    const [before] = this.#last?.end === begin - 2 && line.is(begin - 1, "join") ? this.#last.conditions : [];
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

/** Numbers below this are said for millions: "between 20 and 60 million". */
const SHORT = /* @__PURE__ */ whole(1000);

/** @throws QuestionError when a scale may be meant for both numbers. */
function expectOneScale(low: Value, high: Value): void {
  if (low.kind !== "number" || high.kind !== "number" || high.scale === "1" || low.scale !== "1") return;
  const value = low.values.point ?? low.values.comma!;
  if (compare(value, SHORT) >= 0 || value.units === 0n) return;
  throw new QuestionError(`${low.text} may be multiplied like ${high.text}, or not: write both out`, {
    words: [low.text, high.text],
  });
}
