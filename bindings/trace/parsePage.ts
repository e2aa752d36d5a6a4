import { writeTree } from "../parsing/brackets.js";
import { factsOf, type ModelDescription } from "./facts.js";
import { frameOf } from "./frame.js";
import { escape, plural } from "./html.js";
import { pictureStyle } from "./style.js";
import { treeDiagram, treeDiagramStyle, type TreeDrawing } from "./treeDiagram.js";

/** What a page says of a tree. */
export interface ParsePageOptions {
  readonly model: ModelDescription;
  /** Name of the task, for the title. */
  readonly task?: string;
  /** How likely the model thinks that the tree is right, from 0 to 1. */
  readonly probability?: number;
  /** Why the tree is none to rely on, if it is none. */
  readonly refused?: string;
  /** What somebody who reads the tree has to know. */
  readonly notes?: readonly string[];
  /** Facts about where the model comes from, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Words and symbols of a page, at most. */
const MOST_WORDS = 60;
const MOST_SYMBOLS = 400;

/**
 * The tree of a sentence, and where the model looked while it said it: who points at a label or a word sees bars under the
 * words, as high as their weight. An HTML file that needs nothing else, no script either.
 *
 * @throws RangeError when there are more than 60 words or 400 symbols to draw.
 * @example
 * const [parse] = parseSentences(model, engine, [["the", "old", "dog", "barked"]], { attention: true });
 * const html = parsePage(parse, { model });
 */
export function parsePage(
  drawing: TreeDrawing,
  { model, task, probability, refused, notes = [], facts = {} }: ParsePageOptions,
): string {
  const { tree, words, symbols, attention, isWellFormed } = drawing;
  if (words.length > MOST_WORDS || symbols.length > MOST_SYMBOLS) {
    const are = `there are ${plural(words.length, "word")} and ${plural(symbols.length, "symbol")}`;
    throw new RangeError(`parsePage: ${are}, and must be at most ${MOST_WORDS} and ${MOST_SYMBOLS} to be drawn`);
  }
  const sentence = words.join(" ");
  const likely = probability === undefined ? "" : ` <small>${(100 * probability).toFixed(1)}% probable</small>`;
  const looked = !attention
    ? "The model has no attention: all that it knows of the words is in its first state."
    : isWellFormed
      ? "Point at a label or a word, tap it, or come to it with the Tab key: the bars under the words are as high as the weight of what the model read there when it opened that bracket, or said that there is a word."
      : "What the model said is no tree, and this is what it was repaired to: its weights are those of other symbols, and are not shown.";
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${plural(words.length, "word")}</p>
<h1${sentence.length > 60 ? ' class="long"' : ""}>${escape(sentence)}</h1>
<p class="said">${escape(writeTree(tree))}${likely}</p>
${refused === undefined ? "" : `<p class="verdict wrong">refused: ${escape(refused)}</p>`}
</header>
<main>
<section class="panel"><h2>The tree</h2>
<p>${looked}</p>
<div class="scroll" tabindex="0">${treeDiagram(drawing)}</div>
${notes.map((note) => `<p>${escape(note)}</p>`).join("")}</section>
</main>
<footer>
<p>As the model said it: ${escape(symbols.join(" "))}</p>
${factsOf(model, facts)}
</footer>`;
  const title = [model.name, task, sentence].filter(Boolean).join(" · ");
  return frameOf({ title, style: `${pictureStyle()}\n${treeDiagramStyle()}`, body });
}
