/** The script of a page: draws the pictures, and shows the step that one points at. */
import { unpack } from "../pack.js";
import type { HeatPlot, Plot } from "../plots.js";
import type { PageData } from "./data.js";
import { draw, type Picture } from "./picture.js";

const element = <T extends Element>(selector: string): T | null => document.querySelector<T>(selector);
const data = JSON.parse(element("#data")!.textContent!) as PageData;
const { steps, plots, due, words } = data;
const series = new Map(Object.entries(data.series).map(([name, packed]) => [name, { values: unpack(packed), shape: packed.shape }])); // prettier-ignore
const sizeOf = (name: string): number =>
  series
    .get(name)!
    .shape.slice(1)
    .reduce((a, b) => a * b, 1);

const pictures = [...document.querySelectorAll<HTMLElement>("[data-plot]")];
const slider = element<HTMLInputElement>("#step")!;
const dark = matchMedia("(prefers-color-scheme: dark)");

let step = 0;
/** All slots, or those that are in use. */
let [first, last] = data.slots ?? [0, 0];

/** Which rows of a plot are shown. */
const shownRows = (plot: HeatPlot): { from: number; rows: number } =>
  plot.slots ? { from: plot.from + first, rows: last - first + 1 } : plot;

const valueAt = (plot: Plot, time: number, row: number): number =>
  series.get(plot.series)!.values[time * sizeOf(plot.series) + plot.from + row]!;

function pictureOf(plot: HeatPlot): Picture {
  const { from, rows } = shownRows(plot);
  const { values } = series.get(plot.series)!;
  const size = sizeOf(plot.series);
  return {
    columns: steps,
    rows,
    scale: plot.most,
    at(column, row) {
      if (plot.due && !due[column]) return undefined;
      const value = values[column * size + from + (plot.stacked ? rows - 1 - row : row)]!;
      return plot.stacked && value === 0 ? undefined : value;
    },
  };
}

function drawAll(): void {
  plots.forEach((plot, i) => {
    if (plot.kind !== "heat") return;
    const canvas = pictures[i]!.querySelector("canvas")!;
    canvas.parentElement!.style.setProperty("--rows", String(shownRows(plot).rows));
    draw(canvas, pictureOf(plot), dark.matches);
    const note = pictures[i]!.querySelector("[data-slots]");
    if (note) note.textContent = `slots ${first} to ${last}`;
  });
  drawMemory();
}

const memory = series.get("memory");

/** The memory at the step, and beside it where the heads are. */
function drawMemory(): void {
  const canvas = element<HTMLCanvasElement>("#memory");
  if (!memory || !canvas) return;
  const [, slots, width] = memory.shape as [number, number, number];
  const rows = last - first + 1;
  const most = memory.values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  canvas.parentElement!.style.setProperty("--rows", String(rows));
  const at = (column: number, row: number): number => memory.values[(step * slots + first + row) * width + column]!;
  draw(canvas, { columns: width, rows, scale: most, at }, dark.matches);
  for (const [id, name] of [
    ["written", "writeWeights"],
    ["reading", "readWeights"],
  ] as const) {
    // prettier-ignore
    const weights = series.get(name);
    const [, heads, all] = (weights?.shape ?? [0, 0, 0]) as [number, number, number];
    const beside = element<HTMLCanvasElement>(`#${id}`)!;
    const weight = (head: number, row: number): number => weights!.values[(step * heads + head) * all + first + row]!;
    if (heads) draw(beside, { columns: heads, rows, scale: 1, at: weight }, dark.matches);
  }
  element("#memory-step")!.textContent = String(step + 1);
  element("#memory-note")!.textContent = `slots ${first} to ${last}, ±${short(most)}`;
}

const short = (value: number): string => value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const signed = (value: number): string => short(value).replace("-", "−");

/** What a plot says of a step: its value, or where it is highest. */
function saying(plot: Plot): string {
  if (plot.kind === "line") return short(valueAt(plot, step, 0));
  if (plot.stacked) {
    const weights = Array.from({ length: plot.rows }, (_, row) => valueAt(plot, step, row)).filter(
      (weight) => weight > 0,
    );
    return weights.map(short).join(" + ");
  }
  if (!plot.slots && !plot.names) return "";
  let best = 0;
  for (let row = 1; row < plot.rows; ++row) if (valueAt(plot, step, row) > valueAt(plot, step, best)) best = row;
  return `${plot.row} ${plot.names?.[best] ?? best}: ${short(valueAt(plot, step, best))}`;
}

function show(next: number): void {
  step = Math.min(Math.max(next, 0), steps - 1);
  document.documentElement.style.setProperty("--step", String(step));
  slider.value = String(step);
  plots.forEach((plot, i) => (pictures[i]!.querySelector("output")!.textContent = saying(plot)));
  const said = words[step];
  element("#now")!.textContent = `${step + 1} of ${steps}${said ? `: ${said}` : ""}`;
  const heads = plots.flatMap((plot) =>
    plot.kind === "heat" && plot.slots ? [`${plot.title} at ${saying(plot)}`] : [],
  );
  slider.setAttribute("aria-valuetext", [`${step + 1} of ${steps}`, said, ...heads].filter(Boolean).join(", "));
  drawMemory();
}

/** The step under a pointer, and the value, if it is on a heat map. */
function point(plot: Plot, picture: HTMLElement, { clientX, clientY }: PointerEvent): void {
  const { left, top, width, height } = picture.getBoundingClientRect();
  show(Math.floor(((clientX - left) / width) * steps));
  if (plot.kind !== "heat" || clientY < top || clientY >= top + height) return;
  const { from, rows } = shownRows(plot);
  const down = Math.min(rows - 1, Math.floor(((clientY - top) / height) * rows));
  const row = from - plot.from + (plot.stacked ? rows - 1 - down : down);
  if (plot.due && !due[step]) return;
  const name = plot.names?.[row] ?? row;
  picture.closest("[data-plot]")!.querySelector("output")!.textContent = `${plot.row} ${name}: ${signed(valueAt(plot, step, row))}`; // prettier-ignore
}

pictures.forEach((container, i) => {
  const picture = container.querySelector<HTMLElement>(".picture")!;
  const onPoint = (event: PointerEvent): void => point(plots[i]!, picture, event);
  picture.addEventListener("pointermove", onPoint);
  picture.addEventListener("pointerdown", onPoint);
});
slider.addEventListener("input", () => show(Number(slider.value)));
element("#back")!.addEventListener("click", () => show(step - 1));
element("#on")!.addEventListener("click", () => show(step + 1));
element<HTMLInputElement>("#all")?.addEventListener("change", ({ target }) => {
  const isAll = (target as HTMLInputElement).checked;
  [first, last] = isAll ? [0, memory!.shape[1]! - 1] : data.slots!;
  drawAll();
});
addEventListener("keydown", (event) => {
  if (event.target === slider || event.altKey || event.ctrlKey || event.metaKey) return;
  const moves: Record<string, number> = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: steps - 1 };
  if (!(event.key in moves)) return;
  event.preventDefault();
  show(moves[event.key]!);
});
dark.addEventListener("change", drawAll);

drawAll();
const firstDue = due.indexOf(1);
show(firstDue < 0 ? 0 : firstDue);
