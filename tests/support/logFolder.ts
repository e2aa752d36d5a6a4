import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const root = mkdtempSync(join(tmpdir(), "tapehead-log-"));
process.on("exit", () => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** A path for a folder that is not there yet, and is gone with the process. */
export const newFolder = (): string => join(root, String(++folders));

export type ReadRow = [step: number, values: Record<string, number>];

const numberOf = (text: string): number => (text === "" ? Number.NaN : Number(text));

/** The rows of metrics.csv, by csv-parse, which refuses a table that is not rectangular. */
export function csvRows(folder: string): ReadRow[] {
  const [header, ...rows] = parse(readFileSync(join(folder, "metrics.csv"))) as string[][];
  return rows.map(([step, ...cells]) => {
    const entries = cells.flatMap((cell, i) => (cell === "" ? [] : [[header![i + 1]!, numberOf(cell)] as const]));
    return [Number(step), Object.fromEntries(entries)];
  });
}

/** The rows of metrics.jsonl, by JSON.parse. */
export function jsonRows(folder: string): ReadRow[] {
  const text = readFileSync(join(folder, "metrics.jsonl"), "utf8");
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line has no end");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const { step, ...values } = JSON.parse(line) as Record<string, unknown>;
      return [step as number, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]))];
    });
}

export const bytesOf = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
