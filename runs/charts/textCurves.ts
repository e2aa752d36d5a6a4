import { scaleLinear } from "d3-scale";
import { visible } from "../../bindings/common/visible.js";
import { digits } from "./numbers.js";
import { padded, widestOf, type Paint } from "./paint.js";
import type { SweepReading } from "./readSweep.js";
import { pointsOf, stepsOf, type BandPoint } from "./curveBand.js";
import { valueScale, type ValueScale } from "./valueScale.js";

const LEVELS = "▁▂▃▄▅▆▇█";
const DIM = 2;
const LINE = 36;
const NARROWEST = 16;

/** Medians over steps, a line a setting, all on the same steps and values; nothing if no setting has a curve. */
export function textCurves({ settings, curveMetric }: SweepReading, columns: number, paint: Paint): string[] {
  const drawn = settings.filter(({ curve }) => curve);
  if (!drawn.length) return [];
  const points = drawn.flatMap(({ curve }) => pointsOf(curve));
  const scale = valueScale(points.map(({ median }) => median));
  const [first, last] = stepsOf(points);
  const names = drawn.map(({ name }) => visible(name));
  const ends = drawn.map(({ curve }) => {
    const known = pointsOf(curve);
    return `${digits(known[0]!.median)} → ${digits(known.at(-1)!.median)}`;
  });
  const margin = widestOf(names) + 2;
  const beside = columns - margin - widestOf(ends) - 2;
  const isBeside = beside >= NARROWEST;
  const width = first === last ? 1 : Math.min(isBeside ? beside : columns, 120);
  const head = `Median ${visible(curveMetric)} ${first === last ? `at step ${digits(first)}` : `over steps ${digits(first)} to ${digits(last)}`}, ${scale.kind} from ▁ to █`;
  const without = settings.length - drawn.length;
  return [
    "",
    paint(DIM, head),
    ...drawn.flatMap(({ curve }, i) => {
      const line = paint(LINE, sparkline(pointsOf(curve), scale, [first, last], width));
      return isBeside ? [`${padded(names[i]!, margin)}${line}  ${ends[i]}`] : [names[i]!, line, ends[i]!];
    }),
    ...(without ? [`${without} ${without === 1 ? "setting has" : "settings have"} no curve`] : []),
  ];
}

/** Each column is the point nearest to its step; blank before the first and after the last. */
function sparkline(
  known: readonly BandPoint[],
  scale: ValueScale,
  [from, to]: readonly [number, number],
  width: number,
): string {
  const stepAt = scaleLinear()
    .domain([0, Math.max(1, width - 1)])
    .range([from, to]);
  const half = (to - from) / Math.max(1, width - 1) / 2;
  let [line, next] = ["", 0];
  for (let column = 0; column < width; ++column) {
    const step = stepAt(column);
    const isNearer = (i: number): boolean => Math.abs(known[i]!.step - step) <= Math.abs(known[i - 1]!.step - step);
    while (next + 1 < known.length && isNearer(next + 1)) ++next;
    const isInside = known[0]!.step <= step + half && step - half <= known.at(-1)!.step;
    const level = Math.min(LEVELS.length - 1, Math.floor(scale.at(known[next]!.median) * LEVELS.length));
    line += isInside ? LEVELS[level]! : " ";
  }
  return line;
}
