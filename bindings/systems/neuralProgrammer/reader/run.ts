import type { TableLine } from "../neuralProgrammer.js";
import { isRelated, meets, type Comparing } from "./conditions.js";
import { compare, dividedBy, negative, plus, whole, type Decimal } from "./decimal.js";
import type { Outcome, Rows } from "./expression.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import type { Template } from "./template.js";
import { unitColumnOf } from "./unitColumns.js";

/** Operations that look at a column. */
export const LOOKS: readonly string[] = [
  "sum",
  "mean",
  "greater",
  "lesser",
  "assign",
  "textMatch",
  "maximum",
  "minimum",
];

/** A program's operations over the cells of a table as they are written. */
export class Run {
  readonly #table: QuestionTable;
  readonly #template: Template;

  constructor(table: QuestionTable, template: Template) {
    this.#table = table;
    this.#template = template;
  }

  /** Columns that a line looks at. */
  columnOf({ operation, column }: TableLine): QuestionColumn[] {
    const slot = this.#template.slots[column.index];
    if (!slot || !LOOKS.includes(operation) || operation === "assign") return [];
    const atom = this.#template.atoms.find((each) => each.slot === column.index && operation === "textMatch");
    return atom ? atom.conditions.map((each) => each.column) : [slot.column];
  }

  /** @throws QuestionError when numbers that are added up or compared are in several units, as another column says. */
  expectOneUnit(of: Extract<Outcome, { rows: Rows }>): void {
    const { rows } = of;
    if (of.kind === "sum" || of.kind === "mean") this.#expectUnit(of.slot, rows);
    if (rows.kind === "maximum" || rows.kind === "minimum") this.#expectUnit(rows.slot, rows.rows);
  }

  #expectUnit(slot: number, rows: Rows): void {
    const column = this.#template.slots[slot]?.column;
    const says = column && unitColumnOf(this.#table, column);
    if (!says) return;
    const units = [...new Set(this.rows(rows).map((row) => says.texts[row]!))];
    if (units.length < 2) return;
    const some = units.slice(0, 5).map((unit) => `"${unit}"`);
    throw new QuestionError(
      `Column "${column.name}" is in ${some.join(" and ")}, as "${says.name}" says: ask for one of them at a time`,
      { words: [column.name] },
    );
  }

  rows(of: Rows): number[] {
    const holds = this.#selector(of);
    return Array.from({ length: this.#table.rows }, (_, row) => row).filter(holds);
  }

  #selector(of: Rows): (row: number) => boolean {
    switch (of.kind) {
      case "all":
        return () => true;
      case "none":
        return () => false;
      case "and":
      case "or": {
        const [one, other] = of.parts.map((part) => this.#selector(part));
        return of.kind === "and" ? (row) => one!(row) && other!(row) : (row) => one!(row) || other!(row);
      }
      case "not": {
        const holds = this.#selector(of.rows);
        return (row) => !holds(row);
      }
      case "maximum":
      case "minimum":
        return this.#extreme(of.kind, of.slot, of.rows);
      default:
        return this.#comparison(of);
    }
  }

  #valuesOf(slot: number): readonly (Decimal | undefined)[] {
    return this.#template.slots[slot]?.column.values ?? [];
  }

  #extreme(kind: "maximum" | "minimum", slot: number, of: Rows): (row: number) => boolean {
    const values = this.#valuesOf(slot);
    const wanted = kind === "maximum" ? 1 : -1;
    const rows = this.rows(of).filter((row) => values[row]);
    let best: Decimal | undefined;
    for (const row of rows) if (!best || compare(values[row]!, best) === wanted) best = values[row]!;
    const chosen = new Set(rows.filter((row) => compare(values[row]!, best!) === 0));
    return (row) => chosen.has(row);
  }

  #comparison({ kind, slot, pivot }: Extract<Rows, { slot: number; pivot: unknown }>): (row: number) => boolean {
    const word = kind === "textMatch" ? "equal" : kind;
    const atom = this.#template.atoms.find((each) => each.word === word && each.slot === slot && each.pivot === pivot);
    if (atom) {
      const conditions = atom.isNegated
        ? atom.conditions.map((each) => ({ ...each, isNegated: false }))
        : atom.conditions;
      return (row) => conditions.every((each) => meets(each, row));
    }
    // A guess compares what the question does not.
    if (word === "equal") return (row) => this.#template.slots[slot]?.cells[row] === pivot;
    const values = this.#valuesOf(slot);
    const compared = this.#template.atoms
      .flatMap((each) => (each.pivot === pivot ? each.conditions : []))
      .find((each): each is Comparing => each.kind === "compare");
    if (!compared) return () => false;
    return (row) => values[row] !== undefined && isRelated(values[row]!, { ...compared, relation: word });
  }

  /** @throws QuestionError for the mean of nothing. */
  number(of: Exclude<Outcome, { kind: "nothing" | "print" }> | Outcome): Decimal {
    if (of.kind === "difference") return plus(this.number(of.parts[0]), negative(this.number(of.parts[1])));
    if (of.kind === "count") return whole(this.rows(of.rows).length);
    if (of.kind === "nothing" || of.kind === "print") return whole(0);
    const values = this.#valuesOf(of.slot);
    const there = this.rows(of.rows).flatMap((row) => values[row] ?? []);
    const sum = there.reduce(plus, whole(0));
    if (of.kind === "sum") return sum;
    if (!there.length) throw new QuestionError("No row is selected that has a number, and nothing has no average");
    return dividedBy(sum, there.length);
  }
}
