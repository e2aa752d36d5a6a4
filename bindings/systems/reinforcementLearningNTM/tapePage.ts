import type { Engine } from "../../engine/engine.js";
import { factsOf } from "../../trace/facts.js";
import { frameOf } from "../../trace/frame.js";
import { escape, plural } from "../../trace/html.js";
import { pictureStyle } from "../../trace/style.js";
import type { Head } from "./moves.js";
import type { ReinforcementLearningNTM } from "./reinforcementLearningNTM.js";
import type { TapeStep } from "./tapeRunner.js";
import { parseTape, symbolText, textOf } from "./tapeText.js";
import type { TapeTaskOptions } from "./tapeTask.js";

/** What a page says besides. */
export interface TapePageOptions {
  /** Options of the task: they say what a text means, and what is right. */
  task: Required<TapeTaskOptions>;
  /** Facts about where the model comes from, by name. */
  facts?: Readonly<Record<string, string>>;
}

/** Steps that a page draws, at most. */
const MOST_STEPS = 400;
/** Side of a cell, in the units of the picture. */
const SIDE = 22;
/** Room for what stands on a tape, beside its cells. */
const LABELS = 30;

/**
 * Where a machine's heads go, as figure 2 of Zaremba & Sutskever 2015 draws it: steps across, cells of a tape downwards,
 * and the way of each head. An HTML file that needs nothing else, no script either.
 *
 * @throws SyntaxError when the text is no input of the task, RangeError when the run has more than 400 steps.
 * @example
 * const html = tapePage(engine, model, "cabd", { task: task.options });
 */
export function tapePage(
  engine: Engine,
  model: ReinforcementLearningNTM,
  text: string,
  { task, facts = {} }: TapePageOptions,
): string {
  const { input, target } = parseTape(text, task);
  const [run] = model.run(engine, [input], { trace: true });
  const { symbols, ended } = run!;
  const steps = run!.steps!;
  if (steps.length > MOST_STEPS) {
    throw new RangeError(
      `tapePage: the run has ${steps.length} steps, and must have at most ${MOST_STEPS} to be drawn`,
    );
  }
  const written = (all: readonly number[]): string => textOf(all, task.symbols);
  const asked = written(input);
  const answered = `${written(symbols)}${ended ? "" : " …"}`;
  const isRight = ended && written(symbols) === written(target.slice(0, -1));
  const name = (symbol: number): string => symbolText(symbol, task.symbols);
  const outputs = Math.max(1, ...steps.map(({ positions }) => positions.output! + 1));
  const panels = [
    panel("Input", "What stands on the tape, and where its head is at each step.", {
      steps,
      head: "input",
      cells: rowsOf(steps, "input", Math.max(input.length + 1, 1)),
      label: (cell) => name(input[cell] ?? 0),
    }),
    ...(model.machine.memory
      ? [
          panel("Memory", "Cells by number; dark where what a cell holds is large.", {
            steps,
            head: "memory",
            cells: rowsOf(steps, "memory", 1),
            label: String,
            shade: (step, cell) => norm(step.memory, cell, model),
          }),
        ]
      : []),
    panel("Output", "A symbol where one is put out, and the head goes on.", {
      steps,
      head: "output",
      cells: Array.from({ length: outputs }, (_, cell) => cell),
      label: (cell) => String(cell + 1),
      put: (step) => (step.put === null ? undefined : name(step.put)),
    }),
  ];
  const body = `<header>
<p class="eyebrow">${escape(model.name)} on the task <b>${escape(task.transformation)}</b>, ${plural(steps.length, "step")}</p>
<h1>${escape(asked)}</h1>
<p class="said">→ ${escape(answered)}</p>
<p class="verdict ${isRight ? "right" : "wrong"}">${isRight ? "right" : ended ? "wrong" : "it came to no end"}</p>
</header>
<main>
${panels.join("\n")}
</main>
<footer>${factsOf(model, facts)}</footer>`;
  return frameOf({ title: `${model.name} · ${asked} → ${answered}`, style: tapeStyle(), body });
}

interface Panel {
  readonly steps: readonly TapeStep[];
  readonly head: Head;
  /** Numbers of the cells that are drawn, from the top. */
  readonly cells: readonly number[];
  readonly label: (cell: number) => string;
  /** How dark a cell is at a step, from 0 to 1. */
  readonly shade?: (step: TapeStep, cell: number) => number;
  /** What stands in the head's cell. */
  readonly put?: (step: TapeStep) => string | undefined;
}

