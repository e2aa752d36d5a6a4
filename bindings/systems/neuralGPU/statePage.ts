import type { Engine } from "../../engine/engine.js";
import { colorScale, mix } from "../../trace/colors.js";
import { factsOf, type ModelDescription } from "../../trace/facts.js";
import { frameOf } from "../../trace/frame.js";
import { escape, plural } from "../../trace/html.js";
import { pictureStyle } from "../../trace/style.js";
import { symbolText, traceBinary } from "./additionText.js";
import type { NeuralGPU } from "./neuralGPU.js";
import type { SymbolStep } from "./symbolRunner.js";

/** A run of a Neural GPU, for a page. */
export interface StateDrawing {
  /** What went in at each position. */
  readonly input: readonly string[];
  /** The state behind every step, and what would be read off it, as `run` brings it back. */
  readonly steps: readonly SymbolStep[];
  /** A symbol in writing. */
  symbolText(symbol: number): string;
}

/** What a page says of a run. */
export interface StatePageOptions {
  model: ModelDescription & { readonly options: { readonly maps: number } };
  /** What was asked, and what was answered, in words. */
  asked: string;
  answered: string;
  /** Whether that is right. Default: not known. */
  right?: boolean;
  /** Name of the task, for the title. */
  task?: string;
  /** Facts about where the model comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** Cells of all maps, at most: steps times positions times maps. */
const MOST_CELLS = 400_000;
/** Shades on either side of 0. */
const SHADES = 6;
/** Shade of a full 1. */
const FULL = 1;

/**
 * The state of a Neural GPU as it rolls over the steps: what would be read off it behind each, and of each map a diagram
 * with a line for every step and a column for every position, as cellular automata are drawn. An HTML file that needs
 * nothing else, no script either. Of a state with a width its first column is drawn, which is what is read.
 *
 * @throws RangeError when there is more than a page can draw: 400,000 cells.
 */
export function statePage(drawing: StateDrawing, options: StatePageOptions): string {
  const { input, steps } = drawing;
  const { model, asked, answered, right, task, facts = {} } = options;
  const { maps } = model.options;
  const cells = steps.length * input.length * maps;
  if (cells > MOST_CELLS) {
    throw new RangeError(`statePage: the run has ${cells} cells, and must have at most ${MOST_CELLS} to be drawn`);
  }
  const title = [model.name, task, asked, `→ ${answered}`].filter(Boolean).join(" · ");
  const verdict =
    right === undefined ? "" : `<p class="verdict ${right ? "right" : "wrong"}">${right ? "right" : "wrong"}</p>`;
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${plural(steps.length, "step")}</p>
<h1>${escape(asked)}</h1>
<p class="said">→ ${escape(answered)}</p>
${verdict}
</header>
<main>
<section class="panel"><h2>What would be read</h2>
<p>A line for every step, a column for every position; the first line is what goes in, the last the answer.</p>
<div class="scroll">${readingsOf(drawing)}</div></section>
<section class="panel"><h2>The state</h2>
<p>A diagram for every map: downwards the steps, across the positions.</p>
<div class="maps">${Array.from({ length: maps }, (_, map) => mapOf(drawing, map, maps)).join("\n")}</div></section>
</main>
<footer>
<ul class="legend" aria-label="Colours"><li>−1 <span class="ramp signed"></span> 1</li></ul>
${factsOf(model, facts)}
</footer>`;
  return frameOf({ title, style: stateStyle(), body });
}

function readingsOf({ input, steps, symbolText }: StateDrawing): string {
  const line = (name: string, symbols: readonly string[], before: readonly string[] | undefined): string => {
    const cells = symbols.map(
      (symbol, p) => `<td${before && before[p] !== symbol ? ' class="new"' : ""}>${escape(symbol)}</td>`,
    );
    return `<tr><th scope="row">${name}</th>${cells.join("")}</tr>`;
  };
  const read = steps.map(({ symbols }) => symbols.map(symbolText));
  const lines = read.map((symbols, t) => line(String(t + 1), symbols, read[t - 1]));
  return `<table class="readings"><tbody>${[line("in", input, undefined), ...lines].join("\n")}</tbody></table>`;
}

/** One path a shade, of strokes as long as neighbours have the same. */
function mapOf({ input, steps }: StateDrawing, map: number, maps: number): string {
  const length = input.length;
  const paths = new Map<number, string>();
  steps.forEach(({ image }, t) => {
    for (let p = 0; p < length;) {
      const begin = p;
      const shade = shadeOf(image[p * maps + map]!);
      while (p < length && shadeOf(image[p * maps + map]!) === shade) ++p;
      if (shade) paths.set(shade, `${paths.get(shade) ?? ""}M${begin} ${t}h${p - begin}`);
    }
  });
  const drawn = [...paths].map(([shade, d]) => `<path class="${shade < 0 ? "b" : "a"}${Math.abs(shade)}" d="${d}"/>`);
  return `<svg class="map" viewBox="0 -0.5 ${length} ${steps.length}" role="img" aria-label="map ${map}"><title>map ${map}</title>${drawn.join("")}</svg>`;
}

const shadeOf = (value: number): number => Math.round((Math.min(Math.max(value, -FULL), FULL) / FULL) * SHADES);

function stateStyle(): string {
  const shades = (scheme: "light" | "dark"): string => {
    const { above, below } = colorScale(scheme);
    const rule = (name: string, stops: typeof above): string =>
      Array.from({ length: SHADES }, (_, i) => `--${name}${i + 1}:rgb(${mix(stops, (i + 1) / SHADES).join(" ")})`).join(
        ";",
      );
    return `${rule("a", above)};${rule("b", below)};--zero:rgb(${above[0]!.join(" ")})`;
  };
  const strokes = ["a", "b"].flatMap((name) =>
    Array.from({ length: SHADES }, (_, i) => `.${name}${i + 1}{stroke:var(--${name}${i + 1})}`),
  );
  return `${pictureStyle()}
:root{${shades("light")}}
@media (prefers-color-scheme:dark){:root{${shades("dark")}}}
.ramp.signed{background:var(--ramp-signed)}
.readings{border-collapse:collapse;font:.8rem/1.3 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.readings th{padding:0 .6rem 0 0;color:var(--muted);font-weight:400;text-align:right}
.readings td{min-width:1.3em;height:1.3em;padding:0;text-align:center}
.readings .new{color:var(--accent);font-weight:700}
.readings tr:first-child>*,.readings tr:last-child>*{border-block:1px solid var(--rule)}
.maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));gap:.6rem}
.map{width:100%;background:var(--zero);box-shadow:0 0 0 1px var(--edge);shape-rendering:crispEdges}
.map path{fill:none;stroke-width:1}
${strokes.join("\n")}`.trim();
}

/**
 * How a model adds two binary numbers, as a page to look at.
 *
 * @throws SyntaxError, RangeError when the sum cannot be read, or has more than a page can draw.
 * @example
 * const html = additionPage(engine, model, "1011 + 110");
 */
export function additionPage(
  engine: Engine,
  model: NeuralGPU,
  text: string,
  options: Pick<StatePageOptions, "task" | "facts"> = {},
): string {
  const { text: asked, answer, sum, input, trace } = traceBinary(engine, model, text);
  return statePage(
    { input, steps: trace, symbolText },
    { ...options, model, asked, answered: answer, right: answer === sum },
  );
}
