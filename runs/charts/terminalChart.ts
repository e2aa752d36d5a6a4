import { checkOptions, flag, whole } from "../../bindings/common/options.js";
import { visible } from "../../bindings/common/visible.js";
import { counted, lost, metricOf } from "./counted.js";
import { digits, percents } from "./numbers.js";
import { padded, painter, widestOf, type Paint } from "./paint.js";
import { readSweep, type SettingReading, type SweepReading } from "./readSweep.js";
import type { SweepData } from "./sweepData.js";
import { LEGEND, axisLine, labelLine, stripLine } from "./textStrip.js";
import { textCurves } from "./textCurves.js";
import { valueScale } from "./valueScale.js";

export interface TerminalChartOptions {
  /** Width of the terminal. Default: 80. */
  columns?: number;
  /** Whether to mark up with ANSI colours. Default: false. */
  isColor?: boolean;
  /** Settings to show, those with the best medians; how many are left out is said. Default: all. */
  most?: number;
}

const RULES = {
  columns: [80, whole(40, { most: 1000 })],
  isColor: [false, flag()],
  most: [Infinity, (value: unknown) => (value === Infinity ? undefined : whole(1)(value))],
} as const;

/** A strip narrower than this gets a line of its own. */
const NARROWEST = 24;
const GAP = 2;

/**
 * Results of a sweep as text for a terminal, or for a file, since it needs no colours: for each setting, the best median
 * first, a strip with a dot for each run, its median and quartiles, and the share of runs that succeeded with its 95%
 * interval; below, the medians of the learning curves. Lines end without a blank and without a line feed after the last.
 *
 * @throws TypeError, RangeError when the data is no sweep, or an option is out of range.
 * @example
 * console.log(terminalChart({ title: "copy", metric: "bitError", lowerIsBetter: true, settings }));
 */
export function terminalChart(data: SweepData, options: TerminalChartOptions = {}): string {
  const owner = "terminalChart";
  const checked = checkOptions(owner, options, RULES);
  const columns = checked.columns;
  const most = checked.most as number;
  const sweep = readSweep(owner, data);
  const settings = sweep.settings.slice(0, most);
  const left = sweep.settings.length - settings.length;
  const paint = painter(checked.isColor);
  const lines = [
    paint(1, visible(sweep.title)),
    `${visible(metricOf(sweep))}: ${counted(sweep)}`,
    "",
    ...strips({ ...sweep, settings }, columns, paint),
    ...(left
      ? [`${left} more ${left === 1 ? "setting is" : "settings are"} left out, with worse medians or none`]
      : []),
    "",
    LEGEND,
    ...textCurves({ ...sweep, settings }, columns, paint),
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** Numbers beside a strip. */
function numbersOf({ summary, share, ...rest }: SettingReading): string[] {
  const succeeded = share ? [`${share.successes}/${share.count}`, percents(share)] : ["", ""];
  return [summary ? digits(summary.median) : "none", ...succeeded, lost(rest)];
}

function strips({ settings }: SweepReading, columns: number, paint: Paint): string[] {
  const names = settings.map(({ name }) => visible(name));
  const rows = settings.map(numbersOf);
  const isKnown = settings.some(({ share }) => share);
  const head = ["median", isKnown ? "succeeded" : "", isKnown ? "95% CI" : "", ""];
  const widths = head.map((_, column) => widestOf([head, ...rows].map((row) => row[column]!)));
  const numbers = (row: readonly string[]): string =>
    row.flatMap((text, i) => (widths[i] ? [padLeft(text, widths[i]!, i)] : [])).join(" ".repeat(GAP));
  const taken = widths.reduce((sum, width) => sum + (width ? width + GAP : 0), 0);
  const margin = widestOf(names) + GAP;
  const beside = columns - margin - taken;
  const scale = valueScale(settings.flatMap(({ values }) => [...values]));

  if (beside >= NARROWEST) {
    const strip = Math.min(beside, 120);
    const indent = " ".repeat(margin);
    const gap = " ".repeat(GAP);
    return [
      paint(2, indent + padded(labelLine(scale, strip), strip) + gap + numbers(head)),
      paint(2, indent + axisLine(scale, strip)),
      ...settings.map((setting, i) => {
        const line = stripLine(setting, scale, strip, paint);
        return `${padded(names[i]!, margin)}${line}${gap}${numbers(rows[i]!)}`;
      }),
    ];
  }
  // Too little room: a line for the name, one for the numbers where both do not fit, and one for the strip.
  const strip = Math.min(columns, 120);
  const isOne = columns - margin - taken + GAP >= 0;
  const said = (name: string, row: readonly string[]): string[] =>
    isOne ? [`${padded(name, margin)}${numbers(row)}`] : [name, numbers(row)];
  return [
    ...said("", head)
      .filter((line) => line.trim())
      .map((line) => paint(2, line)),
    paint(2, labelLine(scale, strip)),
    paint(2, axisLine(scale, strip)),
    ...settings.flatMap((setting, i) => [...said(names[i]!, rows[i]!), stripLine(setting, scale, strip, paint)]),
  ];
}

/** Numbers are flush right; what failed is text. */
const padLeft = (text: string, width: number, column: number): string =>
  column === 3 ? padded(text, width) : text.padStart(width);
