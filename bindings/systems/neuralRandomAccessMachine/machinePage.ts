import { colorScale, mix } from "../../trace/colors.js";
import { factsOf, type ModelDescription } from "../../trace/facts.js";
import { frameOf } from "../../trace/frame.js";
import { escape, plural } from "../../trace/html.js";
import { pictureStyle } from "../../trace/style.js";
import { circuitPicture } from "./circuitPicture.js";
import { circuitText } from "./circuitText.js";
import type { MachineResult, MachineStep } from "./machineRunner.js";

/** A run of a Neural Random-Access Machine, for a page. */
export interface MachineDrawing {
  /** What went in. */
  readonly memory: readonly number[];
  /** What came out, with its trace. */
  readonly result: MachineResult;
  /** What some cells must hold in the end, by address. Default: nothing is known of it. */
  readonly required?: ReadonlyMap<number, number>;
}

/** What a page says of a run. */
export interface MachinePageOptions {
  model: ModelDescription;
  /** What was asked, in words. Default: the memory. */
  asked?: string;
  /** Name of the task, for the title. */
  task?: string;
  /** Facts about where the model comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** Cells of the table, at most: steps times cells. */
const MOST_CELLS = 60_000;
/** Circuits that are drawn, at most. */
const MOST_CIRCUITS = 64;
/** Shades of a probability. */
const SHADES = 8;

/**
 * What a Neural Random-Access Machine does with a memory: the circuit of each step, as figure 4 of Kurach et al. 2016
 * draws it, and memory and registers behind each, as its tables 2 to 6 have them. Of every wire and every value the most
 * probable is shown. An HTML file that needs nothing else, no script either.
 *
 * @throws RangeError when there is no trace, or more than a page can draw: 60,000 cells.
 */
export function machinePage({ memory, result, required }: MachineDrawing, options: MachinePageOptions): string {
  const { model, asked = memory.join(" "), task, facts = {} } = options;
  const { trace: steps } = result;
  if (!steps) throw new RangeError("machinePage: the run has no trace, and must be one with trace: true");
  const cells = steps.length * memory.length;
  if (cells > MOST_CELLS) {
    throw new RangeError(`machinePage: the run has ${cells} cells, and must have at most ${MOST_CELLS} to be drawn`);
  }
  const wrong = required && [...required].filter(([cell, value]) => result.memory[cell] !== value);
  const verdict = wrong
    ? `<p class="verdict ${wrong.length ? "wrong" : "right"}">${
        wrong.length ? `${plural(wrong.length, "cell")} of ${required.size} wrong` : "right"
      }</p>`
    : "";
  const answered = result.memory.join(" ");
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${plural(steps.length, "step")}, ${plural(memory.length, "cell")}</p>
<h1${asked.length > 40 ? ' class="long"' : ""}>${escape(asked)}</h1>
<p class="said">→ ${escape(answered)}</p>
${verdict}
</header>
<main>
<section class="panel"><h2>Circuits</h2>
<p>Of every wire the most probable. Registers before the step are on the left, registers behind it on the right; modules that nothing depends on are left out. Of two wires into a module the first is dashed.</p>
${circuitsOf(steps)}</section>
<section class="panel"><h2>Memory and registers</h2>
<p>Behind each step, of every value the most probable; shaded where it is less so. What has changed is bold${required ? ", cells that count are underlined in the last line" : ""}.</p>
<div class="scroll">${tableOf(memory, steps, required)}</div></section>
</main>
<footer>
<ul class="legend" aria-label="Colours"><li>probability 0 <span class="ramp sure"></span> 1</li></ul>
${factsOf(model, facts)}
</footer>`;
  const title = [model.name, task, asked, `→ ${answered}`].filter(Boolean).join(" · ");
  return frameOf({ title, style: machineStyle(), body });
}

/** Each circuit once, with the steps that it is for. */
function circuitsOf(steps: readonly MachineStep[]): string {
  const byText = new Map<string, number[]>();
  steps.forEach(({ circuit }, t) => {
    const text = circuitText(circuit);
    byText.set(text, [...(byText.get(text) ?? []), t]);
  });
  const figures = [...byText].slice(0, MOST_CIRCUITS).map(([text, all]) => {
    const label = `${all.length === 1 ? "Step" : "Steps"} ${rangesOf(all.map((t) => t + 1))}`;
    return `<figure><figcaption><h3>${label}</h3><code>${escape(text)}</code></figcaption><div class="scroll">${circuitPicture(steps[all[0]!]!.circuit, `circuit of ${label.toLowerCase()}`)}</div></figure>`;
  });
  const left = byText.size - MOST_CIRCUITS;
  return figures.join("\n") + (left > 0 ? `<p>${plural(left, "more circuit")} are not drawn.</p>` : "");
}

/** "1, 3–5". */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range && range[1] + 1 === number) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(", ");
}

function tableOf(
  memory: readonly number[],
  steps: readonly MachineStep[],
  required: ReadonlyMap<number, number> | undefined,
): string {
  const names = steps[0]!.registers.map((_, i) => `r${i + 1}`);
  const head = [
    '<th scope="col">step</th>',
    ...memory.map((_, cell) => `<th scope="col">${cell}</th>`),
    ...names.map((name, i) => `<th scope="col"${i ? "" : ' class="apart"'}>${name}</th>`),
    '<th scope="col" class="apart">stop</th>',
  ];
  const cell = (value: number, probability: number, kinds: readonly (string | false | undefined)[]): string => {
    const all = [`p${Math.round(SHADES * probability)}`, ...kinds].filter(Boolean).join(" ");
    return `<td class="${all}">${value}</td>`;
  };
  const line = (name: string, cells: readonly string[], registers: readonly string[], stop: string): string =>
    `<tr><th scope="row">${name}</th>${cells.join("")}${registers.join("")}<td class="apart">${stop}</td></tr>`;
  const start = line(
    "start",
    memory.map((value) => cell(value, 1, [])),
    names.map((_, i) => cell(0, 1, [!i && "apart"])),
    "",
  );
  const rows = steps.map((step, t) => {
    const before = t ? steps[t - 1]! : { memory, registers: names.map(() => 0) };
    const isLast = t + 1 === steps.length;
    return line(
      String(t + 1),
      step.memory.map((value, i) =>
        cell(value, step.probabilities.memory[i]!, [
          value !== before.memory[i] && "new",
          isLast && required?.has(i) && "due",
          isLast && required?.has(i) && required.get(i) !== value && "wrong",
        ]),
      ),
      step.registers.map((value, i) =>
        cell(value, step.probabilities.registers[i]!, [value !== before.registers[i] && "new", !i && "apart"]),
      ),
      step.stop < 0.005 ? "" : `${Math.round(100 * step.stop)}%`,
    );
  });
  return `<table class="cells"><thead><tr>${head.join("")}</tr></thead><tbody>${[start, ...rows].join("\n")}</tbody></table>`;
}

function machineStyle(): string {
  // The upper half of the scale from sure to not at all, faint enough for text on it.
  const shades = (scheme: "light" | "dark"): string => {
    const { unit } = colorScale(scheme);
    const shade = (i: number): string => `rgb(${mix(unit, 0.3 * (1 - i / SHADES)).join(" ")})`;
    return Array.from({ length: SHADES + 1 }, (_, i) => `--p${i}:${shade(i)}`).join(";");
  };
  const rules = Array.from({ length: SHADES }, (_, i) => `.cells .p${i}{background:var(--p${i})}`);
  return `${pictureStyle()}
:root{${shades("light")}}
@media (prefers-color-scheme:dark){:root{${shades("dark")}}}
.ramp.sure{background:linear-gradient(90deg,var(--p0),var(--p4),var(--panel))}
figure{margin:0 0 1.2rem}
figcaption{margin-bottom:.4rem}
figcaption code{white-space:pre-wrap;color:var(--muted);font-size:.8rem;overflow-wrap:anywhere}
.circuit{display:block;overflow:visible;font:11px/1 system-ui,sans-serif}
.circuit text{fill:var(--ink);text-anchor:middle;dominant-baseline:central}
.circuit rect{fill:var(--panel);stroke:var(--muted)}
.circuit .register rect{fill:var(--ground);stroke:var(--accent)}
.circuit .write rect{stroke:var(--wrong);stroke-width:2}
.circuit .wires path{fill:none;stroke:var(--line);stroke-width:1.5}
.circuit .wires .first{stroke-dasharray:5 3}
.cells{border-collapse:collapse;font:.8rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.cells th{padding:0 .35rem;color:var(--muted);font-weight:400;text-align:right}
.cells td{min-width:1.9em;padding:0 .35rem;text-align:right}
.cells thead th{border-bottom:1px solid var(--rule)}
.cells .apart{border-left:1px solid var(--rule)}
.cells .new{color:var(--accent);font-weight:700}
.cells .due{text-decoration:underline}
.cells .wrong{color:var(--wrong)}
${rules.join("\n")}`.trim();
}
