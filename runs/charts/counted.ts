import { plural } from "../../bindings/trace/html.js";
import type { SettingReading, SweepReading } from "./readSweep.js";

/** "2 failed, 1 diverged"; nothing if none did. */
export const lost = ({ failed, diverged }: Pick<SettingReading, "failed" | "diverged">): string =>
  [failed && `${failed} failed`, diverged && `${diverged} diverged`].filter(Boolean).join(", ");

/** "error, lower is better". */
export const metricOf = ({ metric, lowerIsBetter }: SweepReading): string =>
  `${metric}, ${lowerIsBetter ? "lower" : "higher"} is better`;

/** "3 settings, 60 runs, 2 failed". */
export function counted({ settings }: SweepReading): string {
  const sum = (of: (setting: SettingReading) => number): number => settings.reduce((all, each) => all + of(each), 0);
  const [runs, failed, diverged] = [sum((s) => s.runs), sum((s) => s.failed), sum((s) => s.diverged)];
  return [plural(settings.length, "setting"), plural(runs, "run"), lost({ failed, diverged })]
    .filter(Boolean)
    .join(", ");
}
