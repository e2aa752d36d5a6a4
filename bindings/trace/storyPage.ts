import { shown } from "../common/shown.js";
import type { StoryAnswer } from "../tasks/babi/storyAnswers.js";
import { factsOf, type ModelDescription } from "./facts.js";
import { frameOf } from "./frame.js";
import { escape, plural } from "./html.js";
import { inks, shadeStyle, toneOf } from "./shade.js";
import { pictureStyle } from "./style.js";

/** A question about a story, and its answer. */
export interface StoryDrawing {
  /** Sentences, oldest first. */
  readonly story: readonly string[];
  readonly question: string;
  readonly answer: StoryAnswer;
  /** The right answer. Default: nothing is known of it. */
  readonly expected?: string;
  /** Indices of the sentences that it follows from, which are marked. */
  readonly support?: readonly number[];
}

/** What a page says of an answer. */
export interface StoryPageOptions {
  readonly model: ModelDescription;
  /**
   * Columns: "hop", of attention over sentences and empty places, "episode", of a gate for each sentence, or "fact", of one
   * sentence each. Default: "hop".
   */
  readonly unit?: "hop" | "episode" | "fact";
  /** Name of the task, for the title. */
  readonly task?: string;
  /** Facts about where the model comes from, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** The heading of columns, the line below it, and the name of the parts that a column shows. */
const KINDS = {
  hop: ["What each hop reads", "Attention over the memory, which adds up to 100% in each column.", "attention"],
  episode: [
    "What each episode reads",
    "Gates of the episodes: how much of each sentence goes into what an episode remembers.",
    "gate",
  ],
  fact: [
    "Which sentences are read",
    "One sentence in each column, chosen by the question and the facts to the left; none behind the last fact.",
    "chosen",
  ],
} as const;

/** Sentences of a page, at most. */
const MOST_SENTENCES = 2000;

/**
 * What each hop, episode or fact reads of a story, as figure 2 of Sukhbaatar et al. 2015, arXiv:1503.08895, draws it: sentences
 * downwards, hops across, and the attention of each in colour. An HTML file that needs nothing else, no script either.
 *
 * @throws RangeError when the story has more than 2,000 sentences, or the unit is another.
 * @example
 * const answer = model.answer(engine, story, question);
 * const html = storyPage({ story, question, answer }, { model });
 */
export function storyPage(drawing: StoryDrawing, { model, unit = "hop", task, facts = {} }: StoryPageOptions): string {
  const { story, question, expected, support = [] } = drawing;
  const { answer, probability, attention, forgotten } = drawing.answer;
  if (story.length > MOST_SENTENCES) {
    throw new RangeError(
      `storyPage: the story has ${plural(story.length, "sentence")}, and must have at most ${MOST_SENTENCES} to be drawn`,
    );
  }
  if (!Object.hasOwn(KINDS, unit)) {
    throw new RangeError(
      `storyPage: unit is ${shown(unit)}, and must be one of ${Object.keys(KINDS).map(shown).join(", ")}`,
    );
  }
  const isRight = answer === expected;
  const verdict = isRight ? "right" : `wrong: it is ${expected}`;
  const heads = attention.map((_, i) => `<th scope="col">${unit} ${i + 1}</th>`).join("");
  const rows = story.map((sentence, i) => {
    const cells = attention.map((hop) => cellOf(hop[i]!));
    const classes = [...(support.includes(i) ? ["support"] : []), ...(i < forgotten ? ["forgotten"] : [])];
    const row = classes.length ? ` class="${classes.join(" ")}"` : "";
    return `<tr${row}><th scope="row">${escape(sentence)}</th>${cells.join("")}</tr>`;
  });
  const rest = attention.map((hop) => cellOf(Math.max(0, 1 - hop.reduce((sum, part) => sum + part, 0))));
  const empty = `<tr class="empty"><th scope="row">places that are empty</th>${rest.join("")}</tr>`;
  const [heading, above, what] = KINDS[unit];
  const lost = forgotten ? ` The first ${plural(forgotten, "sentence")}, in grey, no longer had room in it.` : "";
  const marked = support.length ? `<li><b class="dot">●</b> what the answer follows from</li>` : "";
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${plural(story.length, "sentence")}</p>
<h1${question.length > 40 ? ' class="long"' : ""}>${escape(question)}</h1>
<p class="said">${escape(answer)} <small>${percent(probability)} probable</small></p>
${expected === undefined ? "" : `<p class="verdict ${isRight ? "right" : "wrong"}">${escape(verdict)}</p>`}
</header>
<main>
<section class="panel"><h2>${heading}</h2>
<p>${above}${lost}</p>
<div class="scroll" tabindex="0"><table class="story"><thead><tr><td></td>${heads}</tr></thead>
<tbody>${[...rows, ...(unit === "hop" ? [empty] : [])].join("\n")}</tbody></table></div></section>
</main>
<footer>
<ul class="legend" aria-label="Colours"><li>${what} 0 <span class="ramp"></span> 1</li>${marked}</ul>
${factsOf(model, facts)}
</footer>`;
  const title = [model.name, task, question, answer].filter(Boolean).join(" · ");
  return frameOf({ title, style: storyStyle(), body });
}

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;

function cellOf(part: number): string {
  const tone = toneOf(part);
  return `<td class="hop${tone && tone !== "none" ? ` ${tone}` : ""}" style="--w:${part.toFixed(3)}">${percent(part)}</td>`;
}

const storyStyle = (): string =>
  `${pictureStyle()}
${inks}
.story{border-collapse:separate;border-spacing:2px}
.story th{font-weight:400;text-align:left;padding:.15rem .8rem .15rem 0}
.story thead th{color:var(--muted);font-size:.8rem;text-align:center;padding:0 .3rem}
.story .hop{min-width:4.2rem;padding:.15rem .4rem;text-align:center;border-radius:3px;font-size:.85rem}
${shadeStyle(".story .hop")}
.support th::before,.dot{content:"●";color:var(--accent)}
.support th::before{margin-right:.4em}
.forgotten th,.empty th{color:var(--muted)}
.empty th{font-style:italic}
@media (max-width:40rem){.story .hop{min-width:3.2rem;padding:.15rem .1rem;font-size:.75rem}.story th{padding-right:.4rem;font-size:.85rem}}`.trim();
