import { SCALES } from "./cells.js";
import { daysOfYear, isYear } from "./dates.js";
import { compare, decimalOf, numberOf, type Decimal } from "./decimal.js";
import type { LexemeOf } from "./lexeme.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { canonicalUnit, convert } from "./units.js";
import type { Relation, Scale } from "./vocabulary.js";

/** Cells of a column against a number: `cell · factor` is above or below `value`. */
export interface Comparing {
  readonly kind: "compare";
  readonly column: QuestionColumn;
  readonly relation: Relation;
  readonly value: Decimal;
  readonly factor: Decimal;
}

/** Cells of a column that are one of several, or none of them. */
export interface Holding {
  readonly kind: "hold";
  readonly column: QuestionColumn;
  readonly among: readonly (string | Decimal)[];
  readonly isNegated: boolean;
}

/** What rows have to be. */
export type Condition = Comparing | Holding;

const ONE = /* @__PURE__ */ decimalOf("1")!;

/** The opposite of each relation, of cells that are there. */
export const OPPOSITE: { readonly [R in Relation]: Relation } = {
  greater: "atMost",
  lesser: "atLeast",
  atLeast: "lesser",
  atMost: "greater",
};

/** Whether a cell and a number are so related. */
export function isRelated(cell: Decimal, { relation, value, factor }: Omit<Comparing, "kind" | "column">): boolean {
  const order = compare({ units: cell.units * factor.units, places: cell.places + factor.places }, value);
  return { greater: order > 0, lesser: order < 0, atLeast: order >= 0, atMost: order <= 0 }[relation];
}

/** Whether a row meets a condition; a missing cell meets none. */
export function meets(condition: Condition, row: number): boolean {
  const { column } = condition;
  if (condition.kind === "compare") {
    const cell = column.values?.[row];
    return cell !== undefined && isRelated(cell, condition);
  }
  const [key, value] = [column.keys[row], column.values?.[row]];
  if (key === undefined) return condition.isNegated;
  const isOne = condition.among.some((each) =>
    typeof each === "string" ? each === key : value !== undefined && compare(each, value) === 0,
  );
  return isOne !== condition.isNegated;
}

/** A condition in words. */
export function saidOf(condition: Condition): string {
  const { column } = condition;
  if (condition.kind === "compare") {
    const { relation, value, factor } = condition;
    const scale = compare(factor, ONE) ? ` / ${numberOf(factor)}` : "";
    return `${column.name} ${SYMBOLS[relation]} ${numberOf(value)}${scale}`;
  }
  const among = condition.among.map((each) => (typeof each === "string" ? `"${each}"` : String(numberOf(each))));
  return `${column.name} ${condition.isNegated ? "is not" : "is"} ${among.join(" or ")}`;
}

const SYMBOLS: { readonly [R in Relation]: string } = { greater: ">", lesser: "<", atLeast: "≥", atMost: "≤" };

/** Columns of days, and of numbers that are years. */
export const isOfTime = ({ kind, name }: QuestionColumn): boolean =>
  kind === "date" || (kind === "number" && /\b(year|season|date|time|day|month|decade)s?\b/i.test(name));

/** @throws QuestionError when a word of degree does not fit a column: "highest" of ranks, "older" of no age. */
export function expectScale(of: Scale, column: QuestionColumn, word: string): void {
  if (of === "height" && /\b(rank|ranking|position|place|standing|pos)\b/i.test(column.name)) {
    throw new QuestionError(
      `"${word}" can mean both ends of "${column.name}", where 1 may be the highest: say "largest", "smallest", "more than" or "less than"`,
      { words: [word] },
    );
  }
  if (of === "time" && !isOfTime(column)) {
    throw new QuestionError(`"${word}" is about days and years, and "${column.name}" holds neither`, { words: [word] });
  }
  if (of === "age" && !/\bage\b/i.test(column.name)) {
    throw new QuestionError(`"${word}" is about an age, and "${column.name}" may be none`, { words: [word] });
  }
}

type Value = LexemeOf<"number"> | LexemeOf<"day">;

/** The number that a lexeme is, beside a column whose numbers have a mark. @throws QuestionError where it may be two. */
export function valueBeside(lexeme: LexemeOf<"number">, column: QuestionColumn, table: QuestionTable): Decimal {
  const { point, comma } = lexeme.values;
  expectPercent(lexeme, column);
  if (!point || !comma || compare(point, comma) === 0) return (point ?? comma)!;
  if ((column.mark ?? table.mark) === "comma") {
    throw new QuestionError(
      `"${lexeme.text}" may be ${numberOf(point)} or ${numberOf(comma)}, since the table has decimal commas: write ${numberOf(point)} or ${numberOf(comma)} without separators`,
      { words: [lexeme.text] },
    );
  }
  return point;
}

