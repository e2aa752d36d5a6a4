import { suites } from "./experiments.js";
import { bySeed, percent, table } from "./markdown.js";
import type { Run } from "./perform.js";
import { tenfold } from "./programmerPage.js";

/** What the README says of models that learn programs: a line an experiment, the best of its seeds and the worst. */
export function readmeProgrammer(runs: readonly Run[]): string {
  const all = suites.programmer.filter(({ task }) => task === "arithmetic").map(({ name }) => bySeed(runs, name));
  const rows = all.flatMap((seeds) => {
    const most = seeds[0]?.taskOptions["maxOperators"] as number | undefined;
    if (most === undefined) return [];
    const test = most === 1 ? "1 operator" : `${most} operators`;
    return [[`expressions of ${test}`, right(seeds, test), right(seeds, tenfold(test)), `${seeds.length}`]];
  });
  const asked = suites.programmer
    .filter(({ task, checkpoint }) => task === "table-questions" && checkpoint)
    .flatMap(({ name }) => bySeed(runs, name).slice(0, 1));
  for (const { tests } of asked) {
    rows.push(["questions in words about tables of Wikipedia", `**${percent(1 - tests["test"]!["answerError"]!)}** (34.2% published)`, "", "1"]); // prettier-ignore
  }
  return table(["task", "exactly right", "with numbers ten times those of training", "seeds"], rows, { texts: 3 });
}

/** "**100.0%**" or "**95.0%**, the worst seed 20.0%". */
function right(seeds: readonly Run[], test: string): string {
  const parts = seeds.map(({ tests }) => 1 - tests[test]!["sequenceError"]!);
  const [best, worst] = [Math.max(...parts), Math.min(...parts)].map(percent);
  return best === worst ? `**${best}**` : `**${best}**, the worst seed ${worst}`;
}
