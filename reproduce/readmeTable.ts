import type { Run } from "./perform.js";
import { bySeed, digits, percent, table } from "./markdown.js";
import { LOGS } from "./logs.js";

interface Row {
  readonly task: string;
  readonly asked: string;
  /** Experiments: the machine, and its control. */
  readonly of: readonly [ours: string, control: string];
  readonly names: readonly [ours: string, control: string];
  readonly value: (run: Run) => number | undefined;
  readonly shown: (value: number) => string;
}

const turing = (task: string, asked: string, test: string): Row => ({
  task,
  asked: `${asked}: cost in bits a sequence`,
  of: [`${task}-ntm`, `${task}-lstm`],
  names: ["Neural Turing Machine", "LSTM"],
  value: ({ tests }) => tests[test]?.["cost"],
  shown: digits,
});

const ponder = (task: string, control: string, asked: string): Row => ({
  task,
  asked: `${asked}: wrong sequences`,
  of: [`${task}-act`, `${task}-${control}`],
  names: ["ACT", `${control.toUpperCase()} without`],
  value: ({ tests }) => tests["as trained"]?.["sequenceError"],
  shown: percent,
});

const rows: readonly Row[] = [
  turing("repeat-copy", "up to 10 vectors, 10 times", "as trained"),
  turing("associative-recall", "2 to 6 items", "as trained"),
  turing("associative-recall", "15 items, never seen in training", "15 items"),
  {
    ...turing("dynamic-ngrams", "", ""),
    asked: "above the best predictor that does not know the table",
    value: ({ tests }) => {
      const { cost, optimalBits } = tests["as trained"] ?? {};
      return cost && optimalBits ? cost / optimalBits - 1 : undefined;
    },
    shown: percent,
  },
  turing("priority-sort", "16 of 20 vectors, sorted, 128 bits", "as trained"),
  ponder("parity", "rnn", "16 numbers"),
  ponder("logic", "lstm", "up to 5 steps of 10 gates"),
  ponder("addition", "lstm", "up to 5 numbers of 5 digits"),
  ponder("sort", "lstm", "up to 10 numbers"),
];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** What the README says of the results: a line a task, medians over the seeds. */
export function readmeTable(runs: readonly Run[]): string {
  const cell = ({ value, shown }: Row, experiment: string, name: string): string => {
    const values = bySeed(runs, experiment).flatMap((run) => value(run) ?? []);
    if (!values.length) return "";
    return `${name} **${shown(median(values))}**${values.length > 1 ? ` (${values.length} seeds)` : ""}`;
  };
  const lines = rows.map((row) => [
    row.task.replace("-", " "),
    row.asked,
    cell(row, row.of[0], row.names[0]),
    cell(row, row.of[1], row.names[1]),
  ]);
  const equal = ["addition", "sort"].map((task) => cell(ponder(task, "", ""), `${task}-act-512`, task));
  const logged = ["addition-act-512", "sort-act-512"].map((name) => LOGS[name]![0]!);
  const note = `Addition and sorting are far from done: 128 units and 10,000 to 30,000 updates here, 512 and 250,000 in the reference
implementation. With its 512 units and 10,000 updates: ${equal.join(", ")}; its logs have ${logged.join(" and ")}.`;
  return `${table(["task", "", "", "control"], lines, { texts: 4 })}\n\n${note}`;
}
