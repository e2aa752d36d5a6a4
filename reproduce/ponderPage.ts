import { LOGS } from "./logs.js";
import type { Run } from "./perform.js";
import { suites } from "./experiments.js";
import { bySeed, count, percent, table, time } from "./markdown.js";

const AT = [10_000, 30_000, 62_000, 125_000, 250_000];

function about({ model, options, taskOptions }: Run): string {
  const o = options as Record<string, number | string>;
  const cell = `${o["cell"]} ${o["hiddenSize"]}`;
  const { seed: _, crc32: __, alphabet: ___, ...drawn } = taskOptions;
  const task = Object.entries(drawn)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  return `${model === "act" ? `ACT, ${cell}, M ${o["limit"]}, τ ${o["timePenalty"]}` : cell}; ${task}`;
}

/** The tables of the tasks of Graves 2016. */
export function ponderPage(runs: readonly Run[]): string {
  const main = suites.ponder.filter(({ name }) => LOGS[name]).flatMap(({ name }) => bySeed(runs, name));
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

  const prices = suites.ponder
    .filter(({ name }) => name.startsWith("parity-price"))
    .flatMap(({ name }) => bySeed(runs, name));
  const priced = prices.map((run) => {
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

Made by \`npm run reproduce:ponder\` from what is in docs/results/runs; do not edit. Graves 2016, sections 3.1 to 3.4, in the
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
