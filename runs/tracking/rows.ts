import { LogError } from "./errors.js";

/** What was measured at one step of a run, by name. Absent is what that step did not measure. */
export interface LogRow {
  readonly step: number;
  readonly values: ReadonlyMap<string, number>;
}

/** A number as CSV and JSON lines have it: the shortest text that reads back as the same double. */
export const textOf = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** A line of JSON: `{"step":10,"train/loss":0.69}`. JSON has no NaN and no infinity: these are strings, as in protobuf. */
export function jsonLine({ step, values }: LogRow): string {
  let line = `{"step":${step}`;
  for (const [name, value] of values) {
    const text = textOf(value);
    line += `,${JSON.stringify(name)}:${Number.isFinite(value) ? text : `"${text}"`}`;
  }
  return `${line}}\n`;
}

/** Rows at the beginning of a file of JSON lines. */
export interface KeptRows {
  readonly rows: readonly LogRow[];
  /** Bytes that they are in the file. */
  readonly bytes: number;
  /** The last has no line end: the process was killed before it. */
  readonly isOpen: boolean;
}

/**
 * The rows up to a step. A last line that is cut off is left out.
 * @throws LogError with the line that is no row, or not of a later step than the one before.
 */
export function rowsUpTo(last: number, content: Uint8Array, file: string): KeptRows {
  const rows: LogRow[] = [];
  let bytes = 0;
  while (bytes < content.length) {
    const found = content.indexOf(0x0a, bytes);
    const end = found < 0 ? content.length : found;
    const row = rowOf(new TextDecoder().decode(content.subarray(bytes, end)));
    if (!row && found < 0) break;
    const where = `Cannot go on with ${file}: line ${rows.length + 1}`;
    if (!row) throw new LogError(`${where} is no row of a log, and must be repaired or removed`, file);
    const before = rows.at(-1)?.step ?? -1;
    if (row.step <= before)
      throw new LogError(`${where} is of step ${row.step}, and must be of one after step ${before}`, file);
    if (row.step > last) break;
    rows.push(row);
    if (found < 0) return { rows, bytes: end, isOpen: true };
    bytes = end + 1;
  }
  return { rows, bytes, isOpen: false };
}

/** Undefined for a line that is no row. */
function rowOf(line: string): LogRow | undefined {
  let row: unknown;
  try {
    // Names such as "__proto__" are entries like others, as they are for JSON.parse.
    row = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof row !== "object" || row === null) return undefined;
  const { step } = row as { step?: unknown };
  if (!isStep(step)) return undefined;
  const values = new Map<string, number>();
  for (const [name, value] of Object.entries(row)) {
    if (name === "step") continue;
    const number = typeof value === "string" ? notFinite.get(value) : value;
    if (typeof number !== "number") return undefined;
    values.set(name, number);
  }
  return { step, values };
}

const notFinite: ReadonlyMap<string, number> = new Map(
  [NaN, Infinity, -Infinity].map((value) => [String(value), value]),
);

export const isStep = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
