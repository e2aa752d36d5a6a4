import { recipe, SMALL } from "../../../recipes/tableProgrammer.js";
import { bySeed, count, percent, table, time } from "../../markdown.js";
import type { Run } from "../../run.js";

/** Of the paper, table 1: a model by itself, and that without dropout and weight decay; parts of all questions. */
const PUBLISHED = [
  ["Neural Programmer, one model", "34.2%", "34.2%"],
  ["Neural Programmer without dropout and weight decay", "30.3%", ""],
  ["ensemble of 15", "37.2%", "37.2%"],
  ["semantic parser of Pasupat & Liang 2015", "37.0%", "37.1%"],
  ["baseline of information retrieval", "13.4%", "12.7%"],
] as const;

/** Questions in words: a row a seed, beside what is published. */
export function questionsSection(runs: readonly Run[]): string {
  const all = recipe.experiments!.flatMap(({ name }) => bySeed(runs, name));
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

/** Rows of the summary: the experiments that have left a checkpoint. */
export const questionRows = (runs: readonly Run[]): string[][] =>
  recipe
    .experiments!.filter(({ checkpoint }) => checkpoint)
    .map(({ name }) => bySeed(runs, name))
    .filter(({ length }) => length)
    .map((seeds) => {
      const parts = seeds.map(({ tests }) => `**${percent(1 - tests["test"]!["answerError"]!)}**`);
      const what = "questions in words about tables of Wikipedia (34.2% published)";
      return [what, [...new Set(parts)].join(", "), "", `${seeds.length}`];
    });
