import script from "./page/page.ts?script";
import type { Judgement } from "./answers.js";
import { factsOf, type ModelDescription } from "./facts.js";
import { frameOf } from "./frame.js";
import { visible } from "../common/visible.js";
import { escape, plural, scriptJSON, short } from "./html.js";
import { pack, type Packed } from "./pack.js";
import type { PageData } from "./page/data.js";
import { linePath, marks } from "./paths.js";
import { sizeOf, type HeatPlot, type LinePlot, type Plot, type Section, type SeriesOf } from "./plot.js";
import { sectionsOf, slotsInUse, type Slots } from "./plots.js";
import { styleSheet } from "./style.js";

/** A character that goes with steps. */
export interface Label {
  readonly text: string;
  /** The first step that it goes with. */
  readonly step: number;
  /** How many. Default: 1. */
  readonly steps?: number;
  readonly wrong?: boolean;
}

/** Characters above the inputs, and below the outputs. */
export interface Labels {
  inputs?: Label[];
  outputs?: Label[];
}

/** What is known when all has been computed. */
export interface Run {
  readonly model: ModelDescription;
  readonly steps: number;
  readonly series: SeriesOf;
  readonly due: ArrayLike<number>;
  readonly judgement: Judgement | undefined;
  readonly kind: "bits" | "numbers" | "classes";
  /** Names of a series' numbers. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly task: string | undefined;
  readonly input: string | undefined;
  readonly labels: Labels;
  readonly facts: Readonly<Record<string, string>>;
}

/** The whole page. */
export function pageOf(run: Run): string {
  const { model, steps, series, due, judgement, task, input } = run;
  const dueSteps = Array.from({ length: steps }, (_, step) => (due[step] ? 1 : 0));
  const hasDue = dueSteps.includes(0);
  const sections = sectionsOf(series, {
    wrong: judgement?.wrong,
    hasDue,
    areNumbers: run.kind === "numbers",
    rows: run.rows,
  });
  const plots = sections.flatMap(({ groups }) => groups.flatMap((group) => group.plots));
  const memory = ["memory", "writeWeights", "readWeights"].every((name) => series.has(name));
  const slotCount = (series.get("writeWeights") ?? series.get("readWeights"))?.shape[2];
  const slots = slotCount === undefined ? undefined : slotsInUse(series, slotCount);
  const shown = new Set([...plots.map((plot) => plot.series), ...(memory ? ["memory"] : [])]);
  const packed: Record<string, Packed> = {};
  for (const name of shown) packed[name] = pack(series.get(name)!, { changes: name === "memory" });
  const data: PageData = { steps, series: packed, plots, due: dueSteps, words: wordsOf(run), ...(slots && { slots }) };
  const verdict = verdictOf(run);
  const title = [model.name, task, input, verdict.text].filter(Boolean).join(" · ");
  let count = 0;
  const html = sections.map((section) => sectionOf(section, run, () => count++, hasDue)).join("\n");
  const style = `:root{--steps:${steps};--step:0}
${styleSheet()}
@container frame (max-width:${Math.max(steps * 6, 1)}px){.characters{display:none}}`;
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}</p>
<h1>${input ? escape(input) : "One sequence"}</h1>
<p class="verdict ${verdict.kind}">${escape(verdict.text)}</p>
</header>
<form class="stepper">
<label for="step">Step</label>
<button type="button" id="back" aria-label="One step back" title="One step back (←)">‹</button>
<input id="step" type="range" min="0" max="${steps - 1}" value="0" step="1">
<button type="button" id="on" aria-label="One step on" title="One step on (→)">›</button>
<output id="now" for="step"></output>
</form>
<main${memory ? ' class="wide"' : ""}>
<div class="sections">
${html}
</div>
${memory ? memoryPanel(run, slots!) : ""}
</main>
<footer>
${legend(plots, hasDue, judgement)}
${factsOf(model, run.facts)}
<p>Time runs to the right. Point at a step, drag, or use the arrow keys.</p>
</footer>
<noscript>The pictures are drawn by a script in this page. Allow it to run to see them.</noscript>
<script type="application/json" id="data">${scriptJSON(data)}</script>
<script>${script}</script>`;
  return frameOf({ title, style, body });
}

const NOUNS = { bits: "bit", numbers: "number", classes: "answer" } as const;

function verdictOf({ judgement, kind, steps }: Run): { text: string; kind: string } {
  if (!judgement) return { text: plural(steps, "step"), kind: "" };
  const noun = NOUNS[kind];
  const { wrong, due: asked } = judgement;
  const text = wrong.length ? plural(wrong.length, `wrong ${noun}`) : `no wrong ${noun}`;
  return { text: `${text} in ${asked.toLocaleString("en-US")}`, kind: wrong.length ? "wrong" : "right" };
}

/** Every step in words, for those who do not see the pictures, too. */
function wordsOf({ steps, due, judgement, kind, labels }: Run): string[] {
  const noun = NOUNS[kind];
  const at = (all: readonly Label[] | undefined, step: number): string | undefined =>
    all?.find((label) => step >= label.step && step < label.step + (label.steps ?? 1))?.text;
  return Array.from({ length: steps }, (_, step) => {
    const parts: string[] = [];
    const [given, answered] = [at(labels.inputs, step), at(labels.outputs, step)];
    if (given !== undefined) parts.push(`in “${visible(given)}”`);
    if (answered !== undefined) parts.push(`out “${visible(answered)}”`);
    if (judgement && due[step]) {
      const wrong = judgement.wrong.filter(([at]) => at === step).length;
      parts.push(wrong ? plural(wrong, `wrong ${noun}`) : "all right");
    }
    return parts.join(", ");
  });
}

function sectionOf({ title, groups }: Section, run: Run, next: () => number, hasDue: boolean): string {
  const isFirst = title === "Inputs and outputs";
  const rows = groups.map(({ title: name, plots }) => {
    const heading = name ? `<h3 class="group">${escape(name)}</h3>` : "";
    return heading + plots.map((plot) => plotOf(plot, run, next(), isFirst, Boolean(name))).join("\n");
  });
  return `<section class="panel"><h2>${escape(title)}</h2>
<div class="plots">
${rows.join("\n")}
${axisOf(run, isFirst && hasDue)}
<div class="cursor-layer" aria-hidden="true"><div class="cursor"></div></div>
</div></section>`;
}

function plotOf(plot: Plot, run: Run, index: number, isFirst: boolean, isInGroup: boolean): string {
  const name = isInGroup ? "h4" : "h3";
  const { note, body } = plot.kind === "heat" ? heatOf(plot, run) : lineOf(plot, run);
  // What was pondered is read off the inputs above it.
  const isGiven = (isFirst && plot.series === "inputs") || plot.series === "halting";
  const above = isGiven ? charactersOf(run.labels.inputs, run.steps) : "";
  const below = isFirst && plot.series === "outputs" ? charactersOf(run.labels.outputs, run.steps) : "";
  return `<div class="plot ${plot.kind}" data-plot="${index}"><${name}>${escape(plot.title)} <small>${note}</small><output></output></${name}>
<div class="frame">${above}${body}${below}</div></div>`;
}

function heatOf(plot: HeatPlot, { steps }: Run): { note: string; body: string } {
  const range =
    plot.most === 1 && !plot.signed ? "" : plot.signed ? `±${short(plot.most)}` : `0 to ${short(plot.most)}`;
  const rows = plot.names
    ? `${plot.names.join(", ")} from the ${plot.stacked ? "bottom" : "top"}`
    : plot.slots
      ? `<span data-slots></span>`
      : plural(plot.rows, plot.row);
  const notes = [plot.note && escape(plot.note), rows, range].filter(Boolean).join(", ");
  const label = `${plot.title}: a heat map of ${plural(plot.rows, plot.row)} over ${plural(steps, "step")}`;
  const crosses = plot.wrong?.length
    ? `<svg class="marks" viewBox="0 0 ${steps} ${plot.rows}" preserveAspectRatio="none" aria-hidden="true"><path d="${marks(plot.wrong)}"/></svg>`
    : "";
  const kind = plot.stacked ? " stack" : plot.names ? " few" : plot.slots ? " slots" : plot.rows > 16 ? " many" : "";
  return {
    note: notes,
    body: `<div class="picture${kind}" style="--rows:${plot.rows}"><canvas role="img" aria-label="${escape(label)}"></canvas>${crosses}</div>`,
  };
}

function lineOf(plot: LinePlot, { series, steps }: Run): { note: string; body: string } {
  const values = series.get(plot.series)!;
  const size = sizeOf(values);
  const data = Array.from({ length: steps }, (_, step) => values.data[step * size + plot.from]!);
  const label = `${plot.title}, from ${short(data.reduce((a, b) => Math.min(a, b)))} to ${short(data.reduce((a, b) => Math.max(a, b)))}`;
  return {
    note: [plot.note && escape(plot.note), plot.most === 1 && plot.note ? "" : `0 to ${short(plot.most)}`]
      .filter(Boolean)
      .join(", "),
    body: `<div class="picture line"><svg viewBox="0 0 ${steps} 1" preserveAspectRatio="none" role="img" aria-label="${escape(label)}"><path d="${linePath(data, plot.most)}"/></svg></div>`,
  };
}

function charactersOf(labels: readonly Label[] | undefined, steps: number): string {
  if (!labels?.length) return "";
  const spans = labels.map(({ text, step, steps: count = 1, wrong }) => {
    const place = `left:${percent(step / steps)};width:${percent(count / steps)}`;
    return `<${wrong ? "mark" : "span"} style="${place}">${escape(text)}</${wrong ? "mark" : "span"}>`;
  });
  return `<div class="characters" aria-hidden="true">${spans.join("")}</div>`;
}

/** Steps, and where answers are due. */
function axisOf({ steps, due }: Run, hasDue: boolean): string {
  const every =
    [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000].find((tick) => steps / tick <= 10) ??
    Math.ceil(steps / 10);
  const ticks: string[] = [];
  for (let step = 0; step < steps; step += step ? every : Math.max(1, every - 1))
    ticks.push(`<span style="left:${percent((step + 0.5) / steps)}">${step + 1}</span>`);
  const spans: string[] = [];
  for (let begin = 0; hasDue && begin < steps;) {
    let end = begin;
    while (end < steps && Boolean(due[end]) === Boolean(due[begin])) ++end;
    if (due[begin])
      spans.push(
        `<span class="due" style="left:${percent(begin / steps)};width:${percent((end - begin) / steps)}">${(end - begin) * 10 > steps ? "answers are due" : ""}</span>`,
      );
    begin = end;
  }
  return `<div class="axis" aria-hidden="true"><span class="name">step</span><div class="ticks">${ticks.join("")}</div></div>
${spans.length ? `<div class="axis" aria-hidden="true"><span></span><div class="ticks">${spans.join("")}</div></div>` : ""}`;
}

function memoryPanel({ series }: Run, { count }: Slots): string {
  const [, slots, width] = series.get("memory")!.shape as [number, number, number];
  const isPart = count < slots;
  const toggle = isPart ? `<label class="toggle"><input type="checkbox" id="all"> all ${slots} slots</label>` : "";
  return `<aside class="panel memory" aria-labelledby="memory-title"><h2 id="memory-title">Memory <small>after step <output id="memory-step">1</output></small></h2>
<div class="matrix">
<span class="head">written</span><span class="head">${slots} × ${width}</span><span class="head">read</span>
<canvas id="written" role="img" aria-label="Write weightings at this step"></canvas>
<canvas id="memory" role="img" aria-label="The memory at this step, a row a slot"></canvas>
<canvas id="reading" role="img" aria-label="Read weightings at this step"></canvas>
</div>
<p class="below"><span id="memory-note"></span>${toggle}</p></aside>`;
}

function legend(plots: readonly Plot[], hasDue: boolean, judgement: Judgement | undefined): string {
  const heats = plots.filter((plot) => plot.kind === "heat");
  const entries = [`<li>0 <span class="ramp"></span> 1, or the most that is noted</li>`];
  if (heats.some(({ signed }) => signed))
    entries.push(`<li>− <span class="ramp signed"></span> +, with 0 in the middle</li>`);
  if (judgement?.wrong.length)
    entries.push(
      `<li><svg class="mark" viewBox="0 0 1 1" aria-hidden="true"><path d="${marks([[0, 0]])}"/></svg> wrong</li>`,
    );
  if (hasDue) entries.push(`<li><span class="blank"></span> no answer is due</li>`);
  return `<ul class="legend" aria-label="Colours">${entries.join("")}</ul>`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(3))}%`;
