import type { Page, SystemRow } from "../page.js";
import type { Run } from "../run.js";
import { arithmeticRows, arithmeticSection } from "./programmer/arithmetic.js";
import { questionRows, questionsSection } from "./programmer/questions.js";
import { tableRows, tablesSection } from "./programmer/tables.js";

/** The tables of models that learn programs. */
function text(runs: readonly Run[]): string {
  return `# Neural Programmers

Made by \`npm run reproduce -- programmer\` from what is in docs/results/runs; do not edit. Olah & Carter 2016, after
Neelakantan, Le & Sutskever 2015: a controller writes a program, a line a step, and learns it from answers alone, but for extended questions. While
it learns, all programs run at once, each with its probability; what is measured here is the most probable one. Times
are those of one thread's processor.

${arithmeticSection(runs)}
${tablesSection(runs)}

${questionsSection(runs)}`;
}

/** The columns of the summary that README shows too. */
function systems(runs: readonly Run[]): SystemRow[] {
  const shown = (rows: readonly (readonly string[])[], of: string): string =>
    rows.find(([what]) => what === of)?.[1] ?? "";
  const expressions = (count: string): string => shown(arithmeticRows(runs), `expressions of ${count}`);
  const tables = (columns: string): string => shown(tableRows(runs), `questions about tables of ${columns}`);
  const [, inWords = "", , seeds = ""] = questionRows(runs)[0] ?? [];
  return [
    {
      model: "ArithmeticProgrammer",
      paper: "https://distill.pub/2016/augmented-rnns/",
      learns: "programs for expressions such as 3 * (4 + 2)",
      measured: `exactly right, best seed: 2 operators ${expressions("2 operators")}; 3 operators ${expressions("3 operators")}`,
    },
    {
      model: "NeuralProgrammer",
      paper: "https://arxiv.org/abs/1511.04834",
      learns: "programs for questions about tables of numbers and texts",
      measured: `exactly right, best seed: 2 columns and 1 of text ${tables("2 columns and 1 of text")}; 3 and 2 of text ${tables("3 columns and 2 of text")}; extended questions, from programs ${tables("2 columns and 2 of text")}`,
    },
    {
      model: "TableProgrammer",
      paper: "https://arxiv.org/abs/1611.08945",
      learns: "programs for questions in words about tables of Wikipedia",
      measured: `right, ${seeds} seeds: ${inWords} (34.2% published)`,
    },
  ];
}

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    head: ["task", "exactly right", "with numbers 10 times those of training, 20 times in tables of 120 rows", "seeds"],
    texts: 3,
    rows: ({ runs }) => [...arithmeticRows(runs), ...tableRows(runs), ...questionRows(runs)],
  },
  systems: ({ runs }) => systems(runs),
};
