import type { SettingReading } from "./readSweep.js";
import type { ValueScale } from "./valueScale.js";
import type { Paint } from "./paint.js";

/** What the marks mean. */
export const LEGEND = "· a run  • 2 to 4  ● 5 or more  ─ from quartile to quartile  ┃ median";

const DIM = 2;
const BOLD = 1;
const DOTS = 36;

/** Columns between two labels that are read apart. */
const APART = 2;

const columnOf = (at: number, width: number): number =>
  Math.min(width - 1, Math.max(0, Math.floor(at * (width - 1) + 0.5)));

/** About one tick in twelve columns. */
const ticksOf = (scale: ValueScale, width: number): { column: number; label: string }[] =>
  scale.ticks(Math.max(2, Math.floor(width / 12))).map(({ at, label }) => ({ column: columnOf(at, width), label }));

/** Values along an axis; a label that would run into the one before is left out. */
export function labelLine(scale: ValueScale, width: number): string {
  let line = "";
  for (const { column, label } of ticksOf(scale, width)) {
    const begin = Math.max(0, Math.min(width - label.length, column - Math.floor(label.length / 2)));
    if (line && begin < line.length + APART) continue;
    line = line.padEnd(begin) + label;
  }
  return line;
}

/** The axis, with its ticks. */
export function axisLine(scale: ValueScale, width: number): string {
  const line = new Array<string>(width).fill("─");
  for (const { column } of ticksOf(scale, width)) line[column] = "┴";
  return line.join("");
}

/** The runs of a setting on an axis, in exactly so many columns. */
export function stripLine({ values, summary }: SettingReading, scale: ValueScale, width: number, paint: Paint): string {
  if (!summary) return paint(DIM, "no values".padEnd(width));
  const counts = new Uint32Array(width);
  for (const value of values) ++counts[columnOf(scale.at(value), width)]!;
  const [lower, median, upper] = [summary.lowerQuartile, summary.median, summary.upperQuartile].map((value) =>
    columnOf(scale.at(value), width),
  ) as [number, number, number];
  let line = "";
  for (let column = 0; column < width; ++column) {
    const count = counts[column]!;
    if (column === median) line += paint(BOLD, "┃");
    else if (count) line += paint(DOTS, count >= 5 ? "●" : count >= 2 ? "•" : "·");
    else line += column >= lower && column <= upper ? paint(DIM, "─") : " ";
  }
  return line;
}
