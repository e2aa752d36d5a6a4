import type { Run } from "./perform.js";
import { SMALL, suites } from "./experiments.js";
import { bySeed, count, percent, table, time } from "./markdown.js";

/** The tables of models that learn programs. */
export function programmerPage(runs: readonly Run[]): string {
  return `# Neural Programmers

Made by \`npm run reproduce:programmer\` from what is in docs/results/runs; do not edit. Olah & Carter 2016, after
Neelakantan, Le & Sutskever 2015: a controller writes a program, a line a step, and learns it from answers alone. While
it learns, all programs run at once, each with its probability; what is measured here is the most probable one. Times
are those of one thread's processor.

${arithmetic(runs)}
${tables(runs)}

${questions(runs)}`;
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

/** Of the paper, table 1: a model by itself, and that without dropout and weight decay; parts of all questions. */
const PUBLISHED = [
  ["Neural Programmer, one model", "34.2%", "34.2%"],
  ["Neural Programmer without dropout and weight decay", "30.3%", ""],
  ["ensemble of 15", "37.2%", "37.2%"],
  ["semantic parser of Pasupat & Liang 2015", "37.0%", "37.1%"],
  ["baseline of information retrieval", "13.4%", "12.7%"],
] as const;

function questions(runs: readonly Run[]): string {
  const experiments = suites.programmer.filter(({ task }) => task === "table-questions");
  const all = experiments.flatMap(({ name }) => bySeed(runs, name));
  if (!all.length) return "";
  const tests = [...new Set(all.flatMap((run) => Object.keys(run.tests)))];
  const rows = all.map((run) => [
    run.experiment,
    String(run.seed),
    ...[run.options["hiddenSize"] as number, run.parameters, run.steps, run.sequences].map(count),
    time(run.seconds),
    ...tests.map((test) => percent(1 - run.tests[test]!["answerError"]!)),
  ]);
  const { columns, rows: most } = all[0]!.taskOptions as Record<"columns" | "rows", number>;
  const asked = tests.map((test) => count(all[0]!.tests[test]!["sources"]!));
  const head = ["run", "seed", "d", "parameters", "updates", "questions seen", "time", ...tests];

  return `## Questions in words

The model of Neelakantan, Le, Abadi, McCallum & Amodei 2017 (\`TableProgrammer\`) on WikiTableQuestions 1.0.2: questions of
crowd workers about tables of Wikipedia, of which a program of four steps selects rows by fifteen operations, and counts
them or prints their cells. It learns from the answers of split 1's training part, and there from the questions whose
table has at most ${most} rows and ${columns} columns, and whose answer is cells of the table or a number that its rows can
count. A cell has the part of questions that the most probable program answers as the evaluator of WikiTableQuestions
wants it: of all questions of a set, whatever training could have learned of them, where tables of any length are read
whole and columns behind the ${columns}th are not; and of those about small tables, of at most ${SMALL.rows} rows and
${SMALL.columns} columns. "dev" is split 1's other part; "test" is half of the official test, cut by tables, none of which
training has seen (questions: ${tests.map((test, i) => `${test} ${asked[i]}`).join("; ")}). Nothing was chosen by it.

${table(head, rows)}

Published, of all questions of dev and of the whole official test:

${table(["", "dev", "test"], PUBLISHED)}

Theirs has d = 256 and trains for about a day on a GPU, in double precision. Ours is told a little more of a table
([decision 13](../decisions/0013-questions-in-words.md)). Comparisons are hardly used by its programs: of "how many ... more
than 50" they count all rows, or those of a match.

\`tapehead ask table.csv --model checkpoints/table-questions.safetensors "which city was the last?"\` asks about a table
of your own, and shows the program.
`;
}

/** The same test, of numbers ten times as large. */
export const tenfold = (test: string): string => `${test}, tenfold`;

const mostOf = ({ taskOptions }: Run): string => String(taskOptions["maxOperators"]);
const wrong = ({ tests }: Run, test: string): string => percent(tests[test]!["sequenceError"]!);

const IDEAS: Readonly<Record<string, string>> = {
  table: "all of it",
  "table-minimum": "`and` by the minimum, as in the paper, instead of the product",
  "table-at-once": "no curriculum: entries of the same range from the start",
  "table-no-entropy": "no bonus for entropy",
  "table-by-template": "all templates as frequent as each other, instead of all groups",
  "table-any-pivots": "any numbers to compare with, also where they select all rows or none",
  "table-noise": "the paper's way: `and` by the minimum, no curriculum, no bonus, noise on gradients, η = 0.3",
};

function tables(runs: readonly Run[]): string {
  const experiments = suites.programmer.filter(({ task }) => task === "table");
  const all = experiments.map(({ name }) => bySeed(runs, name)).filter(({ length }) => length);
  const isAblation = ([run]: readonly Run[]): boolean => run!.experiment !== "table" && run!.experiment in IDEAS;
  const columns = ["5 to 15 rows", "30 rows", "120 rows"];
  const rows = all
    .filter((seeds) => !isAblation(seeds))
    .flat()
    .map((run) => [
      `${columnsOf(run)}${run.options["operationDropout"] ? ", operations dropped" : ""}`,
      String(run.seed),
      ...[run.parameters, run.steps, run.sequences].map(count),
      time(run.seconds),
      ...columns.map((test) => wrong(run, test)),
    ]);
  const ideas = all
    .filter((seeds) => seeds[0]!.experiment in IDEAS)
    .map((seeds) => [
      IDEAS[seeds[0]!.experiment]!,
      `${seeds.filter(hasLearned).length} of ${seeds.length}`,
      percent(median(seeds.map((run) => run.tests["30 rows"]!["sequenceError"]!))),
    ]);
  const head = ["columns", "seed", "parameters", "updates", "questions", "time", ...columns];
  return `## Tables

A question about a table of numbers, such as \`greater 17.27 and lesser -19.21 count\`, in the paper's 23 templates, and its
answer: a number, or which cells to print. Programs have four steps. Trained on tables of 5 to 15 rows with entries
within ±10; of several columns, questions name those that are meant. Where there are columns of text, a comparison may
also ask for a text, as in \`equal "w3" E and greater 17.27 A count\`, which makes 50 templates; each of these columns holds
five different texts, and in tables of 30 and 120 rows twenty, of which the model knows none: it is told which cells are
the same. A cell has the part of 1,000 fresh questions with a wrong answer, about tables like these, tables of 30 rows with
entries within ±20, and of 120 rows within ±200. A number is right to the first decimal, printed cells if all are.

${table(head, rows)}

What makes seeds succeed, by leaving it out: seeds of which at most ${percent(LEARNED)} is wrong about 30 rows, and the median
seed's wrong answers. Each of them has the same number of updates.

${table(["with", "seeds that learn it", "median wrong"], ideas, { texts: 1 })}

The paper's authors report 1 run of 216 that learns all templates of one column, and 9 of 216 with noise on gradients
(Neelakantan et al. 2015, arXiv:1511.06807, section 4.3).

What is hard is "sum diff count" and "count diff sum". Their answers without the subtraction, the sum or the count alone,
are nearly right, and once the last step has settled for one of them, a subtraction no longer has a gradient. It is found
where what it takes away is more than what is left: where entries are large beside counts for "count diff sum", and where
they are small for "sum diff count". So entries are twice as large at first, then three tenths, and what answers count
is small beside the bonus for entropy until both have been found.
`;
}

/** How many columns a run's tables have, in words. */
export function columnsOf({ taskOptions }: Run): string {
  const { columns, textColumns } = taskOptions as Record<"columns" | "textColumns", number | undefined>;
  return textColumns ? `${columns} and ${textColumns} of text` : String(columns);
}

const hasLearned = ({ tests }: Run): boolean => tests["30 rows"]!["sequenceError"]! <= LEARNED;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
