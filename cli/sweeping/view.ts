import cliProgress from "cli-progress";
import type { Status } from "../../runs/store/status.js";
import type { PoolEvent } from "../../runs/work/pool.js";
import { count, duration, plural } from "../numbers.js";
import { print } from "../output.js";

/** Somebody who watches runs. */
export interface SweepView {
  event(event: PoolEvent): void;
  status(status: Status): void;
  stop(): void;
}

/** What people are shown: a bar in a terminal, lines elsewhere. */
export const sweepViewFor = ({ json = false }): SweepView =>
  json ? new JSONView() : process.stdout.isTTY ? new BarView() : new LineView();

/** "12 of 40 done, 2 running, 26 waiting, 1 failed, 480 an hour, 3:10 min left". */
export function progressOf({
  total,
  done,
  running,
  waiting,
  stopped,
  failed,
  cancelled,
  foreign,
  ...pace
}: Status): string {
  const others = { running, waiting, "stopped early": stopped, failed, cancelled, "of other versions": foreign };
  const words = Object.entries(others).flatMap(([word, number]) => (number ? [`${count(number)} ${word}`] : []));
  const { runsPerHour, secondsLeft } = pace;
  if (runsPerHour >= 1) words.push(`${count(Math.round(runsPerHour))} an hour`);
  if (secondsLeft !== undefined && running + waiting) words.push(`${duration(secondsLeft)} left`);
  return [`${count(done)} of ${count(total)} done`, ...words].join(", ");
}

/** A run by the first digits of its hash, which are enough for `tapehead why`. */
export const shortHash = (run: string): string => run.slice(0, 12);

/** What went wrong, in a line; what went as it should needs none. */
function complaint(event: PoolEvent): string | undefined {
  switch (event.type) {
    case "failed":
      return `✗ ${shortHash(event.run)}: ${event.message}`;
    case "lost":
      return `A worker process ended over ${shortHash(event.run)}, which goes on elsewhere from where it was saved`;
    case "away":
      return event.milliseconds < 1000 ? `The database is away, waiting for it: ${event.message}` : undefined;
    case "back":
      return "The database is back";
    default:
      return undefined;
  }
}

class BarView implements SweepView {
  #words = "";
  readonly #bars = new cliProgress.MultiBar({
    stream: process.stdout,
    barCompleteChar: "━",
    barIncompleteChar: "─",
    gracefulExit: false, // signals are ours
    format: (options, { progress }) => {
      const barsize = Math.max(8, Math.min(30, (process.stdout.columns ?? 80) - this.#words.length - 4));
      return `${cliProgress.Format.BarFormat(progress, { ...options, barsize })}  ${this.#words}`;
    },
  });
  #bar: cliProgress.SingleBar | undefined;

  event(event: PoolEvent): void {
    const said = complaint(event);
    if (said !== undefined) this.#bars.log(`${said}\n`);
  }

  status(status: Status): void {
    const { total, done, failed, cancelled, stopped } = status;
    this.#words = progressOf(status);
    this.#bar ??= this.#bars.create(total, 0);
    this.#bar.setTotal(total);
    this.#bar.update(done + failed + cancelled + stopped);
  }

  stop(): void {
    this.#bars.stop();
  }
}

/** Milliseconds between lines that say how far all is. */
const EVERY = 10_000;

class LineView implements SweepView {
  #next = Date.now() + 2000;

  event(event: PoolEvent): void {
    const said = complaint(event);
    if (said !== undefined) console.log(said);
  }

  status(status: Status): void {
    if (Date.now() < this.#next) return;
    this.#next = Date.now() + EVERY;
    console.log(progressOf(status));
  }

  stop(): void {}
}

class JSONView implements SweepView {
  event({ type, ...facts }: PoolEvent): void {
    if (type !== "step") print({ event: type, ...facts });
  }

  status(): void {}

  stop(): void {}
}

/** Status as a page of a terminal. */
export function statusText(status: Status, metric: string): string {
  const lines = [`${status.name}: ${progressOf(status)}`];
  for (const { host, processes, seen } of status.workers) {
    lines.push(
      `  ${host}: ${plural(processes, "process").replace(/processs$/, "processes")}, seen ${duration(seen)} ago`,
    );
  }
  const shown = status.settings.filter(({ label }) => label || status.settings.length > 1);
  const rows = (shown.length ? shown : status.settings).map(({ label, total, done, failed, range }) => [
    label || "all",
    `${done}/${total}${failed ? `, ${failed} failed` : ""}`,
    ...(range ? [range.median, range.least, range.greatest].map(digits) : ["–", "–", "–"]),
  ]);
  return [...lines, "", ...aligned([["setting", "runs", `median ${metric}`, "least", "greatest"], ...rows])].join("\n");
}

/** Four digits that tell something. */
export const digits = (value: number): string => String(+value.toPrecision(4));

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd(),
  );
}
