import { recipe } from "../../../recipes/neuralProgrammer.js";
import { bySeed, count, percent, table, time } from "../../markdown.js";
import type { Run } from "../../run.js";
import { LEARNED, right, wrong } from "./seeds.js";

const IDEAS: Readonly<Record<string, string>> = {
  table: "all of it",
  "table-minimum": "`and` by the minimum, as in the paper, instead of the product",
  "table-at-once": "no curriculum: entries of the same range from the start",
  "table-no-entropy": "no bonus for entropy",
  "table-by-template": "all templates as frequent as each other, instead of all groups",
  "table-any-pivots": "any numbers to compare with, also where they select all rows or none",
  "table-noise": "the paper's way: `and` by the minimum, no curriculum, no bonus, noise on gradients, η = 0.3",
};

/** What is special in runs of several columns. */
const IDEA_OF: readonly (readonly [holds: (run: Run) => unknown, idea: string])[] = [
  [({ options }) => options["operationDropout"], "operations dropped"],
  [({ taskOptions }) => taskOptions["templates"] === "extended", "extended, from programs"],
];

/** Questions about tables of numbers: a row a seed, and what makes seeds succeed. */
export function tablesSection(runs: readonly Run[]): string {
  const all = recipe.experiments!.map(({ name }) => bySeed(runs, name)).filter(({ length }) => length);
  const isAblation = ([run]: readonly Run[]): boolean => run!.experiment !== "table" && run!.experiment in IDEAS;
  const columns = ["5 to 15 rows", "30 rows", "120 rows"];
  const rows = all
    .filter((seeds) => !isAblation(seeds))
    .flat()
    .map((run) => [
      [columnsOf(run), IDEA_OF.filter(([holds]) => holds(run)).map(([, idea]) => idea)].flat().join(", "),
      String(run.seed),
      ...[run.parameters, run.steps, run.sequences].map(count),
      time(run.seconds),
      ...columns.map((test) => wrong(run, test)),
    ]);
  const ideas = all
    .filter((seeds) => seeds[0]!.experiment in IDEAS)
    .map((seeds) => [
      IDEAS[seeds[0]!.experiment]!,
      `${seeds.filter(hasLearned).length} of ${seeds.length}`,
      percent(median(seeds.map((run) => run.tests["30 rows"]!["sequenceError"]!))),
    ]);
  const head = ["columns", "seed", "parameters", "updates", "questions", "time", ...columns];
  return `## Tables

A question about a table of numbers, such as \`greater 17.27 and lesser -19.21 count\`, in the paper's 23 templates, and its
answer: a number, or which cells to print. Programs have four steps. Trained on tables of 5 to 15 rows with entries
within ±10; of several columns, questions name those that are meant. Where there are columns of text, a comparison may
also ask for a text, as in \`equal "w3" E and greater 17.27 A count\`, which makes 50 templates; each of these columns holds
five different texts, and in tables of 30 and 120 rows twenty, of which the model knows none: it is told which cells are
the same. A cell has the part of 1,000 fresh questions with a wrong answer, about tables like these, tables of 30 rows with
entries within ±20, and of 120 rows within ±200. A number is right to the first decimal, printed cells if all are.

Extended questions are ours: \`mean\`, \`maximum\` and \`minimum\` of a column among the selected rows, and \`not\` in front of
\`equal\`, in 260 templates of up to six steps. Their model learns from the program of each question instead of its
answer, by cross-entropy; it is the one that \`tapehead ask\` uses.

${table(head, rows)}

What makes seeds succeed, by leaving it out: seeds of which at most ${percent(LEARNED)} is wrong about 30 rows, and the median
seed's wrong answers. Each of them has the same number of updates.

${table(["with", "seeds that learn it", "median wrong"], ideas, { texts: 1 })}

The paper's authors report 1 run of 216 that learns all templates of one column, and 9 of 216 with noise on gradients
(Neelakantan et al. 2015, arXiv:1511.06807, section 4.3).

What is hard is "sum diff count" and "count diff sum". Their answers without the subtraction, the sum or the count alone,
are nearly right, and once the last step has settled for one of them, a subtraction no longer has a gradient. It is found
where what it takes away is more than what is left: where entries are large beside counts for "count diff sum", and where
they are small for "sum diff count". So entries are twice as large at first, then three tenths, and what answers count
is small beside the bonus for entropy until both have been found.
`;
}

/** How many columns a run's tables have, in words. */
function columnsOf({ taskOptions }: Run): string {
  const { columns, textColumns } = taskOptions as Record<"columns" | "textColumns", number | undefined>;
  return textColumns ? `${columns} and ${textColumns} of text` : String(columns);
}

const hasLearned = ({ tests }: Run): boolean => tests["30 rows"]!["sequenceError"]! <= LEARNED;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Rows of the summary: an experiment each. */
export const tableRows = (runs: readonly Run[]): string[][] =>
  ["table", "table-2", "table-5", "table-text", "table-text-5"].flatMap((name) => {
    const seeds = bySeed(runs, name);
    if (!seeds.length) return [];
    const [columns, ofText] = columnsOf(seeds[0]!).split(" and ") as [string, string?];
    const what = `questions about tables of ${columns} ${columns === "1" ? "column" : "columns"}${ofText ? ` and ${ofText}` : ""}`;
    return [[what, right(seeds, "5 to 15 rows"), right(seeds, "120 rows"), `${seeds.length}`]];
  });
