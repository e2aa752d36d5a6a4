import stringWidth from "string-width";
import { count, plural } from "./numbers.js";
import { highlight, type Terminal } from "./terminal.js";
import type { Cell } from "./text.js";

/** A text over its copy, line by line; where they differ, a mark. */
export function comparison(text: readonly Cell[], { columns, palette }: Terminal): string {
  const lines: string[] = [];
  for (const row of wrap(text, Math.max(16, columns - 8))) {
    const isWrong = row.some(({ wrong }) => wrong);
    const output = row.map(({ output, wrong }, i) =>
      wrong ? highlight(padded(output, row[i]!), palette) : padded(output, row[i]!),
    );
    lines.push(`input   ${row.map((cell) => padded(cell.input, cell)).join("")}`);
    lines.push(`output  ${output.join("")}`);
    if (isWrong) lines.push(`        ${row.map((cell) => (cell.wrong ? "^" : " ").padEnd(widthOf(cell))).join("")}`);
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

export function verdict(wrong: number, bits: number): string {
  return `${wrong ? plural(wrong, "wrong bit") : "No wrong bit"} in ${count(bits)}.`;
}

const widthOf = ({ input, output }: Cell): number => Math.max(stringWidth(input), stringWidth(output));

const padded = (text: string, cell: Cell): string => text + " ".repeat(widthOf(cell) - stringWidth(text));

/** Rows of at most so many columns, broken at spaces where there are any. */
function wrap(text: readonly Cell[], width: number): Cell[][] {
  const rows: Cell[][] = [];
  let rest = text;
  while (rest.length) {
    let [taken, columns] = [0, 0];
    while (taken < rest.length && columns + widthOf(rest[taken]!) <= width) columns += widthOf(rest[taken++]!);
    if (taken < rest.length) {
      const space = rest.slice(0, taken).findLastIndex(({ input }) => input === " ");
      if (space > taken / 2) taken = space + 1;
    }
    rows.push(rest.slice(0, Math.max(1, taken)));
    rest = rest.slice(Math.max(1, taken));
  }
  return rows;
}
