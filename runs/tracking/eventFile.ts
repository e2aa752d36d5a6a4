import { readdirSync, readFileSync, truncateSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { onFile } from "./errors.js";
import { factsOf } from "./events.js";
import { recordsIn } from "./records.js";

/** Names of files that TensorBoard reads, and when the writing began, in seconds since 1970. */
const NAME = /^events\.out\.tfevents\.(\d+)\./;
/** The end of the names of our own. */
const OURS = ".tapehead";

/** Files of events in a folder, of any program. */
export const eventFilesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes("tfevents"));

/** A name for a new file, after all that are there: readers take the files of a folder in the order of their names. */
export function newEventFile(folder: string, wallTime: number): string {
  const others = eventFilesIn(folder).map((name) => Number(NAME.exec(name)?.[1] ?? -1));
  const seconds = Math.max(Math.floor(wallTime), ...others.map((time) => time + 1));
  const host = hostname().replace(/[^\w-]/g, "-") || "host";
  return `events.out.tfevents.${String(seconds).padStart(10, "0")}.${host}.${process.pid}${OURS}`;
}

/**
 * Cuts our files of events after a step, and rows after one that may be earlier; also what a killed process left of a
 * record. The last step whose row is left, or -1.
 * @throws LogError
 */
export function cutEvents(folder: string, last: number, lastRow: number): number {
  let left = -1;
  for (const name of eventFilesIn(folder).filter((name) => name.endsWith(OURS))) {
    const file = join(folder, name);
    const content = onFile("read", file, () => readFileSync(file));
    let kept = 0;
    for (const { data, end } of recordsIn(content)) {
      const { step, isRow } = factsOf(data);
      if (step > (isRow ? lastRow : last)) break;
      if (isRow) left = Math.max(left, step);
      kept = end;
    }
    if (kept < content.length) onFile("write", file, () => truncateSync(file, kept));
  }
  return left;
}
