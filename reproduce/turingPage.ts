import type { Run } from "./perform.js";
import { suites } from "./experiments.js";
import { bySeed, count, digits, table, time } from "./markdown.js";

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

const label = (model: string): string => (model === "ntm" ? "Neural Turing Machine" : "LSTM, no memory");

function about({ model, options }: Run): string {
  const o = options as Record<string, number | string>;
  if (model !== "ntm") return `${o["layers"]} x ${o["hiddenSize"]}`;
  return `${o["controller"]} ${o["hiddenSize"]}, ${o["slots"]} x ${o["width"]}, ${o["readHeads"]} + ${o["writeHeads"]} heads`;
}

/** The table of the tasks of Graves et al. 2014. */
export function turingPage(runs: readonly Run[]): string {
  const parts = Object.entries(tasks).map(([task, { title, about: text }]) => {
    const of = suites.turing.filter((experiment) => experiment.task === task).flatMap(({ name }) => bySeed(runs, name));
    if (!of.length) return "";
    const tests = [...new Set(of.flatMap((run) => Object.keys(run.tests)))];
    const optimal = of.some(({ tests: t }) => t["as trained"]?.["optimalBits"] !== undefined);
    const head = ["model", "", "seed", "parameters", "rate", "sequences", "time", ...tests];
    const rows = of.map((run) => [
      label(run.model),
      about(run),
      String(run.seed),
      count(run.parameters),
      run.learningRate,
      count(run.sequences),
      time(run.seconds),
      ...tests.map((test) => (run.tests[test] ? digits(run.tests[test]["cost"]!) : "")),
      ...(optimal ? [digits(run.tests["as trained"]!["optimalBits"]!), excess(run)] : []),
    ]);
    return `## ${title}\n\n${text}\n\n${table(optimal ? [...head, "optimal", "above it"] : head, rows, { texts: 2 })}\n`;
  });
  const machines = [...new Set(runs.map(({ machine }) => machine))].join("; ");
  return `# The tasks of the NTM paper

Made by \`npm run reproduce:turing\` from what is in docs/results/runs; do not edit. Graves, Wayne & Danihelka 2014,
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
