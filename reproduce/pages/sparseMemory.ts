import {
  AT,
  DENSE_ACCESS,
  LONG_RECALL,
  MOST_ITEMS,
  seeds,
  TASKS,
  TIMES,
  type SparseTask,
} from "../../recipes/sparseAccessMemory.js";
import { bySeed, count, digits, median, table } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";

const NAMES: Readonly<Record<SparseTask, string>> = {
  copy: "copy",
  "associative-recall": "associative recall",
  "priority-sort": "priority sort",
};
const KINDS = { sam: "sparse", dam: "dense", dense: "NTM" } as const;
type Kind = keyof typeof KINDS;

const tasks = Object.keys(NAMES) as SparseTask[];
const of = (runs: readonly Run[], task: SparseTask, kind: Kind): Run[] => bySeed(runs, `${task}-${kind}`);

const costs = (runs: readonly Run[], value: (run: Run) => number | undefined): string => {
  const all = runs.map(value).filter((cost): cost is number => cost !== undefined);
  return all.length ? digits(median(all)) : "–";
};

/** The median over seeds, after so many steps and at the end. */
const curves = (runs: readonly Run[]): string =>
  table(
    ["task", "memory", ...AT.map((at) => `${count(at)} steps`), "at the end", "seeds"],
    tasks.flatMap((task) =>
      (Object.keys(KINDS) as Kind[])
        .filter((kind) => of(runs, task, kind).length)
        .map((kind) => {
          const own = of(runs, task, kind);
          const after = (at: number): string => costs(own, ({ curve }) => curve[at]?.["cost"]);
          return [
            NAMES[task],
            KINDS[kind],
            ...AT.map(after),
            costs(own, ({ tests }) => tests["as trained"]?.["cost"]),
            String(own.length),
          ];
        }),
    ),
    { texts: 2 },
  );

const everySeed = (runs: readonly Run[]): string =>
  tasks
    .map((task) => {
      const own = (Object.keys(KINDS) as Kind[]).flatMap((kind) => of(runs, task, kind).map((run) => ({ kind, run })));
      if (!own.length) return "";
      const tests = Object.keys(TASKS[task].tests);
      const rows = own.map(({ kind, run }) => [
        KINDS[kind],
        String(run.seed),
        count(run.parameters),
        count(run.steps),
        run.seconds.toFixed(0),
        ...tests.map((test) => (run.tests[test] ? digits(run.tests[test]["cost"]!) : "–")),
      ]);
      return `### ${NAMES[task]}\n\n${table(["memory", "seed", "parameters", "steps", "seconds", ...tests], rows)}\n`;
    })
    .filter(Boolean)
    .join("\n");

const atEnd = (runs: readonly Run[], kind: Kind): string =>
  tasks
    .filter((task) => of(runs, task, kind).length)
    .map((task) => `${NAMES[task]} ${costs(of(runs, task, kind), ({ tests }) => tests["as trained"]?.["cost"])}`)
    .join(", ");

/** Bits of an answer of the long recall. */
const ANSWER = LONG_RECALL.flags.bits;

const longRecall = (runs: readonly Run[]): string => {
  const own = bySeed(runs, LONG_RECALL.name);
  if (!own.length) return "";
  const tests = Object.keys(LONG_RECALL.tests);
  const rows = own.map((run) => [
    String(run.seed),
    count(run.parameters),
    count(run.steps),
    run.seconds.toFixed(0),
    ...tests.map((test) => {
      const { cost, bitError } = run.tests[test]!;
      return `${digits(cost!)} (${((100 * bitError!) / ANSWER).toFixed(1)}%)`;
    }),
  ]);
  return `
## Ten times as many items

Section 4.3: associative recall by a curriculum, whose longest sequences double once few bits are wrong. Items are vectors of
${ANSWER} bits; one that came before is shown again, and the one behind it is wanted. Trained on ${LONG_RECALL.flags.minItems} to ${MOST_ITEMS} items, and tested on up to
${count(TIMES * MOST_ITEMS)}, with one head that reads ${LONG_RECALL.flags.rowsRead} rows of ${count(LONG_RECALL.flags.slots)}. The cost in bits an answer, of which chance has ${ANSWER}, and the part of the
bits that are wrong, of which chance has 50%; batches of ${LONG_RECALL.flags.batch}. The recipe was found with seed 101.

${table(["seed", "parameters", "steps", "seconds", ...tests], rows)}
`;
};

const text = (runs: readonly Run[]): string => `# Sparse Access Memory

Made by \`npm run reproduce -- sparseMemory\` from what is in docs/results/runs; do not edit. Rae et al. 2016,
arXiv:1610.09027, section 4.2:
[\`SparseAccessMemory\`](../../bindings/systems/sparseAccessMemory/sparseAccessMemory.ts), 4 heads that read 4 rows each of
1,024. Beside it is the paper's control, the same machine with \`access: "dense"\`: the same parameters, equations and settings,
with weights on all of its ${DENSE_ACCESS.slots} rows, so many that no sequence of training needs to erase one a second time. Rows that no step
has touched make no difference to the sparse one. The third is
a Neural Turing Machine of 128 rows with as many heads, which writes by another rule and moves by shifts, too. All have rows of
32 numbers, and an LSTM of 100 units; to sort, the Neural Turing Machine has a feedforward controller, as in its own recipe.

## Which learns sooner

The cost in bits a sequence, the cross-entropy of all that is wanted back, of 1,000 fresh sequences as in training, the
median over seeds. The paper: the sparse one learns to copy as fast as the dense one, and recall and priority sort
faster.

${curves(runs)}

## Every seed

Costs in bits a sequence, over 1,000 fresh sequences, or 200 of those longer than in training. Adam at 0.003, which falls to a
tenth over the second half, batches of 16. Rate and steps were chosen with seed 101 of the sparse one on copy and recall; seeds ${seeds.join(", ")} were
named before their runs. Seconds are those of one thread's processor, for training alone.

${everySeed(runs)}${longRecall(runs)}`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    note: ({ runs }) =>
      `Bits a sequence after training, medians: ${(Object.keys(KINDS) as Kind[])
        .filter((kind) => atEnd(runs, kind))
        .map((kind) => `${KINDS[kind]} ${atEnd(runs, kind)}`)
        .join("; ")}.`,
  },
  systems: ({ runs }) => [
    {
      model: "SparseAccessMemory",
      paper: "https://arxiv.org/abs/1610.09027",
      learns: "copy, recall and priority sort with a memory of which each step touches a few rows",
      measured: `bits a sequence: ${atEnd(runs, "sam")}`,
    },
  ],
};
