import { suites } from "../../recipes/suites.js";
import { comparisonHead, comparisonRow, shownPair, type Comparison } from "../controls.js";
import { bySeed, count, digits, percent, table, time } from "../markdown.js";
import type { Page, SystemRow } from "../page.js";
import type { Run } from "../run.js";

/** What the paper says of a task, and how ours stands beside it. */
const tasks: Readonly<Record<string, { title: string; about: string }>> = {
  "repeat-copy": {
    title: "Repeat copy",
    about: `1 to 10 vectors of 8 bits, 1 to 10 times; "10 x 10" is 10 vectors 10 times. The paper's machine goes on copying
beyond both ranges (its Figure 8), with the end marker in the wrong place beyond ten; its LSTM does not.`,
  },
  "associative-recall": {
    title: "Associative recall",
    about: `2 to 6 items of three 6-bit vectors in training. The paper's machine with a feedforward controller is nearly
perfect up to 12 items and below 1 bit at 15; its LSTM does not get there in a million sequences.`,
  },
  "dynamic-ngrams": {
    title: "Dynamic N-grams",
    about: `200 bits from a random table of 6-grams; the 195 that can be predicted count. "optimal" is the best predictor
that does not know the table, on the same sequences. The paper's machine is slightly better than its LSTM and never
quite optimal.`,
  },
  "priority-sort": {
    title: "Priority sort",
    about: `20 vectors of 8 bits with priorities; the 16 of highest priority, sorted, are wanted back: 128 bits. The paper's
machines are far below its LSTM (its Figure 18), with 8 heads of each kind.`,
  },
};

/** The machine is what has slots. */
const label = ({ options }: Run): string => ("slots" in options ? "Neural Turing Machine" : "LSTM, no memory");

function about({ options }: Run): string {
  const o = options as Record<string, number | string>;
  return "slots" in o
    ? `${o["controller"]} ${o["hiddenSize"]}, ${o["slots"]} x ${o["width"]}, ${o["readHeads"]} + ${o["writeHeads"]} heads`
    : `${o["layers"]} x ${o["hiddenSize"]}`;
}

/** The table of the tasks of Graves et al. 2014. */
function text(runs: readonly Run[]): string {
  const parts = Object.entries(tasks).map(([task, { title, about: said }]) => {
    const of = suites["turing"]!.filter((experiment) => experiment.task === task).flatMap(({ name }) =>
      bySeed(runs, name),
    );
    if (!of.length) return "";
    const tests = [...new Set(of.flatMap((run) => Object.keys(run.tests)))];
    const optimal = of.some(({ tests: t }) => t["as trained"]?.["optimalBits"] !== undefined);
    const head = ["model", "", "seed", "parameters", "rate", "sequences", "time", ...tests];
    const rows = of.map((run) => [
      label(run),
      about(run),
      String(run.seed),
      count(run.parameters),
      run.learningRate,
      count(run.sequences),
      time(run.seconds),
      ...tests.map((test) => (run.tests[test] ? digits(run.tests[test]["cost"]!) : "")),
      ...(optimal ? [digits(run.tests["as trained"]!["optimalBits"]!), excess(run)] : []),
    ]);
    return `## ${title}\n\n${said}\n\n${table(optimal ? [...head, "optimal", "above it"] : head, rows, { texts: 2 })}\n`;
  });
  const machines = [...new Set(runs.map(({ machine }) => machine))].join("; ");
  return `# The tasks of the NTM paper

Made by \`npm run reproduce -- turing\` from what is in docs/results/runs; do not edit. Graves, Wayne & Danihelka 2014,
sections 4.2 to 4.5; copy has [a page of its own](copy.md). Numbers are the cost in bits a sequence, the cross-entropy
of all that is wanted back, over 1,000 fresh sequences, or 200 of those longer than in training. "as trained" draws
lengths as training does. Adam, batches of 16, gradients clipped to a length of 10; times are for one thread of a
machine that did other things too (${machines}).

${parts.filter(Boolean).join("\n")}`;
}

function excess({ tests }: Run): string {
  const { cost, optimalBits } = tests["as trained"]!;
  return `${(100 * (cost! / optimalBits! - 1)).toFixed(1)}%`;
}

const compared = (task: string, asked: string, test: string): Comparison => ({
  task,
  asked: `${asked}: cost in bits a sequence`,
  of: [`${task}-ntm`, `${task}-lstm`],
  names: ["Neural Turing Machine", "LSTM"],
  value: ({ tests }) => tests[test]?.["cost"],
  shown: digits,
});

const comparisons: readonly Comparison[] = [
  compared("repeat-copy", "up to 10 vectors, 10 times", "as trained"),
  compared("associative-recall", "2 to 6 items", "as trained"),
  compared("associative-recall", "15 items, never seen in training", "15 items"),
  {
    ...compared("dynamic-ngrams", "", ""),
    asked: "above the best predictor that does not know the table",
    value: ({ tests }) => {
      const { cost, optimalBits } = tests["as trained"] ?? {};
      return cost && optimalBits ? cost / optimalBits - 1 : undefined;
    },
    shown: percent,
  },
  compared("priority-sort", "16 of 20 vectors, sorted, 128 bits", "as trained"),
];

/** The machine, and the recurrent network that is its control. */
function systems(runs: readonly Run[]): SystemRow[] {
  const pairs = comparisons.map(({ task, ...comparison }) => ({
    task,
    pair: shownPair(runs, { task, ...comparison }),
  }));
  const shown = (task: string, i: 0 | 1): string => pairs.find((one) => one.task === task)!.pair[i];
  const costs = (i: 0 | 1): string =>
    `cross-entropy in bits a sequence: repeat copy ${shown("repeat-copy", i)}, associative recall ${shown("associative-recall", i)}, priority sort ${shown("priority-sort", i)}`;
  return [
    {
      model: "NeuralTuringMachine",
      paper: "https://arxiv.org/abs/1410.5401",
      learns: "to copy, repeat, recall, predict and sort vectors with an external memory",
      measured: costs(0),
    },
    {
      model: "RecurrentNetwork",
      paper: "https://doi.org/10.1162/neco.1997.9.8.1735",
      learns: "the same tasks with hidden state alone (LSTM, GRU, RNN): the control",
      measured: costs(1),
    },
  ];
}

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    head: comparisonHead,
    texts: 4,
    rows: ({ runs }) => comparisons.map((each) => comparisonRow(runs, each)),
  },
  systems: ({ runs }) => systems(runs),
};
