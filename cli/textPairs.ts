import { CsvError, parse } from "csv-parse/sync";
import type { TextPair } from "../bindings/learn.js";
import { FileError, UsageError } from "./errors.js";
import { plural } from "./numbers.js";
import { visible } from "../bindings/common/visible.js";

/** Which columns of a file are sources and targets. */
export interface Columns {
  /** Two names, or numbers from 1. Default: the two that there are. */
  readonly columns?: readonly string[] | undefined;
  /** Whether the first line has the names of the columns. Default: whether it looks as if it had. */
  readonly header?: boolean | undefined;
}

/** Pairs of a file. */
export interface PairsRead {
  readonly pairs: readonly TextPair[];
  /** The names of the columns, where the first line has them. */
  readonly header: readonly string[] | undefined;
}

/**
 * Pairs of a text, a line each, with a tab, comma or semicolon between: as TSV, where no mark means anything but tabs and
 * ends of lines, or as CSV with quotes.
 *
 * @throws FileError when a line is no pair; UsageError when there are no such columns.
 */
export function pairsIn(text: string, file: string, { columns, header }: Columns = {}): PairsRead {
  const rows = rowsOf(text, file);
  if (!rows.length) throw new FileError(`${file} is empty, and must have pairs: a line each, with a tab between`);
  const isHeader = header ?? (columns?.some((column) => !isNumber(column)) || looksLikeNames(rows[0]!.cells));
  const names = isHeader ? rows[0]!.cells : undefined;
  const [source, target] = placesOf(rows[0]!.cells, names, file, columns);
  const pairs = rows.slice(isHeader ? 1 : 0).map(({ cells, line }): TextPair => {
    const pair = [cells[source], cells[target]] as const;
    const [from, to] = pair;
    if (from === undefined || to === undefined || cells.length !== rows[0]!.cells.length) {
      const are = `line ${line} has ${plural(cells.length, "column")}`;
      throw new FileError(`${file}: ${are}, and must have ${rows[0]!.cells.length}, as line ${rows[0]!.line} has`);
    }
    if (!from.trim()) throw new FileError(`${file}: line ${line} has no source, and must have one`);
    return [from, to];
  });
  if (!pairs.length) throw new FileError(`${file} has names of columns, and no pairs`);
  return { pairs, header: names };
}

interface Row {
  readonly cells: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** Lines that are not blank, as cells. */
function rowsOf(text: string, file: string): Row[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.find((line) => line.trim());
  if (first === undefined) return [];
  if (first.includes("\t") && !(/\.csv(\.gz)?$/i.test(file) && /[,;]/.test(first)))
    return lines.flatMap((line, i) => (line.trim() ? [{ cells: line.split("\t"), line: i + 1 }] : []));
  const delimiter = first.split(";").length > first.split(",").length ? ";" : ",";
  try {
    const options = { delimiter, info: true, relax_column_count: true, skip_empty_lines: true } as const;
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileError(`${file} is no CSV: ${error.message}`, { cause: error });
  }
}

const isNumber = (column: string): boolean => /^\d+$/.test(column);

/** Names that people give to the two columns of pairs. */
const NAMES =
  /^(source|target|src|tgt|trg|input|output|in|out|from|to|x|y|text|texts|label|labels|class|word|words|phonemes|pronunciation|question|answer|query|original|translation|before|after|key|value|left|right)$/i;

const looksLikeNames = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.every((cell) => NAMES.test(cell.trim())) && new Set(cells).size === cells.length;

/** Where sources and targets are. @throws FileError, UsageError when there are no such columns, or it is not said which. */
function placesOf(
  first: readonly string[],
  names: readonly string[] | undefined,
  file: string,
  columns: readonly string[] | undefined,
): readonly [number, number] {
  const has = names ? names.map((name) => `"${visible(name.trim())}"`).join(", ") : plural(first.length, "column");
  if (!columns) {
    if (first.length === 2) return [0, 1];
    const advice =
      first.length > 2
        ? `name the source's and the target's with --columns, such as --columns ${names ? names.slice(0, 2).join() : "1,2"}`
        : "a line must be a source and its target with a tab between, or a comma";
    throw new FileError(`${file} has ${has}, and there must be two: ${advice}`);
  }
  const places = columns.map((column) => {
    const place = names?.findIndex((name) => name.trim() === column) ?? -1;
    if (place >= 0) return place;
    if (isNumber(column) && Number(column) >= 1 && Number(column) <= first.length) return Number(column) - 1;
    throw new UsageError(`--columns: ${file} has no column "${column}"; it has ${has}`);
  });
  return places as [number, number];
}

/** Reads an option that names two columns. */
export function columnsOf(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length === 2 && names.every(Boolean)) return names;
  throw new UsageError(`--columns is "${text}", and must name two, with a comma between`);
}
