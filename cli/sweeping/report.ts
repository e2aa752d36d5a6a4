import { stringify } from "csv-stringify/sync";
import type { SettingData, SweepData } from "../../runs/charts/index.js";
import { summarize, type Summary } from "../../runs/statistics/index.js";
import { readResults, type RunRow } from "../../runs/store/results.js";
import { readSweep, type Compared } from "../../runs/store/status.js";
import type { Store } from "../../runs/store/store.js";
import type { SweepPlan } from "../../runs/sweep/plan.js";
import { digits } from "./view.js";

/** What a sweep has come to, and what its settings are compared by. */
export interface Report extends Compared {
  readonly name: string;
  readonly runs: readonly RunRow[];
}

/** @throws DatabaseError when there is no such sweep */
export async function reportOf(store: Pick<Store, "database">, name: string): Promise<Report> {
  return { name, ...(await readSweep(store, name)), runs: await readResults(store, name) };
}

/** A setting's runs in few numbers: none where no run is done. */
export interface SettingReport {
  readonly label: string;
  readonly done: number;
  readonly failed: number;
  /** Stopped early, since other settings were better. */
  readonly stopped: number;
  /** Not done yet, or cancelled. */
  readonly open: number;
  readonly summary?: Summary;
}

/** A metric that is no number came out as none: JSON has no word for it. */
const valueOf = ({ measured }: RunRow, metric: string): number => {
  const value = measured[metric];
  return typeof value === "number" ? value : NaN;
};

/** Whether a run with this value counts as a success, if the plan says so. */
function successOf({ plan }: Compared): ((value: number) => boolean) | undefined {
  const { succeeds } = plan as unknown as SweepPlan;
  if (!succeeds) return undefined;
  return "below" in succeeds ? (value) => value < succeeds.below : (value) => value > succeeds.above;
}

/** Runs by their setting, in the order of the plan. */
function bySetting(runs: readonly RunRow[]): Map<string, RunRow[]> {
  const settings = new Map<string, RunRow[]>();
  for (const run of runs) settings.set(run.setting, [...(settings.get(run.setting) ?? []), run]);
  return settings;
}

export function summariesOf(report: Report): SettingReport[] {
  const succeeds = successOf(report);
  return [...bySetting(report.runs)].map(([setting, runs]) => {
    const done = runs.filter(({ state }) => state === "done");
    const [failed, stopped] = ["failed", "stopped"].map(
      (wanted) => runs.filter(({ state }) => state === wanted).length,
    ) as [number, number];
    const values = done.map((run) => valueOf(run, report.metric)).filter((value) => Number.isFinite(value));
    const lost = failed + done.length - values.length;
    return {
      label: setting || "all",
      done: done.length,
      failed,
      stopped,
      open: runs.length - done.length - failed - stopped,
      ...(values.length && { summary: summarize(values, succeeds ? { succeeds, failed: lost } : {}) }),
    };
  });
}

/** What charts draw of it. */
export function chartOf(report: Report): SweepData {
  const succeeds = successOf(report);
  const { name, metric, better } = report;
  const settings = [...bySetting(report.runs)].map(([setting, runs]): SettingData => {
    const ended = runs.filter(({ state }) => state === "done" || state === "failed");
    const values = ended.map((run) => (run.state === "done" ? valueOf(run, metric) : undefined));
    const curves = runs.filter(({ curve }) => curve.length).map(({ curve }) => curve);
    const longest = curves.reduce<RunRow["curve"]>((a, b) => (b.length > a.length ? b : a), []);
    const drawn = curves.map((curve) => curve.map((point) => point[metric] ?? NaN));
    return {
      name: setting || "all",
      values,
      ...(succeeds && { succeeded: values.filter((value) => value !== undefined && succeeds(value)).length }),
      ...(drawn.length &&
        metric in (longest[0] ?? {}) && { curve: { steps: longest.map(({ step }) => step), values: drawn } }),
    };
  });
  return { title: name, metric, lowerIsBetter: better === "lower", settings };
}

/** A row for each setting: how many runs, median, quartiles, interquartile mean with its interval, share of successes. */
export function rowsOf(report: Report): string[][] {
  const summaries = summariesOf(report);
  const hasShare = summaries.some(({ summary }) => summary?.succeeded);
  const { metric } = report;
  const header = ["setting", "runs", `median ${metric}`, "quartiles", "mean of the middle half, 95%"];
  const rows = summaries.map(({ label, done, failed, stopped, open, summary }) => {
    const runs = [
      `${done}`,
      ...(failed ? [`${failed} failed`] : []),
      ...(stopped ? [`${stopped} stopped early`] : []),
      ...(open ? [`${open} not done`] : []),
    ].join(", ");
    if (!summary) return [label, runs, "–", "–", "–", ...(hasShare ? ["–"] : [])];
    const { median, lowerQuartile, upperQuartile, interquartileMean, interval, succeeded } = summary;
    return [
      label,
      runs,
      digits(median),
      `${digits(lowerQuartile)} to ${digits(upperQuartile)}`,
      `${digits(interquartileMean)} (${digits(interval.low)} to ${digits(interval.high)})`,
      ...(succeeded
        ? [`${succeeded.successes} of ${succeeded.count} (${percent(succeeded.low)} to ${percent(succeeded.high)})`]
        : hasShare
          ? ["–"]
          : []),
    ];
  });
  return [[...header, ...(hasShare ? ["succeed, 95%"] : [])], ...rows];
}

const percent = (part: number): string => `${Math.round(100 * part)}%`;

export function markdownOf(report: Report): string {
  const [header, ...rows] = rowsOf(report) as [string[], ...string[][]];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

/** A run as plain facts, for other programs: without its curve. */
export function factsOf({ curve: _, measured, options, ...facts }: RunRow): Record<string, unknown> {
  return { ...facts, ...options, ...measured };
}

/** Runs as CSV, with a column for everything that any of them has. */
export function csvOf({ runs }: Report): string {
  const facts = runs.map(factsOf);
  const first = ["run", "setting", "seed", "state", "step"];
  const names = [...new Set([...first, ...facts.flatMap((each) => Object.keys(each))])];
  return stringify(
    facts.map((each) => names.map((name) => each[name] ?? "")),
    { header: true, columns: names },
  );
}