/** @throws QuestionError when a number below one, without a unit, may be a share or some percent of a column. */
function expectPercent({ text, unit, values }: LexemeOf<"number">, { name, unit: own }: QuestionColumn): void {
  const value = numberOf((values.point ?? values.comma)!);
  if (unit || own === undefined || canonicalUnit(own) !== "%" || value === 0 || Math.abs(value) >= 1) return;
  const percent = Number((100 * value).toPrecision(12));
  throw new QuestionError(
    `"${text}" may be ${value}% or ${percent}%, since "${name}" is in percent: write ${value}% or ${percent}%`,
    { words: [text] },
  );
}

/**
 * Comparisons of a column with a number, a day or a year, which is two days.
 *
 * @throws QuestionError when the column has no numbers, or units do not convert.
 */
export function comparing(column: QuestionColumn, relation: Relation, lexeme: Value, table: QuestionTable): Comparing {
  expectValues(column, lexeme);
  const base = { kind: "compare", column, relation } as const;
  if (lexeme.kind === "day") return { ...base, value: lexeme.value, factor: ONE };
  const value = valueBeside(lexeme, column, table);
  if (column.kind === "date") {
    const [first, last] = daysOfYear(value);
    return { ...base, value: relation === "greater" || relation === "atMost" ? last : first, factor: ONE };
  }
  expectScaled(column, lexeme);
  if (!lexeme.unit) return { ...base, value, factor: column.isScaled ? scaleOf(column) : ONE };
  const converted = column.unit === undefined ? undefined : convert(value, lexeme.unit, column.unit);
  if (!converted) {
    const own = column.unit === undefined ? "no unit" : `the unit ${column.unit}`;
    throw new QuestionError(
      `The question has ${lexeme.text}, and "${column.name}" has ${own}: nothing converts these`,
      {
        words: [lexeme.text],
      },
    );
  }
  return { ...base, value: converted.value, factor: converted.cells };
}

/** How many each number of a column is: a million where its name says so. */
function scaleOf({ name }: QuestionColumn): Decimal {
  const word = Object.keys(SCALES).find((each) => new RegExp(`(^|[^\\p{L}])${each}s?($|[^\\p{L}])`, "iu").test(name));
  return decimalOf(word === undefined ? "1000" : SCALES[word]!)!;
}

/** @throws QuestionError when a number may or may not be in the thousands or millions of a column. */
function expectScaled(
  { name, isScaled, unit = "" }: QuestionColumn,
  { text, scale, unit: own }: LexemeOf<"number">,
): void {
  const isOpen = isScaled === true ? scale === "1" || own !== "" : scale !== "1" && /^[a-z]$/i.test(unit);
  if (!isOpen) return;
  throw new QuestionError(
    `Numbers of "${name}" may be multiplied by what its name says, and ${text} may be a cell's number or a multiplied one: write it out, as in "5 million", or rename the column`,
    { words: [text] },
  );
}

/** @throws QuestionError when a column cannot be compared with a number or a day. */
function expectValues(column: QuestionColumn, lexeme: Value): void {
  const { kind, name, problem } = column;
  if (kind === "text") {
    throw new QuestionError(
      `Column "${name}" holds texts, which are not compared with ${lexeme.text}: it ${problem!}`,
      {
        words: [name],
      },
    );
  }
  if (lexeme.kind === "day" ? kind !== "date" : kind === "date" && !isYearOf(lexeme)) {
    const needs = kind === "date" ? "days, and is compared with a year or a day such as 2014-01-31" : "numbers";
    throw new QuestionError(`Column "${name}" holds ${needs}, not ${lexeme.text}`, { words: [lexeme.text] });
  }
}

/** Whether a number is a year and has no unit. */
export const isYearOf = ({ values: { point }, unit }: LexemeOf<"number">): boolean =>
  point !== undefined && !unit && isYear(point);

/** Conditions that a column is a number, a day, or in a year. @throws QuestionError as comparing does. */
export function equalling(column: QuestionColumn, lexeme: Value, table: QuestionTable): Condition[] {
  if (column.kind === "date" && lexeme.kind === "number") {
    return (["atLeast", "atMost"] as const).map((relation) => comparing(column, relation, lexeme, table));
  }
  const { value, factor } = comparing(column, "atLeast", lexeme, table);
  if (compare(factor, ONE)) {
    return (["atLeast", "atMost"] as const).map((relation) => comparing(column, relation, lexeme, table));
  }
  return [{ kind: "hold", column, among: [value], isNegated: false }];
}
