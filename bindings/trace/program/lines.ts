import { percent } from "../alignment/answers.js";
import { escape } from "../html.js";
import type { Chosen, Line } from "./step.js";

/** The program as one reads it, and beside each line how likely its parts were. */
export function listOf(lines: readonly Line[]): string {
  const items = lines.map((line, i) => {
    const { operation, column, pivot, isUsed } = line;
    const parts = [operation, column, pivot].filter((part): part is Chosen => part !== undefined);
    const said = [
      `<b>${escape(operation.name)}</b>`,
      ...(column ? [`<span class="column">${escape(column.name)}</span>`] : []),
      ...(pivot ? [`<span class="number">${escape(pivot.name)}</span>`] : []),
    ];
    const note = isUsed
      ? parts.map(({ probability }) => percent(probability)).join(" × ")
      : "the answer does not depend on it";
    return `<li class="s${i + 1}${isUsed ? "" : " idle"}"><span>${said.join(" ")}</span> <small>${note}</small></li>`;
  });
  return `<ol class="lines">
${items.join("\n")}
</ol>`;
}
