import { Columns, type Value } from "./columns.js";
import { comparing, equalling, expectScale, isOfTime, isYearOf, OPPOSITE, type Condition } from "./conditions.js";
import { compare, whole, type Decimal } from "./decimal.js";
import type { LexemeOf } from "./lexeme.js";
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

/** Finds the conditions of a question, from the left. Columns that are aggregated or printed may be compared as well. */
export class Clauses {
  readonly #line: Line;
  readonly #table: QuestionTable;
  /** Places of columns that the question aggregates or prints. */
  readonly #targets: ReadonlySet<number>;
  readonly #columns: Columns;

  constructor(line: Line, table: QuestionTable, targets: ReadonlySet<number>) {
    this.#line = line;
    this.#table = table;
    this.#targets = targets;
    this.#columns = new Columns(line, table, targets);
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
    const { begin, column, isNegated, end } = this.#columns.beside(i, join + 1, [low, high], { last: this.#last });
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
    const { begin, column, isNegated, end } = this.#columns.beside(i, at, [value], {
      isTime: of === "time",
      last: this.#last,
    });
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
      const { begin, column, isNegated, end } = this.#columns.beside(i, place === i + 1 ? place : i, [value], {
        last: this.#last,
      });
      const condition = comparing(column, isNegated ? OPPOSITE[relation] : relation, value, this.#table);
      return { begin, end: Math.max(end, place), conditions: [condition], joined: "and", isNegated };
    }
    const { begin, column: left, isNegated } = this.#columns.leftOf(i, (column) => column.kind !== "text", "number");
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
    const { begin, column: left, isNegated } = this.#columns.leftOf(i, holds);
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
