import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import { FileError } from "./errors.js";
import { plural } from "./numbers.js";

/** A column: its name, its cells as they stand there, and, if they are all numbers or missing, these. */
export interface Column {
  readonly name: string;
  readonly texts: readonly string[];
  /** NaN where a cell is missing. Absent for a column of text. */
  readonly numbers?: readonly number[];
  /** What stands with all the numbers, such as "km". */
  readonly unit?: string;
}

export interface CSVTable {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** @throws FileError when the file cannot be read, or is no table: empty, ragged, or with names twice. */
export async function readTable(file: string): Promise<CSVTable> {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
  });
  return parseTable(text, file);
}

/** @throws FileError as readTable does; `file` is for messages. */
export function parseTable(text: string, file: string): CSVTable {
  const [header, ...records] = recordsOf(text, file);
  if (!header) throw new FileError(`${file} is empty, and must have a line with the names of columns, and rows`);
  if (!records.length) throw new FileError(`${file} has names of columns, and no rows`);
  const names = header.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.findIndex((other) => same(other, name)) < i);
  if (twice !== undefined) throw new FileError(`${file} has two columns "${twice}": rename one of them`);
  const columns = names.map((name, i): Column => {
    const texts = records.map((record) => record[i]!.trim());
    return { name, texts, ...numbersOf(texts, `${file}: column "${name}"`) };
  });
  return { rows: records.length, columns };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Every row has as many cells as the first. */
function recordsOf(text: string, file: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines } = error as CsvError & { lines?: number };
    const reason =
      code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH"
        ? `line ${lines} has not as many cells as the line with the names of columns`
        : error.message;
    throw new FileError(`${file} is no table: ${reason}`, { cause: error });
  }
}

/** What there is most of in the first line: a comma, a semicolon or a tab. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [",", ";", "\t"].map((delimiter) => [delimiter, first.split(delimiter).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

const MISSING = /^(|-|–|—|\?|n\/?a|nan|none|null|unknown)$/i;
const PLAIN = /^\d+(\.\d+)?(e[-+]?\d+)?$/i;
const SEPARATED = /^\d{1,3}([,' \u00a0\u202f]\d{3})+(\.\d+)?$/;

/** A cell's number, and what stands in front of it and behind. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/** A number with or without separators of thousands, a sign and a unit: "−1,234.5 km", "$3", "12%". */
export function quantityOf(text: string): Quantity | undefined {
  const match = /^([^\d.+−-]*)([-+−]?)([^\d.+−-]*)(\.?\d(?:.*\d)?)([^\d]*)$/u.exec(text.trim());
  if (!match) return undefined;
  const [, before, sign, between, digits, after] = match as unknown as [string, string, string, string, string, string];
  const plain = digits.startsWith(".") ? `0${digits}` : digits;
  if (!PLAIN.test(plain) && !SEPARATED.test(plain)) return undefined;
  const unit = `${before}${between}${after}`.trim();
  if (unit.length > 12 || /[.,;:/]$/.test(before) || /^[.,;:/]/.test(after)) return undefined;
  const value = Number(plain.replace(/[,' \u00a0\u202f]/g, ""));
  return { value: /[-−]/.test(sign) ? -value : value, unit };
}

/** @throws FileError when a number is more than single precision holds. */
function numbersOf(texts: readonly string[], what: string): Pick<Column, "numbers" | "unit"> {
  let unit: string | undefined;
  const numbers: number[] = [];
  for (const [row, text] of texts.entries()) {
    if (MISSING.test(text)) {
      numbers.push(NaN);
      continue;
    }
    const quantity = quantityOf(text);
    // Kilometres and miles in one column are texts: nobody may compare them.
    if (!quantity || (unit !== undefined && quantity.unit !== unit)) return {};
    if (!Number.isFinite(Math.fround(quantity.value))) {
      throw new FileError(`${what} has ${text} in row ${row + 1}, which is more than single precision holds (3.4e38)`);
    }
    unit = quantity.unit;
    numbers.push(quantity.value);
  }
  return unit === undefined ? {} : { numbers, ...(unit && { unit }) };
}

/** A text as it is compared: in small letters, and without blanks around it or more than one inside. */
export const normal = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, " ");

/** The columns, and what they hold, for messages. */
export const columnsInWords = ({ columns }: CSVTable): string =>
  columns.length > 20
    ? `${plural(columns.length, "column")}, the first of them ${columns.slice(0, 20).map(nameOf).join(", ")}`
    : columns.map(nameOf).join(", ");

const nameOf = ({ name, numbers }: Column): string => `"${name}"${numbers ? "" : " (text)"}`;
