import { suites } from "./experiments.js";
import { bySeed, percent, table } from "./markdown.js";
import type { Run } from "./perform.js";
import { columnsOf, tenfold } from "./programmerPage.js";

/** What the README says of models that learn programs: a line an experiment, the best of its seeds and the worst. */
export function readmeProgrammer(runs: readonly Run[]): string {
  const all = suites.programmer.filter(({ task }) => task === "arithmetic").map(({ name }) => bySeed(runs, name));
  const rows = all.flatMap((seeds) => {
    const most = seeds[0]?.taskOptions["maxOperators"] as number | undefined;
    if (most === undefined) return [];
    const test = most === 1 ? "1 operator" : `${most} operators`;
    return [[`expressions of ${test}`, right(seeds, test), right(seeds, tenfold(test)), `${seeds.length}`]];
  });
  const tables = ["table", "table-2", "table-5", "table-text", "table-text-5"].flatMap((name) => {
    const seeds = bySeed(runs, name);
    if (!seeds.length) return [];
    const [columns, ofText] = columnsOf(seeds[0]!).split(" and ") as [string, string?];
    const what = `questions about tables of ${columns} ${columns === "1" ? "column" : "columns"}${ofText ? ` and ${ofText}` : ""}`;
    return [[what, right(seeds, "5 to 15 rows"), right(seeds, "120 rows"), `${seeds.length}`]];
  });
  const asked = suites.programmer
    .filter(({ task, checkpoint }) => task === "table-questions" && checkpoint)
    .map(({ name }) => bySeed(runs, name))
    .filter(({ length }) => length)
    .map((seeds) => {
      const parts = seeds.map(({ tests }) => `**${percent(1 - tests["test"]!["answerError"]!)}**`);
      const what = "questions in words about tables of Wikipedia (34.2% published)";
      return [what, [...new Set(parts)].join(", "), "", `${seeds.length}`];
    });
  const head = [
    "task",
    "exactly right",
    "with numbers 10 times those of training, 20 times in tables of 120 rows",
    "seeds",
  ];
  return table(head, [...rows, ...tables, ...asked], { texts: 3 });
}

/** "**100.0%**" or "**95.0%**, the worst seed 20.0%". */
function right(seeds: readonly Run[], test: string): string {
  const parts = seeds.map(({ tests }) => 1 - tests[test]!["sequenceError"]!);
  const [best, worst] = [Math.max(...parts), Math.min(...parts)].map(percent);
  return best === worst ? `**${best}**` : `**${best}**, the worst seed ${worst}`;
}
