import { percent } from "../alignment/answers.js";
import { named } from "../alignment/labels.js";
import { escape } from "../html.js";
import { toneOf } from "../shade.js";
import { columnName, columnsOf, type ProgramDrawing, type ProgramStep } from "./program.js";
import { pivotName, spokenLine, type Line } from "./step.js";

/** What steps chose among, a row each. */
interface Group {
  readonly title: string;
  readonly names: readonly string[];
  readonly of: (step: ProgramStep) => ArrayLike<number> | undefined;
  readonly part: keyof Omit<Line, "isUsed">;
  /** Why a step has chosen nothing. */
  readonly without: string;
}

/**
 * The distributions as a table: a column for each step, and rows for all that it chose among, operations, columns and
 * numbers. A cell is as dark as it is likely; the most probable one has an outline.
 */
export function choicesOf(program: ProgramDrawing, lines: readonly Line[]): string {
  const { operations, pivots = [], steps } = program;
  const groups: readonly Group[] = [
    { title: "Operations", names: operations, of: (step) => step.operations, part: "operation", without: "" },
    {
      title: "Columns",
      names: columnsOf(program).map((index) => columnName(program, index)),
      of: (step) => step.columns,
      part: "column",
      without: "looks at no column",
    },
    {
      title: pivots.some((pivot) => typeof pivot === "string") ? "Numbers and texts" : "Numbers",
      names: pivots.map(pivotName),
      of: (step) => step.pivots,
      part: "pivot",
      without: "compares nothing",
    },
  ];
  const head = lines.map(
    (line, i) =>
      `<th scope="col" class="s${i + 1}${line.isUsed ? "" : " idle"}" tabindex="0" title="${escape(`step ${i + 1}: ${spokenLine(line)}${line.isUsed ? "" : ", which does not matter"}`)}">${i + 1}</th>`,
  );
  const cell = (group: Group, row: number, t: number): string => {
    const { isUsed, ...line } = lines[t]!;
    const probability = group.of(steps[t]!)?.[row];
    const chosen = line[group.part];
    const step = `s${t + 1}`;
    if (probability === undefined)
      return `<td class="${step} void" title="${escape(`step ${t + 1} ${group.without}`)}"></td>`;
    const value = percent(probability);
    const isBest = chosen?.index === row;
    const classes = [step, toneOf(probability), isBest ? "best" : "", isUsed && chosen ? "" : "idle"];
    const note = chosen ? "" : `, but it ${group.without}`;
    const title = `step ${t + 1}: ${group.names[row]!} ${value}${note}`;
    return `<td class="${classes.filter(Boolean).join(" ")}" style="--w:${rounded(probability)}" title="${escape(title)}"><span>${value}</span></td>`;
  };
  const bodies = groups
    .filter(({ names }) => names.length)
    .map((group) => {
      const rows = group.names.map(
        (name, row) =>
          `<tr><th scope="row" title="${escape(name)}">${escape(name)}</th>${steps.map((_, t) => cell(group, row, t)).join("")}</tr>`,
      );
      return `<tbody>
<tr class="group"><th scope="rowgroup">${group.title}</th><td colspan="${steps.length}"></td></tr>
${rows.join("\n")}
</tbody>`;
    });
  return `<div class="scroll" tabindex="0" role="region" ${named("What each step chose among")}>
<table class="choices"><thead><tr><th scope="col">Step</th>${head.join("")}</tr></thead>
${bodies.join("\n")}</table></div>`;
}

const rounded = (value: number): number => Number(Math.min(Math.max(value, 0), 1).toFixed(3));