/** The first cells, and all that the head comes to. */
function rowsOf(steps: readonly TapeStep[], head: Head, least: number): number[] {
  const cells = new Set(Array.from({ length: least }, (_, cell) => cell));
  for (const { positions } of steps) cells.add(positions[head]!);
  return [...cells].sort((a, b) => a - b);
}

function panel(title: string, about: string, { steps, head, cells, label, shade, put }: Panel): string {
  const [width, height] = [LABELS + steps.length * SIDE, cells.length * SIDE + 16];
  const middle = (at: number): number => at * SIDE + SIDE / 2;
  const x = (t: number): number => LABELS + t * SIDE;
  const labels = cells.map(
    (cell, row) => `<text class="label" x="${LABELS - 8}" y="${middle(row)}">${escape(label(cell))}</text>`,
  );
  const shades = steps.flatMap((step, t) =>
    cells.map((cell, row) => {
      const dark = shade?.(step, cell) ?? 0;
      return dark > 0.01
        ? `<rect class="shade" x="${x(t)}" y="${row * SIDE}" width="${SIDE}" height="${SIDE}" opacity="${dark.toFixed(2)}"/>`
        : "";
    }),
  );
  const places = steps.map(({ positions }, t) => ({ x: x(t) + SIDE / 2, y: middle(cells.indexOf(positions[head]!)) }));
  // Around the ends of a tape, which are joined, nothing is drawn.
  const isNext = (t: number): boolean => t > 0 && Math.abs(places[t]!.y - places[t - 1]!.y) <= SIDE;
  const way = places.map(({ x, y }, t) => `${isNext(t) ? "L" : "M"}${x} ${y}`).join("");
  const heads = places.map(({ x, y }, t) => {
    const text = put?.(steps[t]!);
    const where = `step ${t + 1}: ${title.toLowerCase()}, cell ${cells.indexOf(steps[t]!.positions[head]!) + 1}`;
    const dot = `<circle class="head${put && text === undefined ? " idle" : ""}" cx="${x}" cy="${y}" r="${text === undefined ? 5 : 9}"><title>${where}</title></circle>`;
    return text === undefined ? dot : `${dot}<text class="put" x="${x}" y="${y}">${escape(text)}</text>`;
  });
  const every = Math.max(1, Math.ceil(steps.length / 20));
  const ticks = steps.map((_, t) =>
    t % every ? "" : `<text class="tick" x="${x(t) + SIDE / 2}" y="${height - 3}">${t + 1}</text>`,
  );
  const grid = `<rect class="grid" x="${LABELS}" y="0" width="${steps.length * SIDE}" height="${cells.length * SIDE}"/>`;
  return `<section class="panel"><h2>${title}</h2><p>${about}</p>
<div class="scroll" tabindex="0"><svg class="tape" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}: the head's way over ${plural(steps.length, "step")}">
${grid}${shades.join("")}${labels.join("")}<path class="way" d="${way}"/>${heads.join("")}${ticks.join("")}
</svg></div></section>`;
}

/** Length of what a cell holds, squashed to below 1. */
function norm(memory: Float32Array, cell: number, { options, machine }: ReinforcementLearningNTM): number {
  const width = machine.memory ? memory.length / options.memoryCells : 0;
  const squares = memory.subarray(cell * width, (cell + 1) * width).reduce((sum, value) => sum + value * value, 0);
  const length = Math.sqrt(squares);
  return length / (1 + length);
}

const tapeStyle = (): string =>
  `${pictureStyle()}
.tape{display:block;font:.8rem/1 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.tape text{dominant-baseline:central;text-anchor:middle;fill:var(--ink)}
.tape .label{text-anchor:end;fill:var(--muted)}
.tape .tick{dominant-baseline:auto;fill:var(--muted);font-size:.65rem}
.tape .grid{fill:none;stroke:var(--edge)}
.tape .shade{fill:var(--line)}
.tape .way{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round;opacity:.6}
.tape .head{fill:var(--accent);stroke:var(--panel);stroke-width:1.5}
.tape .idle{fill:var(--panel);stroke:var(--muted)}
.tape .put{fill:var(--panel);font-weight:700}`.trim();
