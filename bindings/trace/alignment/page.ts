import script from "../page/alignment.ts?script";
import { factsOf, type ModelDescription } from "../facts.js";
import { frameOf } from "../frame.js";
import { escape } from "../html.js";
import { checkAlignment, type Alignment } from "./alignment.js";
import { answersIn, percent, saidOf, signed, type AlignmentAnswer } from "./answers.js";
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
  /** An answer's symbols as one text. Default: characters one after the other, and anything else with gaps. */
  say?: (symbols: readonly string[]) => string;
  /** What would have been right, in words. Default: not known. */
  wanted?: string;
  /** Why the answer is not given, in words, where it is refused. Default: it is not. */
  refused?: string;
  /** Name of the task, for the title. */
  task?: string;
  /** What was read, in words, for the title. Default: the sources. */
  input?: string;
  /** Facts about the model and where it comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** Widest lines, in pixels, that leave room for the matrix beside them, and the most columns it may have there. */
const WIDEST = 540;
const COLUMNS = 14;

/** What the colours are, and how to look closer. */
const HOW_TO_READ = `<ul class="legend" aria-label="Colours"><li>0 <span class="ramp"></span> 1, how much was read</li></ul>
<p>Point at a symbol, tap it, or come to it with the Tab and arrow keys: only its lines stay, with their weights.</p>`;

/** Characters of a heading that it can have in its size, and all that it can have. */
const LONG = 60;
const LONGEST = 300;

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
  const { sources } = alignment;
  const { model, answers = [], say = joined, wanted, refused, task, facts = {} } = options;
  const { input = `“${joined(sources)}”` } = options;
  const [answer] = answers;
  const verdict = answer && verdictOf(answer, wanted, refused);
  const name = model?.name ?? "Alignment";
  const said = answer && `→ ${clipped(saidOf(answer, say))}`;
  const title = [name, task, clipped(input), said].filter(Boolean).join(" · ");
  const { html: pictures, beside } = picturesOf(alignment);
  const beams = `<section class="panel across"><h2>Beams</h2>${answersIn(answers, say)}</section>`;
  const body = `<header>
<p class="eyebrow">${escape(name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}</p>
<h1${input.length > LONG ? ' class="long"' : ""}>${escape(clipped(input))}</h1>
${said ? `<p class="said">${escape(said)}</p>` : ""}
${verdict ? `<p class="verdict ${verdict.kind}">${escape(verdict.text)}</p>` : ""}
</header>
<main${beside ? ' class="pair"' : ""}>
${pictures}
${answers.length > 1 ? beams : ""}
</main>
<footer>
${alignment.targets.length ? HOW_TO_READ : ""}
${factsOf(model, facts)}
</footer>
<script>${script}</script>`;
  return frameOf({ title, style: alignmentStyle(alignment), body });
}

const clipped = (text: string): string => (text.length > LONGEST ? `${[...text].slice(0, LONGEST).join("")}…` : text);

/** The pictures, and whether they fit beside each other on a wide screen. */
function picturesOf(alignment: Alignment): { html: string; beside: boolean } {
  const { sources, targets, points } = alignment;
  if (!targets.length) {
    const html = `<section class="panel"><h2>No outputs</h2><p>There is nothing to align.</p></section>`;
    return { html, beside: false };
  }
  const diagram = diagramOf(alignment);
  const plane = (): string => `<section class="panel points"><h2>In the plane</h2>
<p>The way through the points, in the order they were pointed at. A step has lines to what was read, from where the model was.</p>
${planeOf(alignment)}</section>
`;
  const html = `${points ? plane() : ""}<section class="panel lines"><h2>Where it looked</h2>
<p>Outputs above inputs. A line is as wide as the weight.</p>
<div class="scroll">${diagram.html}</div></section>
<section class="panel matrix"><h2>Weights <output class="now"></output></h2>
<p>A row is an output, a column an input.</p>
${matrixOf(alignment)}</section>`;
  return { html, beside: diagram.width <= WIDEST && sources.length <= COLUMNS };
}

function verdictOf(
  { probability, score, ended = true, right }: AlignmentAnswer,
  wanted: string | undefined,
  refused: string | undefined,
): { text: string; kind: string } | undefined {
  const parts = refused === undefined ? [] : [`refused: ${clipped(refused)}`];
  if (right !== undefined) parts.push(right ? "right" : wanted === undefined ? "wrong" : `wrong, ${wanted} was wanted`);
  if (probability !== undefined) parts.push(`probability ${percent(probability)}`);
  else if (score !== undefined) parts.push(`log probability ${signed(score)}`);
  if (!ended) parts.push("cut off before its end");
  return parts.length
    ? {
        text: parts.join(", "),
        kind: refused !== undefined ? "wrong" : right === undefined ? "" : right ? "right" : "wrong",
      }
    : undefined;
}
