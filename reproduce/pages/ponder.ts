import { prices } from "../../recipes/adaptiveComputationTime.js";
import { suites } from "../../recipes/suites.js";
import { comparisonHead, comparisonRow, medianCell, shownPair, type Comparison } from "../controls.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page, SystemRow } from "../page.js";
import type { Run } from "../run.js";
import { LOGS } from "./ponderLogs.js";

const AT = [10_000, 30_000, 62_000, 125_000, 250_000];

function about({ options, taskOptions }: Run): string {
  const o = options as Record<string, number | string>;
  const cell = `${o["cell"]} ${o["hiddenSize"]}`;
  const { seed: _, crc32: __, alphabet: ___, ...drawn } = taskOptions;
  const task = Object.entries(drawn)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  return `${"limit" in o ? `ACT, ${cell}, M ${o["limit"]}, τ ${o["timePenalty"]}` : cell}; ${task}`;
}

/** The tables of the tasks of Graves 2016. */
function text(runs: readonly Run[]): string {
  const main = suites["ponder"]!.filter(({ name }) => LOGS[name]).flatMap(({ name }) => bySeed(runs, name));
  const wrong = main.flatMap((run) => {
    const cells = AT.map((step) => {
      const there = run.curve[step];
      return there ? percent(there["sequenceError"]!) : "";
    });
    const last = Object.values(run.curve).at(-1)!;
    const sizes = [run.batch, count(run.parameters), count(run.steps), time(run.seconds)].map(String);
    const ours = [run.experiment, about(run), ...sizes, ...cells, percent(last["sequenceError"]!), ponderOf(last)];
    return [ours, ["", "reference implementation", "", "", "", "", ...LOGS[run.experiment]!, "", ""]];
  });
  const head = ["", "", "batch", "parameters", "updates", "time", ...AT.map(count), "at the end", "ponder"];

  const byDifficulty = main.map((run) => {
    const all = Object.entries(run.tests).filter(([test]) => test.startsWith("difficulty"));
    const row = all.map(([, measured]) =>
      [percent(measured["sequenceError"]!), ponderOf(measured)].filter(Boolean).join(", "),
    );
    const names = all.map(([test]) => test.replace("difficulty ", ""));
    return `**${run.experiment}**\n\n${table(["difficulty", ...names], [["wrong, ponder", ...row]])}\n`;
  });

  const pricedLogic = bySeed(runs, "logic-priced").map((run) => {
    const all = Object.entries(run.tests).filter(([test]) => test.startsWith("difficulty"));
    const row = all.map(([, measured]) =>
      [percent(measured["sequenceError"]!), ponderOf(measured)].filter(Boolean).join(", "),
    );
    const names = all.map(([test]) => test.replace("difficulty ", ""));
    return table(["gates", ...names], [["wrong, ponder", ...row]]);
  });

  const priced = prices
    .flatMap(({ name }) => bySeed(runs, name))
    .map((run) => {
      const { sequenceError, ponder } = run.tests["as trained"]!;
      return [String(run.options["timePenalty"]), count(run.steps), percent(sequenceError!), ponder!.toFixed(2)];
    });

  const texts = ["text-act", "text-lstm"]
    .flatMap((name) => bySeed(runs, name))
    .map((run) => {
      const measured = run.tests["as trained"]!;
      const sizes = [count(run.parameters), count(run.steps), time(run.seconds)];
      return [
        about(run),
        ...sizes,
        measured["bitsPerCharacter"]!.toFixed(3),
        percent(measured["characterError"]!),
        ponderOf(measured),
      ];
    });

  return `# The tasks of the ACT paper

Made by \`npm run reproduce -- ponder\` from what is in docs/results/runs; do not edit. Graves 2016, sections 3.1 to 3.4, in the
reduced sizes of the reference implementation aakhundov/tf-rnn-adaptive where nothing else is said, beside what its
published logs say at as many updates (τ = 1e-4, M = 10, seed 0, Adam with a rate of 1e-3). Numbers are the part of 1,000
fresh sequences with any mistake; "ponder" is the mean number of ponder steps an input.

${table(head, wrong, { texts: 2 })}

## What is harder is pondered longer

Difficulty is the number of entries that are not 0 (parity), of gates in a vector (logic), of digits (addition), of
numbers (sort).

${byDifficulty.join("\n")}
Logic at so low a price ponders up to its limit always. Once it is solved, the same network at a hundred times the price
(τ = 0.01, 15,000 updates more) ponders less where there are fewer gates, and is as right:

${pricedLogic.join("\n")}

## The price of a ponder step

Parity of 16 numbers; a larger τ makes a network ponder less.

${table(["τ", "updates", "wrong", "ponder"], priced)}

## Text

Shakespeare, nine tenths of it to train on and the last twentieth to test; the price is one at which a step more is worth
it at some characters and not at others. \`tapehead run checkpoints/text.safetensors "…"\` draws at which, and
\`tapehead trace\` why.

${table(["", "parameters", "updates", "time", "bits a character", "wrong", "ponder"], texts)}
`;
}

const ponderOf = ({ ponder }: Readonly<Record<string, number>>): string => ponder?.toFixed(2) ?? "";

const compared = (task: string, control: string, asked: string): Comparison => ({
  task,
  asked: `${asked}: wrong sequences`,
  of: [`${task}-act`, `${task}-${control}`],
  names: ["ACT", `${control.toUpperCase()} without`],
  value: ({ tests }) => tests["as trained"]?.["sequenceError"],
  shown: percent,
});

const comparisons: readonly Comparison[] = [
  compared("parity", "rnn", "16 numbers"),
  compared("logic", "lstm", "up to 5 steps of 10 gates"),
  compared("addition", "lstm", "up to 5 numbers of 5 digits"),
  compared("sort", "lstm", "up to 10 numbers"),
];

/** Addition and sorting with as many units as the reference has, beside its logs after as many updates. */
function withAllUnits(runs: readonly Run[]): string {
  const large = comparisons.slice(2).map((each) => ({ ...each, experiment: `${each.task}-act-512` }));
  const ours = large.map((each) => medianCell(runs, each, each.experiment, each.task));
  const logged = large.map(({ experiment }) => LOGS[experiment]![0]!);
  return `Addition and sorting are far from done: 128 units and 10,000 to 30,000 updates here, 512 and 250,000 in the reference
implementation. With its 512 units and 10,000 updates: ${ours.join(", ")}; its logs have ${logged.join(" and ")}.`;
}

function systems(runs: readonly Run[]): SystemRow[] {
  const pairs = comparisons.map((each) => ({ task: each.task, pair: shownPair(runs, each) }));
  const shown = (i: 0 | 1): string => pairs.map(({ task, pair }) => `${task} ${pair[i]}`).join(", ");
  return [
    {
      model: "AdaptiveComputationTime",
      paper: "https://arxiv.org/abs/1603.08983",
      learns: "parity, logic, addition, sorting, text, with as many ponder steps an input as it needs",
      measured: `wrong sequences: ${shown(0)}; without pondering ${shown(1)}`,
    },
  ];
}

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    head: comparisonHead,
    texts: 4,
    rows: ({ runs }) => comparisons.map((each) => comparisonRow(runs, each)),
    note: ({ runs }) => withAllUnits(runs),
  },
  systems: ({ runs }) => systems(runs),
};
