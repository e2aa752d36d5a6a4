import { EPOCHS, JOINT, ONE, OWN, OWN_TASKS, seeds } from "../../recipes/dynamicMemoryNetwork.js";
import { TASKS } from "../../recipes/endToEndMemoryNetwork.js";
import { bySeed, count, table } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";
import { FAILED } from "../storyErrors.js";
import { storyNames } from "../storyNames.js";

/** Percent of right answers in table 1 of Kumar et al. 2015, with supporting facts. */
const PUBLISHED = [
  100, 98.2, 95.2, 100, 99.3, 100, 96.9, 96.5, 100, 97.5, 99.9, 100, 99.8, 100, 100, 99.4, 59.6, 95.3, 34.5, 100,
] as const;
const PUBLISHED_MEAN = 93.6;

type Joint = keyof typeof JOINT;
/** Those that were trained. */
const jointOf = (runs: readonly Run[]): Joint[] =>
  (Object.keys(JOINT) as Joint[]).filter((name) => bySeed(runs, name).length);

const valueOf = (run: Run | undefined, what: string): number | undefined => run?.tests["test"]?.[what];
const percentOf = (part: number | undefined): string => (part === undefined ? "–" : (100 * part).toFixed(1));
const rightOf = (run: Run | undefined, what: string): string => {
  const wrong = valueOf(run, what);
  return percentOf(wrong === undefined ? undefined : 1 - wrong);
};
const firstOf = (runs: readonly Run[], name: string): Run | undefined => bySeed(runs, name)[0];

function jointTable(runs: readonly Run[]): string {
  const joint = jointOf(runs);
  const all = joint.map((name) => firstOf(runs, name));
  const rows = TASKS.map((task, i) => [
    `${task} ${storyNames[i]!}`,
    ...all.map((run) => rightOf(run, `task ${task}`)),
    String(PUBLISHED[i]),
  ]);
  return table(
    ["task", ...joint.map((name) => JOINT[name].what), "published, with supporting facts"],
    [
      ...rows,
      ["**mean**", ...all.map((run) => rightOf(run, "answerError")), String(PUBLISHED_MEAN)],
      [
        "solved tasks",
        ...all.map((run) => {
          const failed = valueOf(run, "failed");
          return failed === undefined ? "–" : String(TASKS.length - failed);
        }),
        String(PUBLISHED.filter((right) => 100 - right <= 100 * FAILED).length),
      ],
    ],
  );
}

const markedTable = (runs: readonly Run[], joint = jointOf(runs)): string =>
  table(
    ["task", ...joint.map((name) => JOINT[name].what)],
    [1, 2, 3, 5, 16, 19].map((task) => [
      `${task} ${storyNames[task - 1]!}`,
      ...joint.map((name) => percentOf(valueOf(firstOf(runs, name), `marked ${task}`))),
    ]),
  );

const rowsOf = (runs: readonly Run[], names: readonly string[], whatOf: (name: string) => string): string[][] =>
  names.flatMap((name) =>
    bySeed(runs, name).map((run) => [
      whatOf(name),
      String(run.seed),
      count(run.parameters),
      count(run.steps),
      run.seconds.toFixed(0),
      ...["train", "held out", "test"].map((test) => percentOf(run.tests[test]?.["answerError"])),
    ]),
  );

const HEAD = ["model", "seed", "parameters", "steps", "seconds", "wrong in training", "held out", "test"];

const oneTable = (runs: readonly Run[]): string =>
  table(
    HEAD,
    rowsOf(runs, Object.keys(ONE), (name) => ONE[name as keyof typeof ONE].what),
  );

const seedsTable = (runs: readonly Run[]): string =>
  table(
    HEAD,
    rowsOf(runs, jointOf(runs), (name) => JOINT[name as Joint].what),
  );

function ownTable(runs: readonly Run[]): string {
  return table(
    ["task", "seed", "steps", "seconds", "right", "facts found"],
    bySeed(runs, OWN).flatMap((run) =>
      OWN_TASKS.map((task) => [
        `${task} ${storyNames[task - 1]!}`,
        String(run.seed),
        count(run.steps),
        run.seconds.toFixed(0),
        rightOf(run, `task ${task}`),
        percentOf(valueOf(run, `marked ${task}`)),
      ]),
    ),
  );
}

