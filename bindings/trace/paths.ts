import type { Cell } from "./answers.js";

/** A line over time as a filled path, a unit a step and a unit high. */
export function linePath(values: readonly number[], most: number): string {
  const heights = values.map((value) => round(1 - Math.min(Math.max(value / most, 0), 1)));
  return `M0 1${heights.map((height) => `V${height}h1`).join("")}V1Z`;
}

/** A cross in each cell. */
export const marks = (cells: readonly Cell[]): string =>
  cells.map(([step, row]) => `M${step}.2 ${row}.2l.6 .6m0-.6l-.6 .6`).join("");

const round = (value: number): number => Number(value.toFixed(4));
