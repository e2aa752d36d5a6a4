import type { Asked, Found } from "./asked.js";
import type { QuestionColumn } from "./questionTable.js";

/** Words in front of a name of rows. */
const BEFORE_ROWS = /^(the|of|all|for|a|an)$/;

/** Columns that name rows: "how many cities", "total area of cities", "female passengers". */
export function rowNamesIn({ line, targets }: Asked, found: readonly Found[]): QuestionColumn[] {
  const names: QuestionColumn[] = [];
  for (const i of line.unused("column")) {
    const { column, namesRows } = line.of(i, "column")!;
    const isName = column.kind === "text" || namesRows || /\bids?$/i.test(column.name);
    if (!isName) continue;
    const before = line.at(i - 1);
    // "shipped orders".
    const isFlagged = before?.kind === "column" && before.column.yes !== undefined && !targets.has(i - 1);
    const leads =
      before?.kind === "aggregate" ||
      before?.kind === "entry" ||
      before?.kind === "unknown" ||
      (isFlagged && before.isUsed) ||
      (before?.kind === "function" && BEFORE_ROWS.test(before.word));
    if (!leads || (names.length && !names.includes(column))) continue;
    line.use(i);
    names.push(column);
  }
  for (const i of line.unused("rows")) {
    const isPrinted = found.some(({ target: { aggregate, column } }) => aggregate === "print" && !column);
    if (!isPrinted) line.use(i);
  }
  return names;
}
