import type { Page } from "../page.js";
import type { Run } from "../perform.js";
import { arithmeticRows, arithmeticSection } from "./programmer/arithmetic.js";
import { questionRows, questionsSection } from "./programmer/questions.js";
import { tableRows, tablesSection } from "./programmer/tables.js";

/** The tables of models that learn programs. */
function text(runs: readonly Run[]): string {
  return `# Neural Programmers

Made by \`npm run reproduce -- programmer\` from what is in docs/results/runs; do not edit. Olah & Carter 2016, after
Neelakantan, Le & Sutskever 2015: a controller writes a program, a line a step, and learns it from answers alone. While
it learns, all programs run at once, each with its probability; what is measured here is the most probable one. Times
are those of one thread's processor.

${arithmeticSection(runs)}
${tablesSection(runs)}

${questionsSection(runs)}`;
}

export const page: Page = {
  text: ({ runs }) => text(runs),
  readme: {
    block: "programmer",
    head: ["task", "exactly right", "with numbers 10 times those of training, 20 times in tables of 120 rows", "seeds"],
    texts: 3,
    rows: ({ runs }) => [...arithmeticRows(runs), ...tableRows(runs), ...questionRows(runs)],
  },
};
