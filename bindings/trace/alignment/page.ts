import script from "../page/alignment.ts?script";
import { factsOf, type ModelDescription } from "../facts.js";
import { frameOf } from "../frame.js";
import { escape } from "../html.js";
import { checkAlignment, type Alignment } from "./alignment.js";
import { answersIn, percent, saidOf, type AlignmentAnswer } from "./answers.js";
import { diagramOf } from "./diagram.js";
import { joined } from "./labels.js";
import { matrixOf } from "./matrix.js";
import { planeOf } from "./plane.js";
import { alignmentStyle } from "./style.js";

/** What a page says of an alignment. */
export interface AlignmentPageOptions {
  /** The model that looked there. */
  model?: ModelDescription;
  /** What was said, the best first: with several, the page shows all. Default: nothing is said of it. */
  answers?: readonly AlignmentAnswer[];
  /** What would have been right, in words. Default: not known. */
  wanted?: string;
  /** Name of the task, for the title. */
  task?: string;
  /** What was read, in words, for the title. Default: the sources. */
  input?: string;
  /** Facts about the model and where it comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** From so many symbols on, a picture has a row of its own. */
const MANY = 24;

/**
 * Where a model looked in what it read, as a page to look at: an HTML file that needs nothing else. The line diagram of
 * Olah & Carter's article, in which a symbol that one points at shows its lines only, the matrix of Bahdanau, Cho &
 * Bengio, and for points the plane with the way through them.
 *
 * @throws TypeError, ShapeError, RangeError when parts of the alignment do not fit each other, or there is more of it
 * than a page can draw: 40,000 weights.
 * @example
 * const html = alignmentPage({ sources: ["c", "a", "t"], targets: ["K", "AE", "T"], weights: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] });
 */
export function alignmentPage(alignment: Alignment, options: AlignmentPageOptions = {}): string {
  checkAlignment("alignmentPage", alignment);
  const { sources, targets, points } = alignment;
  const { model, answers = [], wanted, task, input = `“${joined(sources)}”`, facts = {} } = options;
  const [answer] = answers;
  const verdict = answer && verdictOf(answer, wanted);
  const title = [model?.name ?? "Alignment", task, input, answer && `→ ${saidOf(answer)}`].filter(Boolean).join(" · ");
  const isPair = sources.length < MANY && targets.length < MANY;
  const panels = targets.length ? picturesOf(alignment) : [`<section class="panel across"><h2>Nothing was said</h2><p>So there is nothing to align.</p></section>`]; // prettier-ignore
  if (answers.length > 1) panels.push(`<section class="panel across"><h2>Beams</h2>${answersIn(answers)}</section>`);
  const body = `<header>
<p class="eyebrow">${escape(model?.name ?? "Alignment")}${task ? ` on the task <b>${escape(task)}</b>` : ""}</p>
<h1>${escape(input)}</h1>
${answer ? `<p class="said">→ ${escape(saidOf(answer))}</p>` : ""}
${verdict ? `<p class="verdict ${verdict.kind}">${escape(verdict.text)}</p>` : ""}
</header>
<main class="${isPair ? "pair" : ""}">
${panels.join("\n")}
</main>
<footer>
<ul class="legend" aria-label="Colours"><li>0 <span class="ramp"></span> 1, how much was read</li></ul>
${factsOf(model, facts)}
<p>Point at a symbol, tap it, or come to it with the Tab and arrow keys: only its lines stay, with their weights.</p>
</footer>
<script>${script}</script>`;
  return frameOf({ title, style: alignmentStyle(alignment), body });

  function picturesOf(alignment: Alignment): string[] {
    const plane = points
      ? [
          `<section class="panel across"><h2>The plane</h2><p>The way goes through the points in the order they were pointed at. A step shows how much of each point was read, from where the model was.</p>${planeOf(alignment)}</section>`,
        ]
      : [];
    return [
      ...plane,
      `<section class="panel lines"><h2>Where it looked</h2><p>What was said, above what was read. A line is as wide as the weight.</p><div class="scroll">${diagramOf(alignment)}</div></section>`,
      `<section class="panel matrix"><h2>Weights</h2><p>A row is what was said, a column what was read.</p>${matrixOf(alignment)}<output class="now"></output></section>`,
    ];
  }
}

function verdictOf(
  { probability, score, ended = true, right }: AlignmentAnswer,
  wanted: string | undefined,
): { text: string; kind: string } | undefined {
  const parts: string[] = [];
  if (right !== undefined) parts.push(right ? "right" : wanted === undefined ? "wrong" : `wrong, ${wanted} was wanted`);
  if (probability !== undefined) parts.push(`probability ${percent(probability)}`);
  else if (score !== undefined) parts.push(`log probability ${score.toFixed(2).replace("-", "−")}`);
  if (!ended) parts.push("cut off before its end");
  return parts.length
    ? { text: parts.join(", "), kind: right === undefined ? "" : right ? "right" : "wrong" }
    : undefined;
}
