import { textOf, type LogRow } from "./rows.js";

/**
 * Rows as lines of CSV (RFC 4180, with line feeds): a header, then a cell for each of its columns, which is empty where
 * that step did not measure it. NaN and infinities are `NaN`, `Infinity` and `-Infinity`.
 */
export class CSVTable {
  readonly #columns = new Set<string>();

  get header(): string {
    return lineOf(["step", ...this.#columns].map(quoted));
  }

  /** Adds the columns of a row that are not there yet, at the end. Whether there were any, so that the header changes. */
  widen({ values }: LogRow): boolean {
    const before = this.#columns.size;
    for (const name of values.keys()) this.#columns.add(name);
    return this.#columns.size > before;
  }

  line({ step, values }: LogRow): string {
    const cells = [String(step)];
    for (const name of this.#columns) {
      const value = values.get(name);
      cells.push(value === undefined ? "" : textOf(value));
    }
    return lineOf(cells);
  }
}

const lineOf = (cells: readonly string[]): string => `${cells.join()}\n`;

const quoted = (name: string): string => (/^\s|[",\r\n]|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
