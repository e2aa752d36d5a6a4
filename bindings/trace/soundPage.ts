import { factsOf, type ModelDescription } from "./facts.js";
import { frameOf } from "./frame.js";
import { escape } from "./html.js";
import { waveformOf, type SoundDrawing } from "./waveform.js";
import { pictureStyle } from "./style.js";

/** What a page says of it. */
export interface SoundPageOptions {
  readonly model: ModelDescription;
  /** What was listened to, such as the name of a file. */
  readonly input: string;
  /** Name of the task, for the title. */
  readonly task?: string;
  /** Facts about where the model comes from, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Symbols of a page, at most, and seconds of a recording. */
const MOST_SYMBOLS = 200;
const MOST_SECONDS = 60;

/**
 * Where a model listened while it wrote, as Olah & Carter's article draws it: what it wrote above the waveform, with
 * lines to where it listened. A symbol that one points at shows its lines only. An HTML file that needs nothing else, no
 * script either.
 *
 * @throws RangeError when there are more than 200 symbols or 60 s to draw.
 * @example
 * const [answer] = model.run(engine, [recording], { attention: true });
 * const html = soundPage({ ...recording, answer: { ...answer, probability: Math.exp(answer.score) }, seconds: 0.04 }, { model, input: "seven.wav" });
 */
export function soundPage(drawing: SoundDrawing, { model, input, task, facts = {} }: SoundPageOptions): string {
  const { samples, sampleRate, answer } = drawing;
  const seconds = samples.length / sampleRate;
  if (answer.symbols.length > MOST_SYMBOLS || seconds > MOST_SECONDS)
    throw new RangeError(
      `soundPage: there are ${answer.symbols.length} symbols over ${seconds.toFixed(1)} s, and must be at most ` +
        `${MOST_SYMBOLS} over ${MOST_SECONDS} s to be drawn`,
    );
  const said = answer.symbols.join("");
  const probability = `${(100 * answer.probability).toFixed(1)}% probable`;
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${seconds.toFixed(2)} s</p>
<h1>${escape(input)}</h1>
<p class="said">${escape(said) || "nothing"} <small>${probability}</small></p>
</header>
<main>
<section class="panel"><h2>Where it listened</h2>
<p>${
    answer.attention
      ? "What it wrote, above what it heard. A line is as wide as the weight of what was heard there."
      : "The model has no attention: all that it knows of the recording is in its first state."
  }</p>
<div class="scroll" tabindex="0">${waveformOf(drawing)}</div></section>
</main>
<footer>
<p>Point at a letter, tap it, or come to it with the Tab key: only its lines stay, and where it listened is lit.</p>
${factsOf(model, facts)}
</footer>`;
  const title = [model.name, task, input, said].filter(Boolean).join(" · ");
  return frameOf({ title, style: soundStyle(), body });
}

const soundStyle = (): string =>
  `${pictureStyle()}
.sound{display:block;width:max(100%,44rem);height:auto}
.sound text{fill:var(--ink);font-family:inherit;text-anchor:middle}
.sound .letter text{font-size:22px}
.sound .axis text{fill:var(--muted);font-size:12px}
.sound .axis path{stroke:var(--rule);fill:none}
.sound .wave{fill:var(--ink);fill-opacity:.75}
.sound .letter{cursor:pointer;outline:none}
.sound .letter>rect{fill:transparent;rx:5px}
.sound .letter:is(:hover,:focus)>rect{fill:var(--cursor)}
.sound .letter:focus-visible>rect{stroke:var(--accent);stroke-width:2}
.sound .links{pointer-events:none}
.sound .links path{fill:none;stroke:var(--line);stroke-opacity:.7}
.sound .heard{fill:var(--accent);visibility:hidden}
.sound:has(.letter:hover) .letter:not(:hover)>.links,.sound:not(:has(.letter:hover)):has(.letter:focus) .letter:not(:focus)>.links{visibility:hidden}
.sound .letter:hover .heard,.sound:not(:has(.letter:hover)) .letter:focus .heard{visibility:visible}`.trim();
