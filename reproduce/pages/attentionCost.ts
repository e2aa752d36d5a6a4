import { figureSvg } from "../figure.js";
import { count, table } from "../markdown.js";
import type { Page } from "../page.js";
import { studyAttentionCost, type CostRow, type CostStudy } from "../studies/attentionCost.js";

/** Three digits, as people read them. */
const time = (microseconds: number | undefined): string =>
  microseconds === undefined ? "–" : microseconds < 100 ? String(microseconds) : count(Math.round(microseconds));
const bytes = (value: number | undefined): string => (value === undefined ? "–" : count(value));
const times = (value: number): string => (value < 10 ? value.toFixed(1) : count(Math.round(value)));

const rowsTable = ({ rows }: CostStudy): string =>
  table(
    [
      "rows",
      "dense",
      "sparse, from empty",
      "sparse, full",
      "sparse, full, index",
      "tree",
      "compared for a query",
      "of the nearest found",
      "bytes a step keeps: dense",
      "sparse",
    ],
    rows.map((row) => [
      count(row.rows),
      time(row.dense),
      time(row.sparse),
      time(row.full),
      time(row.indexed),
      time(row.tree),
      count(row.compared),
      row.found.toFixed(3),
      bytes(row.denseBytes),
      bytes(row.sparseBytes),
    ]),
    { texts: 0 },
  );

const curve = (name: string, rows: readonly CostRow[], of: (row: CostRow) => number | undefined) => ({
  name,
  points: rows.flatMap((row): [number, number][] => {
    const value = of(row);
    return value === undefined ? [] : [[row.rows, value]];
  }),
});

const figure = ({ rows }: CostStudy): string =>
  figureSvg({
    title: "What a step of attention costs",
    x: "rows of memory, or leaves of the tree",
    y: "microseconds a step",
    curves: [
      curve("dense", rows, ({ dense }) => dense),
      curve("sparse, full", rows, ({ full }) => full),
      curve("sparse, full, index", rows, ({ indexed }) => indexed),
      curve("tree", rows, ({ tree }) => tree),
      curve("sparse, from empty", rows, ({ sparse }) => sparse),
    ],
  });

function summary({ rows }: CostStudy): string {
  const thousand = rows.find((row) => row.rows >= 1024) ?? rows.at(-1)!;
  const [dense, last] = [rows.findLast((row) => row.dense !== undefined)!, rows.at(-1)!];
  return (
    `From ${count(thousand.rows)} to ${count(last.rows)} rows, a step takes ${times(last.sparse / thousand.sparse)} times as ` +
    `long as a memory is in training, ${times(last.indexed / thousand.indexed)} times where all rows are in use and are ` +
    `found by an index, and ${times(last.full / thousand.full)} times where all are compared. At ${count(dense.rows)} rows a ` +
    `dense memory takes ${times(dense.dense! / dense.sparse)} times as long as a sparse one.`
  );
}

const text = (study: CostStudy): string => `# What attention costs

Made by \`npm run reproduce -- attentionCost\` from attentionCost.json; do not edit. One thread of ${study.machine}, batch 1;
microseconds of a step, the least of a few runs, since others were at work on the machine.

![Curves: microseconds a step over rows](attentionCost.svg)

${summary(study)}

${rowsTable(study)}

- **dense**: a step of training of a Neural Turing Machine, whose four heads read and write all rows of 32 numbers, with an
  LSTM of 100 units: a copy of 10 words, over its 22 steps. Backward needs the memory of every step, so it keeps them all.
- **sparse, from empty**: the same of a Sparse Access Memory, whose four heads read 4 rows each. A sequence begins with an
  empty memory, and only rows that are in use are searched, so that those which are not cost nothing.
- **sparse, full**: all rows are in use, with numbers in all directions. Writing, searching all rows and reading, forward and
  backward, without a controller.
- **sparse, full, index**: the same with the rows found by a hierarchical navigable small world (Malkov & Yashunin 2016,
  arXiv:1603.09320), which is kept up to date with every write. Most of the time goes there: up to 20 rows are written in a
  step. So below some hundred thousand rows comparing all is faster. Rows and queries in all directions alike are the hardest
  to find.
- **tree**: an access of a Hierarchical Attentive Memory, down to a leaf and up again, forward alone.

The bytes that a step keeps for backward are beside the rows themselves: by how much more the memory of an engine grows for
72 steps than for 22, which is by pages of 65,536, so to a thousand or so, and without what fits into gaps.
`;

/** Dense, sparse and hierarchical memories side by side. */
export const page: Page = {
  text: ({ study }) => text(study as CostStudy),
  summary: { note: ({ study }) => summary(study as CostStudy) },
  figures: ({ study }) => ({ "attentionCost.svg": figure(study as CostStudy) }),
  study: studyAttentionCost,
};
