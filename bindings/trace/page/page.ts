/** The script of a page: draws the pictures, and shows the step that one points at. */
import { unpack } from "../pack.js";
import type { HeatPlot, Plot } from "../plot.js";
import type { Slots } from "../plots.js";
import type { PageData } from "./data.js";
import { draw, type Picture } from "./picture.js";

const element = <T extends Element>(selector: string): T | null => document.querySelector<T>(selector);
const data = JSON.parse(element("#data")!.textContent!) as PageData;
const { steps, plots, due, words } = data;
const series = new Map(
  Object.entries(data.series).map(([name, packed]) => [name, { values: unpack(packed), shape: packed.shape }]),
);
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
let slots: Slots = data.slots ?? { first: 0, count: 0 };
const slotCount = series.get("writeWeights")?.shape[2] ?? series.get("readWeights")?.shape[2] ?? 0;
const slotAt = (row: number): number => (slots.first + row) % slotCount;

const rowsOf = (plot: HeatPlot): number => (plot.slots ? slots.count : plot.rows);

/** The number of a step that a plot has so many rows from its top. */
function numberAt(plot: HeatPlot, down: number): number {
  if (plot.slots) return slotAt(down);
  return plot.stacked ? plot.rows - 1 - down : down;
}

/** "slots 5 to 9"; behind the last comes the first. */
function slotsInWords(): string {
  const last = slotAt(slots.count - 1);
  return last < slots.first
    ? `slots ${slots.first} to ${slotCount - 1}, 0 to ${last}`
    : `slots ${slots.first} to ${last}`;
}

const valueAt = (plot: Plot, time: number, row: number): number =>
  series.get(plot.series)!.values[time * sizeOf(plot.series) + plot.from + row]!;

function pictureOf(plot: HeatPlot): Picture {
  const { values } = series.get(plot.series)!;
  const size = sizeOf(plot.series);
  return {
    columns: steps,
    rows: rowsOf(plot),
    most: plot.most,
    signed: plot.signed,
    at(column, row) {
      if (plot.due && !due[column]) return undefined;
      const value = values[column * size + plot.from + numberAt(plot, row)]!;
      return plot.stacked && value === 0 ? undefined : value;
    },
  };
}

function drawAll(): void {
  plots.forEach((plot, i) => {
    if (plot.kind !== "heat") return;
    const canvas = pictures[i]!.querySelector("canvas")!;
    canvas.parentElement!.style.setProperty("--rows", String(rowsOf(plot)));
    draw(canvas, pictureOf(plot), dark.matches);
    const note = pictures[i]!.querySelector("[data-slots]");
    if (note) note.textContent = slotsInWords();
  });
  drawMemory();
}

const memory = series.get("memory");
const mostInMemory = memory?.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

/** The memory at the step, and beside it where the heads are. */
function drawMemory(): void {
  const canvas = element<HTMLCanvasElement>("#memory");
  if (!memory || !canvas) return;
  const [, , width] = memory.shape as [number, number, number];
  const rows = slots.count;
  canvas.parentElement!.style.setProperty("--rows", String(rows));
  const at = (column: number, row: number): number => memory.values[(step * slotCount + slotAt(row)) * width + column]!;
  draw(canvas, { columns: width, rows, most: mostInMemory, signed: true, at }, dark.matches);
  const sides = { written: "writeWeights", reading: "readWeights" };
  for (const [id, name] of Object.entries(sides)) {
    const { values, shape } = series.get(name)!;
    const heads = shape[1]!;
    const weight = (head: number, row: number): number => values[(step * heads + head) * slotCount + slotAt(row)]!;
    const beside = element<HTMLCanvasElement>(`#${id}`)!;
    draw(beside, { columns: heads, rows, most: 1, signed: false, at: weight }, dark.matches);
  }
  element("#memory-step")!.textContent = String(step + 1);
  element("#memory-note")!.textContent = `${slotsInWords()}; ±${short(mostInMemory)}`;
}

const short = (value: number): string => value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const signed = (value: number): string => short(value).replace("-", "−");

/** What a plot says of a step: its value, or where it is highest. */
function saying(plot: Plot): string {
  if (plot.kind === "line") return short(valueAt(plot, step, 0));
  if (plot.stacked) {
    const { names } = plot;
    const weights = Array.from({ length: plot.rows }, (_, row) => valueAt(plot, step, row));
    if (!names)
      return weights
        .filter((weight) => weight > 0)
        .map(short)
        .join(" + ");
    return weights.flatMap((weight, row) => (weight < 0.005 ? [] : `${names[row]} ${short(weight)}`)).join(", ");
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
  const row = numberAt(plot, Math.min(rowsOf(plot) - 1, Math.floor(((clientY - top) / height) * rowsOf(plot))));
  if (plot.due && !due[step]) return;
  const name = plot.names?.[row] ?? row;
  picture
    .closest("[data-plot]")!
    .querySelector("output")!.textContent = `${plot.row} ${name}: ${signed(valueAt(plot, step, row))}`;
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
  slots = isAll ? { first: 0, count: slotCount } : data.slots!;
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
