import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppendFile } from "./appendFile.js";
import { LogError, onFile } from "./errors.js";
import { makeFolder } from "./folder.js";
import { openLog, type LogOptions } from "./log.js";
import { expectSameRun, readRun } from "./runFile.js";

/** A point of a stored curve. */
export interface CurvePoint {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
  /** In seconds since 1970. Default: that of the log. */
  readonly wallTime?: number | undefined;
}

/** What `writeLog` is told of a run that has come to its end. */
export type WholeLogOptions = Omit<LogOptions, "resumeAt">;

/**
 * Writes the log of a run that has come to its end, from its stored curve: the folder is whole or not there, also if the
 * process is killed. False if the folder is there already, with the log of that run.
 * @throws LogError when it cannot be written, or the folder holds anything else; RangeError, TypeError as `scalars` does.
 */
export function writeLog(folder: string, curve: Iterable<CurvePoint>, options: WholeLogOptions): boolean {
  if (isWritten(folder, options)) return false;
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  makeFolder(parent);
  const temporary = onFile("write", folder, () => {
    removeLeftovers(parent, prefix);
    return mkdtempSync(join(parent, prefix));
  });
  try {
    fill(temporary, curve, options);
    return moveTo(folder, temporary, options);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function fill(folder: string, curve: Iterable<CurvePoint>, options: WholeLogOptions): void {
  const log = openLog(folder, options);
  try {
    for (const { step, values, wallTime = options.wallTime } of curve) log.scalars(step, values, wallTime);
    log.close({ complete: true });
  } finally {
    log.abandon();
  }
  // Else a loss of power could leave the folder's name and no contents.
  for (const name of readdirSync(folder)) {
    const file = new AppendFile(join(folder, name), "a");
    file.sync();
    file.close();
  }
}

function moveTo(folder: string, temporary: string, options: WholeLogOptions): boolean {
  try {
    renameSync(temporary, folder);
    return true;
  } catch (error) {
    // Another worker may have been faster.
    if (isWritten(folder, options)) return false;
    return onFile("write", folder, () => {
      throw error;
    });
  }
}

/** Whether the log of this run is there. @throws LogError when the folder holds anything else. */
function isWritten(folder: string, { run }: WholeLogOptions): boolean {
  if (!existsSync(folder)) return false;
  const there = readRun(folder);
  if (there) {
    expectSameRun(folder, there.run, run);
    return true;
  }
  if (!onFile("read", folder, () => readdirSync(folder)).length) return false;
  throw new LogError(`Cannot log into ${folder}: it is there, and holds no log. Name another folder`, folder);
}

/** Milliseconds after which nobody writes to a temporary folder any more. */
const STALE = 600_000;

/** Removes what killed processes left of this log; others may be at work on another machine, so it must be old. */
function removeLeftovers(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    // mkdtemp adds six characters.
    if (!name.startsWith(prefix) || name.length !== prefix.length + 6) continue;
    const path = join(parent, name);
    const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > STALE) rmSync(path, { recursive: true, force: true });
  }
}
