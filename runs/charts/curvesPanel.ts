import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { escape, plural } from "../../bindings/trace/html.js";
import { pointsOf, stepsOf, type BandPoint, type CurveBand } from "./curveBand.js";
import { between, digits } from "./numbers.js";
import type { SettingReading, SweepReading } from "./readSweep.js";
import { spaced, tickLabels } from "./ticks.js";
import { valueScale, type Tick, type ValueScale } from "./valueScale.js";

/** Units of a picture each way; the style sheet stretches it. */
const SIZE = 1000;

interface Axes {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

/** Learning curves: the medians of all settings in one picture, and a picture of each with the band of its quartiles. */
export function curvesPanel({ settings, curveMetric }: SweepReading): string {
  const drawn = settings.filter(({ curve }) => curve);
  if (!drawn.length) return "";
  const scale = valueScale(
    drawn.flatMap(({ curve }) => pointsOf(curve).flatMap(({ lower, median, upper }) => [lower, median, upper])),
  );
  const axes = axesOf(scale, stepsOf(drawn.flatMap(({ curve }) => pointsOf(curve))));
  const without = settings.length - drawn.length;
  const left = without ? ` ${plural(without, "setting")} ${without === 1 ? "has" : "have"} no curve.` : "";
  const all =
    drawn.length > 1 ? `<h3>Medians of all settings</h3>\n${pictureOf(mediansOf(drawn, axes), axes, "all")}\n` : "";
  return `<section class="panel"><h2>Learning curves</h2>
<p>The median ${escape(curveMetric)} of the runs over training steps, with a band from quartile to quartile, on a ${scale.kind} axis, the same for all.${left}</p>
${all}<div class="curves">
${drawn.map((setting) => figureOf(setting, axes)).join("\n")}
</div></section>`;
}

function axesOf(scale: ValueScale, [first, last]: readonly [number, number]): Axes {
  const steps = scaleLinear()
    .domain(first === last ? [first - 1, last + 1] : [first, last])
    .range([0, SIZE]);
  const xTicks = steps.ticks(4).map((step) => ({ at: steps(step) / SIZE, label: digits(step) }));
  return {
    x: (step) => steps(step),
    y: (value) => (1 - scale.at(value)) * SIZE,
    xTicks: first === last ? xTicks.filter(({ at }) => at === 0.5) : xTicks,
    yTicks: spaced(scale.ticks(4)),
  };
}

const isPoint = (point: BandPoint | undefined): boolean => point !== undefined;

const medianPath = (band: CurveBand, { x, y }: Axes): string =>
  line<BandPoint | undefined>()
    .digits(0)
    .defined(isPoint)
    .x((point) => x(point!.step))
    .y((point) => y(point!.median))([...band])!;

const bandPath = (band: CurveBand, { x, y }: Axes): string =>
  area<BandPoint | undefined>()
    .digits(0)
    .defined(isPoint)
    .x((point) => x(point!.step))
    .y0((point) => y(point!.lower))
    .y1((point) => y(point!.upper))([...band])!;

/** Medians of all settings, the best on top and in colour. */
const mediansOf = (drawn: readonly SettingReading[], axes: Axes): string =>
  drawn
    .map(({ name, curve }, i) => {
      const title = `<title>${escape(name)}</title>`;
      return `<path class="${i ? "other" : "line"}" d="${medianPath(curve!, axes)}">${title}</path>`;
    })
    .reverse()
    .join("");

function figureOf({ name, curve }: SettingReading, axes: Axes): string {
  const { step, lower, median, upper } = pointsOf(curve).at(-1)!;
  const said = `${digits(median)} (${between(lower, upper)}) at step ${digits(step)}`;
  const paths = `<path class="band" d="${bandPath(curve!, axes)}"/><path class="line" d="${medianPath(curve!, axes)}"/>`;
  return `<figure><figcaption><h4>${escape(name)}</h4><small>${said}</small></figcaption>
${pictureOf(paths, axes)}</figure>`;
}

/** A picture with its axes. What is in it is hidden from those who do not see it: the caption and the table say it. */
function pictureOf(paths: string, { xTicks, yTicks }: Axes, kind = ""): string {
  const grid = yTicks.map(({ at }) => `M0 ${Math.round((1 - at) * SIZE)}H${SIZE}`).join("");
  const left = yTicks.map(
    ({ at, label }) => `<span style="top:${(100 - 100 * at).toFixed(2)}%">${escape(label)}</span>`,
  );
  return `<div class="picture${kind && ` ${kind}`}"><div class="left" aria-hidden="true">${left.join("")}</div>
<svg viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="${grid}"/>${paths}</svg>
<div class="ticks" aria-hidden="true">${tickLabels(xTicks)}</div></div>`;
}
