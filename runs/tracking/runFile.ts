import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shown } from "../../bindings/common/shown.js";
import { LogError, onFile } from "./errors.js";
import type { Setting, Settings } from "./settings.js";
import { writeWholeFile } from "./wholeFile.js";

/** The file of a log's folder that says of which run the log is. */
export const RUN = "run.json";

/** A run that is logged. */
export interface LoggedRun {
  /** What makes the run this one, and cannot change when it is resumed: model, task, their options, seed, batch. */
  readonly run: Settings;
  /** What may change then: the number of steps, the learning rate. */
  readonly settings: Settings;
}

/** The run that a folder holds the log of, or undefined if there is none. @throws LogError when it cannot be read. */
export function readRun(folder: string): LoggedRun | undefined {
  const file = join(folder, RUN);
  const text = onFile("read", file, () => {
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  });
  if (text === undefined) return undefined;
  try {
    const { run, settings } = JSON.parse(text) as Record<keyof LoggedRun, unknown>;
    if (areSettings(run) && areSettings(settings)) return { run, settings };
  } catch {
    // said below
  }
  throw new LogError(`Cannot read ${file}: it does not hold the settings of a run`, file);
}

export function writeRun(folder: string, { run, settings }: LoggedRun): void {
  writeWholeFile(join(folder, RUN), `${JSON.stringify({ run, settings }, undefined, 2)}\n`, { flush: true });
}

/** @throws LogError with what differs, if a log is of another run. */
export function expectSameRun(folder: string, there: Settings, here: Settings): void {
  for (const name of new Set([...Object.keys(there), ...Object.keys(here)])) {
    if (there[name] === here[name]) continue;
    const said = (run: Settings): string => (Object.hasOwn(run, name) ? `${name} ${shown(run[name])}` : `no ${name}`);
    throw new LogError(
      `Cannot log into ${folder}: it has the log of a run with ${said(there)}, and this run has ${said(here)}. Name another folder`,
      folder,
    );
  }
}

const areSettings = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isSetting);

const isSetting = (value: unknown): value is Setting => ["string", "number", "boolean"].includes(typeof value);
