import { escape } from "../../bindings/trace/html.js";
import { between, digits, percent, percents } from "./numbers.js";
import type { SettingReading } from "./readSweep.js";
import type { ValueScale } from "./valueScale.js";

/** Dots that come closer to each other than this part of the axis are stacked. */
const NEAR = 0.012;
/** Pixels: radius of a dot, and what two stacked ones are apart, if they have the room. */
const RADIUS = 3;
const APART = 5;
const LEAST_HEIGHT = 22;
const MOST_HEIGHT = 46;

/** A dot: its place on the axis, and its lane: 0, 1, −1, 2, −2, … from the middle. */
interface Dot {
  readonly at: number;
  readonly value: number;
  readonly lane: number;
}

/** Values as dots, those that are near each other stacked about the middle. */
function dotsOf({ values }: SettingReading, scale: ValueScale): Dot[] {
  let [begin, count] = [-Infinity, 0];
  return Array.from(values, (value): Dot => {
    const at = scale.at(value);
    if (at - begin >= NEAR) [begin, count] = [at, 0];
    const lane = count % 2 ? (count + 1) / 2 : -count / 2;
    ++count;
    return { at, value, lane: lane + 0 };
  });
}

const place = (at: number): string => `${Number((100 * at).toFixed(2))}%`;

const lines = (ticks: readonly number[]): string =>
  ticks.map((at) => `<line class="grid" x1="${place(at)}" x2="${place(at)}" y1="0" y2="100%"/>`).join("");

/** Runs of a setting on the axis: dots, a box from quartile to quartile, and the median. */
export function dotsSvg(setting: SettingReading, scale: ValueScale, ticks: readonly number[]): string {
  const { summary } = setting;
  if (!summary) return `<p class="none">no values</p>`;
  const dots = dotsOf(setting, scale);
  const lanes = dots.reduce((most, { lane }) => Math.max(most, Math.abs(lane)), 0);
  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, 2 * (lanes * APART + RADIUS) + 4));
  const apart = lanes ? Math.min(APART, (height / 2 - RADIUS - 1) / lanes) : 0;
  const circles = dots.map(({ at, value, lane }) => {
    const y = Number((height / 2 + lane * apart).toFixed(1));
    return `<circle cx="${place(at)}" cy="${y}" r="${RADIUS}"><title>${digits(value)}</title></circle>`;
  });
  const [lower, median, upper] = [summary.lowerQuartile, summary.median, summary.upperQuartile].map((value) =>
    scale.at(value),
  ) as [number, number, number];
  const box = `<rect class="box" x="${place(lower)}" width="${place(upper - lower)}" y="0" height="100%" rx="2"/>`;
  const middle = `<line class="median" x1="${place(median)}" x2="${place(median)}" y1="0" y2="100%"/>`;
  const said = `${setting.values.length} values from ${digits(summary.least)} to ${digits(summary.most)}, median ${digits(summary.median)}, quartiles ${between(summary.lowerQuartile, summary.upperQuartile)}`;
  return `<svg role="img" aria-label="${escape(said)}" height="${height}">${lines(ticks)}${box}${circles.join("")}${middle}</svg>`;
}

/** Share of runs that succeed, from 0% to 100%, with its interval. */
export function shareSvg({ share }: SettingReading): string {
  if (!share) return "";
  const said = `${share.successes} of ${share.count} succeeded, ${percent(share.share)}, interval ${percents(share)}`;
  const interval = `<line class="interval" x1="${place(share.low)}" x2="${place(share.high)}" y1="50%" y2="50%"/>`;
  const dot = `<circle class="share" cx="${place(share.share)}" cy="50%" r="4"/>`;
  return `<svg role="img" aria-label="${escape(said)}" height="${LEAST_HEIGHT}">${lines([0, 0.5, 1])}${interval}${dot}</svg>`;
}
