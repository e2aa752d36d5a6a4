import { firstNumber, normalized, stemOf, tokensOf } from "../../common/text.js";

/** A table of text, as a page or a file has it. */
export interface TextTable {
  /** Names of the columns. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** For each column a number or null for each row; null for a column of none. Default: the numbers that cells begin with. */
  readonly numbers?: readonly (readonly (number | null)[] | null)[];
  /** Likewise dates, yyyy-mm-dd with xx for what is not known. Default: none. */
  readonly dates?: readonly (readonly (string | null)[] | null)[];
}

/** A table as programs over it see it. Cells are numbered row by row. */
export interface ReadTable {
  readonly rows: number;
  readonly columns: number;
  /** Stems of the words of each column's name. */
  readonly names: readonly (readonly string[])[];
  /** Texts of cells as they are compared, and the stems of their words. */
  readonly texts: readonly string[];
  readonly words: readonly (readonly string[])[];
  /** Whether a column's numbers are dates. */
  readonly dated: readonly boolean[];
  /** Numbers of cells, NaN where there is none. */
  readonly values: Float64Array;
  /** 1 for cells that hold the most frequent text of their column, if it is there twice. */
  readonly frequent: Uint8Array;
  /** For each column its rows from the highest number to the lowest, and back, those without a number left out. */
  readonly descending: readonly (readonly number[])[];
  readonly ascending: readonly (readonly number[])[];
}

/** A column of numbers has one in so many of its rows. */
const ENOUGH = 0.5;

/**
 * Reads a table's first columns.
 * @throws RangeError when there is no row or no column, or a row is of another length than the header.
 */
export function readTable(table: TextTable, most = Infinity): ReadTable {
  const { header, rows } = table;
  if (!header.length || !rows.length) {
    throw new RangeError(`A table has ${rows.length} rows and ${header.length} columns, and must have one of each`);
  }
  const other = rows.findIndex(({ length }) => length !== header.length);
  if (other >= 0) {
    throw new RangeError(
      `Row ${other} has ${rows[other]!.length} cells, and must have ${header.length}, as the header`,
    );
  }
  const columns = Math.min(header.length, most);
  const of = <T>(value: (cell: string) => T): T[] => rows.flatMap((row) => row.slice(0, columns).map(value));
  const texts = of(normalized);
  const values = new Float64Array(rows.length * columns).fill(NaN);
  const frequent = new Uint8Array(rows.length * columns);
  const orders = Array.from({ length: columns }, (_, column) => {
    const days = daysOf(table, column);
    const numbers = days ?? numbersOf(table, column);
    numbers.forEach((number, row) => (values[row * columns + column] = number));
    markFrequent(frequent, texts, column, columns);
    const known = rows.map((_, row) => row).filter((row) => !Number.isNaN(numbers[row]));
    const sorted = (sign: 1 | -1): number[] => known.toSorted((a, b) => sign * (numbers[a]! - numbers[b]!) || a - b);
    return { descending: sorted(-1), ascending: sorted(1), dated: days !== undefined };
  });
  return {
    rows: rows.length,
    columns,
    names: header.slice(0, columns).map((name) => tokensOf(name).map(({ text }) => stemOf(text))),
    texts,
    words: of((cell) => tokensOf(normalized(cell)).map(({ text }) => stemOf(text))),
    dated: orders.map(({ dated }) => dated),
    values,
    frequent,
    descending: orders.map(({ descending }) => descending),
    ascending: orders.map(({ ascending }) => ascending),
  };
}

/** Whether so many cells of a column are known that it is one of these. */
const isEnough = (known: readonly number[]): boolean =>
  known.filter((number) => !Number.isNaN(number)).length >= ENOUGH * known.length;

/** Dates as numbers, if most cells are dates and there is a month in some. */
function daysOf({ dates }: TextTable, column: number): number[] | undefined {
  const given = dates?.[column];
  if (!given?.some((date) => date && !date.endsWith("-xx-xx"))) return undefined;
  const days = given.map((date) => (date ? yearsOf(date) : NaN));
  return isEnough(days) ? days : undefined;
}

/** Numbers, if most cells have one. */
function numbersOf({ rows, numbers }: TextTable, column: number): number[] {
  const given = numbers ? numbers[column] : rows.map((row) => firstNumber(row[column]!));
  const known = rows.map((_, row) => given?.[row] ?? NaN);
  return isEnough(known) ? known : rows.map(() => NaN);
}

/** The year and what of it has gone by, so that dates compare with years. */
function yearsOf(date: string): number {
  const [year, month, day] = date.split("-").map((part) => (/^\d+$/.test(part) ? Number(part) : undefined));
  if (year === undefined && month === undefined) return NaN;
  return (year ?? 0) + ((month ?? 1) - 1) / 12 + ((day ?? 1) - 1) / 372;
}

function markFrequent(flags: Uint8Array, texts: readonly string[], column: number, columns: number): void {
  const counts = new Map<string, number>();
  for (let i = column; i < texts.length; i += columns) {
    if (texts[i]) counts.set(texts[i]!, (counts.get(texts[i]!) ?? 0) + 1);
  }
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 2);
  for (let i = column; i < texts.length; i += columns) flags[i] = Number(counts.get(texts[i]!) === most);
}
