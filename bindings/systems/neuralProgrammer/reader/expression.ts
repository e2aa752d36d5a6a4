import type { TableLine } from "../neuralProgrammer.js";

/** Rows that a program selects. Slots are columns as the model has them. */
export type Rows =
  | { readonly kind: "all" | "none" }
  | { readonly kind: Comparison; readonly slot: number; readonly pivot: number | string | undefined }
  | { readonly kind: "and" | "or"; readonly parts: readonly [Rows, Rows] }
  | { readonly kind: "not"; readonly rows: Rows }
  | { readonly kind: "maximum" | "minimum"; readonly slot: number; readonly rows: Rows };

/** Operations that select rows by a cell and a pivot. */
export type Comparison = "greater" | "lesser" | "textMatch";

/** What a program answers. */
export type Outcome =
  | { readonly kind: "count"; readonly rows: Rows }
  | { readonly kind: "sum" | "mean" | "print"; readonly slot: number; readonly rows: Rows }
  | { readonly kind: "difference"; readonly parts: readonly [Outcome, Outcome] }
  | { readonly kind: "nothing" };

const ALL: Rows = { kind: "all" };
const NONE: Rows = { kind: "none" };

/** Rows that are selected behind a line of a program; all are before the first. */
export function rowsBehind(lines: readonly TableLine[], at: number): Rows {
  if (at < 0) return ALL;
  const { operation, column, pivot } = lines[at]!;
  const back = (by: number): Rows => rowsBehind(lines, at - by);
  switch (operation) {
    case "greater":
    case "lesser":
    case "textMatch":
      return { kind: operation, slot: column.index, pivot: pivot?.value };
    case "and":
    case "or":
      return joined(operation, back(1), back(2));
    case "not":
      return denied(back(1));
    case "maximum":
    case "minimum":
      return { kind: operation, slot: column.index, rows: back(1) };
    case "reset":
      return ALL;
    default:
      return NONE; // it leaves a number, or cells
  }
}

/** Answer of a program: what its last line stands for. */
export function outcomeOf(lines: readonly TableLine[], at = lines.length - 1): Outcome {
  if (at < 0) return { kind: "nothing" };
  const { operation, column } = lines[at]!;
  const rows = rowsBehind(lines, at - 1);
  if (operation === "count") return { kind: "count", rows };
  if (operation === "sum" || operation === "mean") return { kind: operation, slot: column.index, rows };
  if (operation === "assign") return { kind: "print", slot: column.index, rows };
  if (operation === "difference")
    return { kind: "difference", parts: [outcomeOf(lines, at - 3), outcomeOf(lines, at - 1)] };
  return { kind: "nothing" };
}

/** "and" and "or", simplified where one side is all rows, none, or the other side. */
export function joined(kind: "and" | "or", one: Rows, other: Rows): Rows {
  const [neutral, absorbing] = kind === "and" ? ["all", "none"] : ["none", "all"];
  if (one.kind === neutral || keyOf(one) === keyOf(other)) return other;
  if (other.kind === neutral) return one;
  if (one.kind === absorbing || other.kind === absorbing) return kind === "and" ? NONE : ALL;
  return { kind, parts: [one, other] };
}

/** The rows that are not selected. */
export function denied(rows: Rows): Rows {
  if (rows.kind === "all") return NONE;
  if (rows.kind === "none") return ALL;
  return rows.kind === "not" ? rows.rows : { kind: "not", rows };
}

/** The same text for rows, or outcomes, that are the same in another order. */
export function keyOf(of: Rows | Outcome): string {
  switch (of.kind) {
    case "all":
    case "none":
    case "nothing":
      return of.kind;
    case "greater":
    case "lesser":
    case "textMatch":
      return JSON.stringify([of.kind, of.slot, of.pivot]);
    case "and":
    case "or":
      return `${of.kind}(${of.parts.map(keyOf).sort().join()})`;
    case "not":
      return `not(${keyOf(of.rows)})`;
    case "count":
      return `count(${keyOf(of.rows)})`;
    case "difference":
      return `difference(${of.parts.map(keyOf).join()})`;
    default:
      return `${of.kind} ${of.slot}(${keyOf(of.rows)})`;
  }
}
