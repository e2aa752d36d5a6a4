import { escape } from "../../bindings/trace/html.js";
import type { Tick } from "./valueScale.js";

/** Names of places along an axis. */
export const tickLabels = (ticks: readonly Tick[]): string =>
  ticks.map(({ at, label }) => `<span style="left:${(100 * at).toFixed(2)}%">${escape(label)}</span>`).join("");

/** Part of an axis that two labels must be apart, so that they fit a narrow screen. */
const APART = 0.09;

/** Ticks without those that come too close to the one before. */
export function spaced(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks) if (!kept.length || tick.at - kept.at(-1)!.at >= APART) kept.push(tick);
  return kept;
}
