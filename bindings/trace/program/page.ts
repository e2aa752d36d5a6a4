import { percent } from "../alignment/answers.js";
import { factsOf, type ModelDescription } from "../facts.js";
import { frameOf } from "../frame.js";
import { escape, plural } from "../html.js";
import { choicesOf } from "./choices.js";
import { listOf } from "./lines.js";
import { checkProgram, type ProgramAnswer, type ProgramDrawing } from "./program.js";
import { questionIn, questionText } from "./question.js";
import { linesOf } from "./step.js";
import { programStyle } from "./style.js";
import { tableOf } from "./table.js";

/** What a page says of a program. */
export interface ProgramPageOptions {
  /** The model that wrote it. */
  model?: ModelDescription;
  /** Name of the task, for the title. */
  task?: string;
  /** Where the question comes from, in words. Default: nothing is said of it. */
  source?: string;
  /** Facts about the model and where it comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** Below this a model is guessing. */
const SURE = 0.5;
/** Items of an answer that a page says, and characters of a title. */
const MOST_ITEMS = 12;
const LONG = 60;
const LONGEST = 300;
/** Steps beside which there is room for the table. */
const FEW = 8;

/**
 * A program over a table, as a page to look at: an HTML file that needs nothing else, no script either. The question
 * with what of it was read, the distributions over operations, columns and numbers that every step chose from, after
 * Olah & Carter's article, and the table with the rows that every step selects.
 *
 * @throws TypeError, ShapeError, RangeError when parts do not fit each other, or there is more than a page can draw: 64
 * steps, and 10,000 probabilities.
 * @example
 * const html = programPage({
 *   question: [{ text: "how many?" }],
 *   operations: ["count", "print"],
 *   steps: [{ operations: [0.9, 0.1], columns: [1], hasColumn: false }],
 *   table: { header: ["City"], rows: [["Athens"], ["Beijing"]] },
 *   answer: { items: ["2"] },
 *   probability: 0.9,
 * });
 */
export function programPage(program: ProgramDrawing, options: ProgramPageOptions = {}): string {
  checkProgram("programPage", program);
  const { question, read, answer, probability, steps, table } = program;
  const { model, task, source, facts = {} } = options;
  const lines = linesOf(program);
  const name = model?.name ?? "Program";
  const text = questionText(question);
  const isSure = probability >= SURE;
  const title = [name, task, clipped(`“${text}”`), `→ ${clipped(saidOf(answer).text)}`].filter(Boolean).join(" · ");
  const verdict = isSure
    ? `<p class="verdict">probability ${percent(probability)}</p>`
    : `<p class="verdict wrong">not sure: this program has a probability of ${percent(probability)}</p>`;
  const body = `<header>
<p class="eyebrow">${escape(name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}${source ? `, ${escape(source)}` : ""}</p>
<h1${text.length > LONG ? ' class="long"' : ""}>${questionIn(question)}</h1>
${read === undefined ? "" : `<p class="read">Read as: ${escape(read)}</p>`}
<p class="said">→ ${saidOf(answer).html}</p>
${verdict}
</header>
<main${steps.length <= FEW ? ' class="pair"' : ""}>
<section class="panel"><h2>The program</h2>
<p>What each step does, and how likely each part of it was.</p>
${listOf(lines)}
<p>What each step chose among. While it learns a model runs all of it, each as much as it is likely; the answer is that of the most probable.</p>
${choicesOf(program, lines)}</section>
<section class="panel"><h2>The table <small>${plural(table.rows.length, "row")}</small></h2>
<p>At the left a strip for each step: the rows that are selected behind it.</p>
${tableOf(program, lines)}</section>
</main>
<footer>
${legendOf(program)}
<p>Point at a step, tap it, or come to its number with the Tab key: it is lit in all pictures, and shows its numbers.</p>
${factsOf(model, facts)}
</footer>`;
  return frameOf({ title, style: programStyle(steps.length), body });
}

/** What words of the question were taken for. */
const ROLES: Readonly<Record<string, string>> = {
  number: `<span class="word number">a number</span>`,
  column: `<span class="word column">a column</span>`,
  entry: `<span class="word entry">found in the table</span>`,
  ignored: `<span class="word ignored">not read</span>`,
};

/** What colours and outlines mean, of those that are there. */
function legendOf({ question, steps, answer }: ProgramDrawing): string {
  const roles = Object.keys(ROLES).filter((role) => question.some((word) => word.role === role));
  const entries = [
    `0 <span class="ramp"></span> 1, how likely, and how much selected`,
    `<span class="key best"></span>most probable`,
    ...(steps.some(({ isUsed = true, hasColumn = true }) => !isUsed || !hasColumn)
      ? [`<span class="key idle"></span>dimmed: the answer does not depend on it`]
      : []),
    ...(steps.some(({ pivots, selected }) => !pivots || !selected)
      ? [`<span class="key void"></span>a step that compares nothing, or selects no rows`]
      : []),
    ...(answer?.printed ? ["<mark>marked</mark> cells are the answer"] : []),
    ...(roles.length ? [`words: ${roles.map((role) => ROLES[role]!).join(", ")}`] : []),
  ];
  return `<ul class="legend" aria-label="Colours">${entries.map((entry) => `<li>${entry}</li>`).join("")}</ul>`;
}

/** The answer in words. */
function saidOf(answer: ProgramAnswer | undefined): { text: string; html: string } {
  const plainly = (text: string): { text: string; html: string } => ({ text, html: `<i>${text}</i>` });
  if (!answer) return plainly("no answer: the program ends with an operation that gives none");
  const { items } = answer;
  if (!items.length) return plainly("nothing: no row is selected");
  const said = items.slice(0, MOST_ITEMS).map((item) => clipped(item || "(missing)"));
  const more = items.length > MOST_ITEMS ? ` … and ${(items.length - MOST_ITEMS).toLocaleString("en-US")} more` : "";
  return {
    text: said.join(" · ") + more,
    html: said.map((item) => `<b>${escape(item)}</b>`).join(" · ") + more,
  };
}

const clipped = (text: string): string => (text.length > LONGEST ? `${[...text].slice(0, LONGEST).join("")}…` : text);
