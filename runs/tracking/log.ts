import { existsSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { shown } from "../../bindings/common/shown.js";
import { AppendFile } from "./appendFile.js";
import { CSVTable } from "./csvTable.js";
import { LogError, onFile } from "./errors.js";
import { cutEvents, eventFilesIn, newEventFile } from "./eventFile.js";
import { fileVersionEvent, restartEvent, scalarsEvent, sessionEndEvent, sessionStartEvent } from "./events.js";
import { makeFolder } from "./folder.js";
import { recordOf } from "./records.js";
import { isStep, jsonLine, rowsUpTo, type LogRow } from "./rows.js";
import { expectSameRun, readRun, RUN, writeRun, type LoggedRun } from "./runFile.js";
import { writeWholeFile } from "./wholeFile.js";

/** A log, and where it begins. */
export interface LogOptions extends LoggedRun {
  /** In TensorBoard's tab HPARAMS, runs of one group are one row: the seeds of one setting. Default: a row each. */
  group?: string | undefined;
  /** The step of the checkpoint that the run goes on from: rows of later steps, which will come again, are cut. */
  resumeAt?: number | undefined;
  /** When the log begins, in seconds since 1970. Default: now. */
  wallTime?: number | undefined;
}

const JSON_LINES = "metrics.jsonl";
const CSV = "metrics.csv";

/** Bytes of pending rows, and milliseconds after the last writing, from which on rows are written. */
const BLOCK = 65_536;
const EVERY = 1000;

/**
 * Opens the log of a run in a folder, which is made: events for TensorBoard, `metrics.jsonl`, `metrics.csv`, and
 * `run.json` with the settings. Of a run that is resumed the log goes on, repaired where a killed process left it
 * half-written; JSON lines and CSV then have the bytes of a run never stopped.
 * @throws LogError when the folder cannot be written, has the log of another run, or has one and nothing is resumed.
 */
export function openLog(folder: string, options: LogOptions): RunLog {
  makeFolder(folder);
  const { resumeAt } = options;
  if (resumeAt === undefined) expectNoLog(folder);
  return new RunLog(folder, options, resumeAt === undefined ? NOTHING : cut(folder, resumeAt, options));
}

/** What a folder has of a log. */
interface Earlier {
  /** As JSON lines have them, which are written first, and of which the table is made. */
  readonly rows: readonly LogRow[];
  /** The last step whose row is in a file of events, or -1. */
  readonly lastEvent: number;
}

const NOTHING: Earlier = { rows: [], lastEvent: -1 };

/** The log of a run: a row a step, in three formats. Rows are written in blocks, at the latest by the next flush. */
export class RunLog {
  readonly folder: string;
  readonly #events: AppendFile;
  readonly #lines: AppendFile;
  #csv: AppendFile;
  readonly #table = new CSVTable();
  #last: number;
  /** The last step of which all files have the row, or -1. */
  #whole: number;
  #written = Date.now();

  /** Use `openLog`. */
  constructor(folder: string, options: LogOptions, { rows, lastEvent }: Earlier) {
    const { run, settings, group, resumeAt, wallTime = now() } = options;
    this.folder = folder;
    this.#last = resumeAt ?? -1;
    this.#whole = rows.at(-1)?.step ?? -1;
    const isNew = resumeAt === undefined;
    this.#lines = new AppendFile(join(folder, JSON_LINES), isNew ? "ax" : "a");
    writeRun(folder, options);
    this.#csv = this.#writeTable(rows);
    const name = onFile("read", folder, () => newEventFile(folder, wallTime));
    this.#events = new AppendFile(join(folder, name), "ax");
    this.#event(fileVersionEvent(wallTime));
    const isBehind = lastEvent < this.#whole;
    if (!isNew) this.#event(restartEvent((isBehind ? lastEvent : resumeAt) + 1, wallTime));
    this.#event(sessionStartEvent({ settings: { ...run, ...settings }, group }, wallTime));
    for (const { step, values } of rows) if (step > lastEvent) this.#event(scalarsEvent(step, wallTime, values));
    this.flush();
  }

  /**
   * Adds the row of a step, which must be after that of the row before; wallTime in seconds since 1970.
   * @throws RangeError for a step that is not, TypeError for a value that is no number; LogError when rows cannot be written.
   */
  scalars(step: number, values: Readonly<Record<string, number>>, wallTime = now()): void {
    if (!isStep(step) || step <= this.#last) {
      const after = this.#last < 0 ? "a whole number from 0 up" : `a whole number above ${this.#last}`;
      throw new RangeError(`Cannot log step ${shown(step)}: it must be ${after}`);
    }
    const row = { step, values: new Map(Object.entries(values)) };
    for (const [name, value] of row.values) expectScalar(name, value);
    if (!row.values.size) return;
    this.#last = step;
    this.#event(scalarsEvent(step, wallTime, row.values));
    this.#lines.append(jsonLine(row));
    if (this.#table.widen(row)) this.#write(() => this.#widen());
    else this.#csv.append(this.#table.line(row));
    if (this.#lines.pending > BLOCK || Date.now() - this.#written > EVERY) this.flush();
  }

  /** Writes all rows. @throws LogError when it cannot, with the step up to which the log is whole. */
  flush(): void {
    this.#write(() => this.#files.forEach((file) => file.flush()));
    this.#whole = this.#last;
    this.#written = Date.now();
  }

  /**
   * Writes all rows, and waits until the disk has the JSON lines, of which resuming makes what the others miss: as before a
   * checkpoint, whose run could not log these rows again.
   * @throws LogError as flush does.
   */
  sync(): void {
    this.flush();
    this.#write(() => this.#lines.sync());
  }

  /** Writes all rows and ends the log; `complete` says that the run has come to its end. @throws LogError as flush does. */
  close({ complete = false } = {}): void {
    if (complete) this.#event(sessionEndEvent(Math.max(this.#last, 0), now()));
    this.flush();
    this.#write(() => this.#files.forEach((file) => file.close()));
  }

  /** Ends the log while another error is on its way: writes what can be written. After `close` it does nothing. */
  abandon(): void {
    for (const file of this.#files) {
      try {
        file.close();
      } catch {
        // the error that is on its way is the one to say
      }
    }
  }

  /** @throws LogError that says what of the log is whole, if rows cannot be written. */
  #write(run: () => void): void {
    try {
      run();
    } catch (error) {
      const whole = this.#whole < 0 ? "no row of the log is whole" : `the log is whole up to step ${this.#whole}`;
      if (error instanceof LogError) error.message += `; ${whole}`;
      throw error;
    }
  }

  get #files(): readonly AppendFile[] {
    return [this.#lines, this.#csv, this.#events];
  }

  #event(message: Uint8Array): void {
    this.#events.append(recordOf(message));
  }

  /** Writes the table again with columns that are new in the last row; rows before it have empty cells there. */
  #widen(): void {
    this.#lines.flush();
    this.#csv.close();
    const { file } = this.#lines;
    const content = onFile("read", file, () => readFileSync(file));
    this.#csv = this.#writeTable(rowsUpTo(Infinity, content, file).rows);
  }

  #writeTable(rows: readonly LogRow[]): AppendFile {
    for (const row of rows) this.#table.widen(row);
    const file = join(this.folder, CSV);
    writeWholeFile(file, this.#table.header + rows.map((row) => this.#table.line(row)).join(""));
    return new AppendFile(file, "a");
  }
}