/** Those of the index and of README. */
const SHOWN = ["babi-joint-dmn-facts", "babi-joint-dmn-answers"] as const;

/** "90.1% right and 13 tasks solved (softmax, with supporting facts); …". */
function found(runs: readonly Run[]): string {
  const parts = SHOWN.flatMap((name) => {
    const run = firstOf(runs, name);
    if (!run) return [];
    const solved = TASKS.length - valueOf(run, "failed")!;
    return [`${rightOf(run, "answerError")}% right and ${solved} tasks solved (${JOINT[name].what})`];
  });
  return parts.join("; ") || "not measured yet";
}

const text = (runs: readonly Run[]): string => `# Dynamic memory networks

Made by \`npm run reproduce -- dynamicMemory\` from what is in docs/results/runs; do not edit. Kumar et al. 2015,
arXiv:1506.07285, and DMN+ of Xiong, Merity & Socher 2016, arXiv:1603.01417:
[\`DynamicMemoryNetwork\`](../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.ts), of 3 episodes and, where nothing else is said, 40 units, on
the twenty tasks of bAbI (Weston et al. 2015, arXiv:1502.05698), 1,000 questions of each, English: the first 900 to learn from,
the last 100 held out, and the data set's own 1,000 as tests. A task is solved up to ${100 * FAILED}% of wrong answers. The data
set is no part of this library: \`TAPEHEAD_DATA\` names the folder that has it.

"Gates" is the first paper's network: a gate for each sentence, and GRUs. "Softmax" has DMN+'s attention, its GRU and its memory,
over the facts of the first paper; "DMN+" has its sentences as well. With supporting facts, the cross-entropy of the gates
of episode i against fact i counts as much as that of answers.

## One model for all tasks

Percent of right answers, after ${EPOCHS.all} epochs, or after ${EPOCHS.controls} with gates and with DMN+ where it does not say longer. Dropout of 0.1. The
paper trains a model for each task.

${jointTable(runs)}

${seedsTable(runs)}

### What episodes read

The part of test questions, in percent, in which the widest gate of every episode is for its supporting fact: of the first
for the first, of the second for the second, of the last for any that is left. On the second task, two episodes mark two facts.

${markedTable(runs)}

## The first task alone

${EPOCHS.one} epochs, percent of wrong answers. Seeds ${seeds.one.join(", ")} were named before their runs.

${oneTable(runs)}

## Stories that are made up

With softmax and supporting facts, on stories of the library's own generators, ${EPOCHS.own} epochs; tested on fresh stories, percent.

${ownTable(runs)}

## What was tried

${TRIED}
`;

/** Of seed 101, which no table has. */
const TRIED = `On seed 101: batches of 32 at a rate of 0.001 learn nothing of the first task in ten epochs; with supporting facts,
batches of 8 at 0.002 do. On all tasks, twelve epochs without dropout had 88.3% right with softmax and supporting facts, 86.1%
with gates. Sentences of DMN+ with facts had 82.8% after the first ten of thirty epochs, and a dropout of 0.15 did not learn
faster: both were stopped. From answers alone, DMN+ has learned the second task by heart after 60 epochs, with 36% of the tests
right.

Facts of a GRU over words know nothing of what comes later, so a gate of a sentence by itself cannot tell that somebody has
since moved. That may be why gates find the fact of the first task less often than they answer right; a softmax compares
sentences.`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    note: ({ runs }) =>
      `bAbI, 1,000 questions a task, one model for all twenty: ${found(runs)}; published ${PUBLISHED_MEAN}% right with supporting facts.`,
  },
  systems: ({ runs }) => [
    {
      model: "DynamicMemoryNetwork",
      paper: "https://arxiv.org/abs/1506.07285",
      learns: "questions about stories, and which sentences to read in which order",
      measured: `one model for all tasks, 1,000 questions of each: ${found(runs)}`,
    },
  ],
};
