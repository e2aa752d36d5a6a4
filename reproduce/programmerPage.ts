import type { Run } from "./perform.js";
import { suites } from "./experiments.js";
import { bySeed, count, percent, table, time } from "./markdown.js";

/** The tables of models that learn programs. */
export function programmerPage(runs: readonly Run[]): string {
  return `# Neural Programmers

Made by \`npm run reproduce:programmer\` from what is in docs/results/runs; do not edit. Olah & Carter 2016, after
Neelakantan, Le & Sutskever 2015: a controller writes a program, a line a step, and learns it from answers alone. While
it learns, all programs run at once, each with its probability; what is measured here is the most probable one. Times
are those of one thread's processor.

${arithmetic(runs)}`;
}

/** Up to which part of the longest expressions may be wrong where a seed counts as one that has learned them. */
const LEARNED = 0.01;

function arithmetic(runs: readonly Run[]): string {
  const experiments = suites.programmer.filter(({ task }) => task === "arithmetic");
  const byExperiment = experiments.map(({ name }) => bySeed(runs, name)).filter(({ length }) => length);
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

/** The same test, of numbers ten times as large. */
export const tenfold = (test: string): string => `${test}, tenfold`;

const mostOf = ({ taskOptions }: Run): string => String(taskOptions["maxOperators"]);
const wrong = ({ tests }: Run, test: string): string => percent(tests[test]!["sequenceError"]!);
