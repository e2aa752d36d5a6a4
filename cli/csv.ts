import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import type { WrittenTable } from "../bindings/questions.js";
import { decodeText } from "./encoding.js";
import { FileError } from "./errors.js";

/** A table of a file: its cells as they are written there, and what separates them. */
export interface CSVTable extends WrittenTable {
  readonly delimiter: string;
}

/** @throws FileError when the file cannot be read, or is no table: empty, ragged, or with names twice. */
export async function readTable(file: string): Promise<CSVTable> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
  });
  return parseTable(decodeText(bytes), file);
}

/** @throws FileError as readTable does; `file` is for messages. */
export function parseTable(text: string, file: string): CSVTable {
  const { records, delimiter } = recordsOf(text.replace(/^\ufeff/, ""), file);
  const [first, ...rows] = records;
  if (!first) throw new FileError(`${file} is empty, and must have a line with the names of columns, and rows`);
  if (!rows.length) throw new FileError(`${file} has names of columns, and no rows`);
  const header = first.map((name, i) => name.trim() || `column ${i + 1}`);
  const key = (name: string): string => name.normalize("NFC").toLowerCase();
  const twice = header.find((name, i) => header.findIndex((other) => key(other) === key(name)) < i);
  if (twice !== undefined) throw new FileError(`${file} has two columns "${twice}": rename one of them`);
  return { header, rows: rows.map((row) => row.map((cell) => cell.trim())), delimiter };
}

/** Delimiters, of equally many in the first line the first. */
const DELIMITERS = [",", ";", "\t", "|"] as const;

interface Records {
  readonly records: readonly (readonly string[])[];
  readonly delimiter: string;
}

/** Records that all have as many cells as the first, by the delimiter that the first line has most of. */
function recordsOf(text: string, file: string): Records {
  // Spreadsheets say the delimiter in a line of its own.
  const said = /^sep=([^\r\n])[ \t]*(?:\r\n|\r|\n|$)/i.exec(text);
  if (said) return parsed(text.slice(said[0].length), said[1]!, file);
  const counts = delimitersIn(text);
  const likely = [...DELIMITERS].sort((a, b) => counts.get(b)! - counts.get(a)!);
  const possible = likely.filter((delimiter, i) => !i || counts.get(delimiter)! > 0);
  for (const delimiter of possible) {
    try {
      return parsed(text, delimiter, file);
    } catch (error) {
      // "Price, EUR;Size, cm" has as many commas as semicolons, and only these make a table.
      if (delimiter === possible.at(-1)) break;
      if (!(error instanceof FileError)) throw error;
    }
  }
  return parsed(text, likely[0]!, file);
}

/** How often each delimiter stands in the first line, outside quotes. */
function delimitersIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "\n" || character === "\r") break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  return counts;
}

function parsed(text: string, delimiter: string, file: string): Records {
  try {
    const records = parse(text, { delimiter, skip_empty_lines: true, trim: true }) as string[][];
    return { records, delimiter };
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