function expectScalar(name: string, value: unknown): asserts value is number {
  if (name === "" || name === "step") throw new TypeError(`Cannot log ${shown(name)}: it is no name of a metric`);
  if (typeof value !== "number") throw new TypeError(`Cannot log ${name}: it is ${shown(value)}, and must be a number`);
}

/** @throws LogError when a folder has a log. */
function expectNoLog(folder: string): void {
  const names = onFile("read", folder, () => [
    ...[RUN, JSON_LINES, CSV].filter((name) => existsSync(join(folder, name))),
    ...eventFilesIn(folder),
  ]);
  if (!names.length) return;
  throw new LogError(
    `Cannot log into ${folder}: it has ${names[0]} of an earlier run. Name another folder, remove that one, or resume that run`,
    folder,
  );
}

/**
 * Cuts a log after a step, and what a killed process left of a row. What is left.
 * @throws LogError when it is the log of another run, or cannot be read.
 */
function cut(folder: string, last: number, { run }: LoggedRun): Earlier {
  const file = join(folder, JSON_LINES);
  const names = onFile("read", folder, () => readdirSync(folder));
  if (!names.includes(JSON_LINES)) {
    const other = names.find((name) => name === CSV || name === RUN || name.includes("tfevents"));
    if (other === undefined) return NOTHING;
    throw new LogError(`Cannot go on with the log in ${folder}: it has ${other}, and no ${JSON_LINES}`, file);
  }
  const content = onFile("read", file, () => readFileSync(file));
  const there = readRun(folder);
  if (there) expectSameRun(folder, there.run, run);
  else if (content.length) {
    throw new LogError(
      `Cannot go on with the log in ${folder}: it has no ${RUN}, which says of which run it is`,
      folder,
    );
  }
  const { rows, bytes, isOpen } = rowsUpTo(last, content, file);
  const lastEvent = cutEvents(folder, last, rows.at(-1)?.step ?? -1);
  onFile("write", file, () => truncateSync(file, bytes));
  if (isOpen) appendLineEnd(file);
  return { rows, lastEvent };
}

function appendLineEnd(file: string): void {
  const lines = new AppendFile(file, "a");
  lines.append("\n");
  lines.close();
}

/** Seconds since 1970. */
const now = (): number => Date.now() / 1000;
