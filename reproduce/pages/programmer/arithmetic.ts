import { recipe } from "../../../recipes/arithmeticProgrammer.js";
import { bySeed, count, percent, table, time } from "../../markdown.js";
import type { Run } from "../../run.js";
import { LEARNED, right, wrong } from "./seeds.js";

/** The same test, of numbers ten times as large. */
export const tenfold = (test: string): string => `${test}, tenfold`;

const mostOf = ({ taskOptions }: Run): string => String(taskOptions["maxOperators"]);

/** Programs of arithmetic: a row a seed. */
export function arithmeticSection(runs: readonly Run[]): string {
  const byExperiment = recipe.experiments!.map(({ name }) => bySeed(runs, name)).filter(({ length }) => length);
  const all = byExperiment.flat();
  const tests = [...new Set(all.flatMap((run) => Object.keys(run.tests)))];
  const sizes = tests.filter((test) => tests.includes(tenfold(test)));
  const rows = all.map((run) => [
    `up to ${mostOf(run)}`,
    String(run.seed),
    ...[run.parameters, run.steps, run.sequences].map(count),
    time(run.seconds),
    ...sizes.map((test) => (run.tests[test] ? `${wrong(run, test)}, ${wrong(run, tenfold(test))}` : "")),
  ]);
  const learned = byExperiment.map((seeds) => {
    const longest = Object.keys(seeds[0]!.tests).filter((test) => test.startsWith(`${mostOf(seeds[0]!)} operator`));
    const those = seeds.filter((run) => longest.every((test) => run.tests[test]!["sequenceError"]! <= LEARNED));
    return `${those.length} of ${seeds.length} up to ${mostOf(seeds[0]!)}`;
  });
  const head = ["operators", "seed", "parameters", "updates", "expressions", "time", ...sizes];

  return `## Arithmetic

An expression goes in, a symbol a step, in brackets wherever it has an operator inside; then comes a line of the program
for each of its operators: an operation on two of its numbers, or of the results of the lines before. Numbers have one
decimal, from 1 to 10, and answers are within ±1,000; expressions become longer while the model learns (\`curriculum\` of
\`arithmeticTask\`). A cell has the part of 1,000 fresh expressions of so many operators that is wrong by more than a
thousandth, and of 1,000 whose numbers are ten times as large as any in training, whatever their answers.

${table(head, rows)}

Seeds of which at most ${percent(LEARNED)} of the longest expressions is wrong, of both sizes of numbers: ${learned.join(", ")}.

\`tapehead run checkpoints/arithmetic.safetensors "3 * (4 + 2)"\` shows a program, and \`tapehead trace\` the distributions
over operations and values of which it is the most probable.
`;
}

/** Rows of the summary: an experiment each. */
export const arithmeticRows = (runs: readonly Run[]): string[][] =>
  recipe.experiments!.flatMap(({ name }) => {
    const seeds = bySeed(runs, name);
    if (!seeds.length) return [];
    const most = mostOf(seeds[0]!);
    const test = most === "1" ? "1 operator" : `${most} operators`;
    return [[`expressions of ${test}`, right(seeds, test), right(seeds, tenfold(test)), `${seeds.length}`]];
  });
