import { decimals, named } from "../alignment/labels.js";
import { escape, plural } from "../html.js";
import { toneOf } from "../shade.js";
import { columnsOf, type ProgramDrawing } from "./program.js";
import { spokenLine, type Line } from "./step.js";

/** Rows and columns that a page shows, and characters of a cell. */
const MOST_ROWS = 30;
const MOST_COLUMNS = 20;
const MOST_CHARACTERS = 120;

/** Steps whose strips stay in sight when the table is moved. */
export const MOST_PINNED = 6;

/** The table: at its left a strip for each step, dark where a row is selected behind it; printed cells are marked. */
export function tableOf(program: ProgramDrawing, lines: readonly Line[]): string {
  const { table, steps, answer } = program;
  const columns = shownColumns(program, lines);
  const lookers = columns.map((column) => looking(program, lines, column));
  const hasNumbers = columns.map((column) => isOfNumbers(table.rows.slice(0, MOST_ROWS).map((row) => row[column]!)));
  const printed = new Set(answer?.printed?.rows);
  const isPrinted = (row: number, column: number): boolean => printed.has(row) && column === answer!.printed!.column;

  const strips = lines.map((line, t) => {
    const what = steps[t]!.selected ? "rows selected behind" : "no rows are selected by";
    return `<th scope="col" class="s${t + 1}${line.isUsed ? "" : " idle"}" title="${escape(`${what} step ${t + 1}: ${spokenLine(line)}`)}">${t + 1}</th>`;
  });
  const names = columns.map((column, i) => {
    const marks = lookers[i]!.map((t) => `<sup class="s${t + 1}" title="step ${t + 1} looks at it">${t + 1}</sup>`);
    return `<th scope="col"${hasNumbers[i] ? ' class="numeric"' : ""}>${escape(clipped(table.header[column]!))}${marks.join("")}</th>`;
  });
  const rows = table.rows.slice(0, MOST_ROWS).map((cells, row) => {
    const strip = steps.map(({ selected }, t) => {
      const idle = lines[t]!.isUsed ? "" : " idle";
      if (!selected) return `<td class="strip s${t + 1} void${idle}"></td>`;
      const value = decimals(selected[row]!);
      return `<td class="strip s${t + 1} ${toneOf(selected[row]!)}${idle}" style="--w:${Number(value)}" title="row ${row + 1} behind step ${t + 1}: ${value}"><span>${value}</span></td>`;
    });
    const shown = columns.map((column, i) => {
      const text = escape(clipped(cells[column]!));
      const title = text.length > 30 ? ` title="${text}"` : "";
      const classes = hasNumbers[i] ? ' class="numeric"' : "";
      return `<td${classes}${title}>${isPrinted(row, column) ? `<mark>${text || "missing"}</mark>` : text}</td>`;
    });
    return `<tr>${strip.join("")}<th scope="row">${row + 1}</th>${shown.join("")}</tr>`;
  });
  const notes = [moreRows(program), moreColumns(table.header.length - columns.length)].filter(Boolean);
  return `<div class="scroll" tabindex="0" role="region" ${named("The table")}>
<table class="rows${steps.length > MOST_PINNED ? "" : " pinned"}"><thead><tr>${strips.join("")}<th scope="col"></th>${names.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>${notes.length ? `\n<p class="more">… and ${notes.join(", and ")}</p>` : ""}`;
}

/** The first columns, and any behind them that the answer comes from. */
function shownColumns(program: ProgramDrawing, lines: readonly Line[]): number[] {
  const { header } = program.table;
  const printed = program.answer?.printed?.column;
  return [...header.keys()].filter(
    (column) => column < MOST_COLUMNS || column === printed || looking(program, lines, column).length,
  );
}

/** Steps that look at a column, if the answer depends on them. */
const looking = (program: ProgramDrawing, lines: readonly Line[], index: number): number[] =>
  lines.flatMap(({ column, isUsed }, t) => (isUsed && column && columnsOf(program)[column.index] === index ? [t] : []));

function moreRows({ table, answer }: ProgramDrawing): string {
  const more = table.rows.length - MOST_ROWS;
  if (more <= 0) return "";
  const printed = answer?.printed?.rows.filter((row) => row >= MOST_ROWS).length;
  return `${plural(more, "more row")}${printed ? `, ${printed.toLocaleString("en-US")} of them printed` : ""}`;
}

const moreColumns = (count: number): string => (count > 0 ? plural(count, "more column") : "");

/** Whether texts are numbers, with units or without; what is missing does not count. */
const isOfNumbers = (texts: readonly string[]): boolean => {
  const there = texts.filter((text) => /[\p{L}\d]/u.test(text) && !/^n\/?a$/i.test(text));
  return there.length > 0 && there.every((text) => /^[^\p{L}\d]{0,3}\d[\d.,'\s]*[^\d\s]{0,4}$/u.test(text));
};

const clipped = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${[...text].slice(0, MOST_CHARACTERS).join("")}…` : text;
