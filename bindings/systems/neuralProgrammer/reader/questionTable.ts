import { decimalMarks, isAmbiguousUnit, isCode, isMissing, isSameUnit, quantityOf, type DecimalMark } from "./cells.js";
import { dayOf } from "./dates.js";
import { compare, whole, type Decimal } from "./decimal.js";
import { QuestionError } from "./questionError.js";
import { normal, numbersOf, spelledOut } from "./text.js";

/** A table as it is read from a file: all cells are texts. */
export interface WrittenTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a table is read. */
export interface QuestionTableOptions {
  /** What begins a number's fraction, where the cells do not tell. Default: what they tell. */
  readonly decimal?: DecimalMark;
  /** What separates the cells of the file: in a file of commas, "1,000" is a thousand. Default: nothing is known. */
  readonly delimiter?: string;
}

/** A column: its cells as they are written, and as they are compared. */
export interface QuestionColumn {
  readonly name: string;
  readonly index: number;
  readonly texts: readonly string[];
  /** Texts as they are compared, undefined where a cell is missing. */
  readonly keys: readonly (string | undefined)[];
  readonly kind: "number" | "date" | "text";
  /** Numbers, or days as yyyymmdd, undefined where a cell is missing; absent for a column of text. */
  readonly values?: readonly (Decimal | undefined)[];
  readonly unit?: string;
  /** Whether its name says that numbers are thousands, millions, …. */
  readonly isScaled?: true;
  /** Why a column of text has no numbers. */
  readonly problem?: string;
  /** The decimal mark of its numbers, if they show one. */
  readonly mark?: DecimalMark;
  /** The cell that says yes, in a column of yes and no. */
  readonly yes?: string;
  /** Ways to name it in a question. */
  readonly names: readonly string[];
  /** Ways to name its rows: "passengers" where there is a PassengerId. */
  readonly rowNames: readonly string[];
}

/** A table that questions are asked of. */
export interface QuestionTable {
  readonly rows: number;
  readonly columns: readonly QuestionColumn[];
  /** The decimal mark that its numbers have; undefined where none shows one. */
  readonly mark?: DecimalMark;
}

const YES: Readonly<Record<string, readonly string[]>> = {
  yes: ["yes", "no"],
  true: ["true", "false"],
  y: ["y", "n"],
};

/**
 * Table of columns of numbers, days and texts. Marks of numbers are told by whole columns; a column whose cells are not
 * all numbers of one unit is one of texts, and says why where a question wants numbers of it.
 *
 * @throws QuestionError when there is no row, a row is not as long as the header, or two columns have one name.
 * @example
 * const table = questionTable({ header: ["City", "Area"], rows: [["Basel", "23.9 km²"]] });
 */
export function questionTable(
  { header, rows }: WrittenTable,
  { decimal, delimiter }: QuestionTableOptions = {},
): QuestionTable {
  if (!rows.length) throw new QuestionError("The table has no rows");
  const ragged = rows.findIndex(({ length }) => length !== header.length);
  if (ragged >= 0) {
    throw new QuestionError(
      `Row ${ragged + 1} of the table has ${rows[ragged]!.length} cells, and its header ${header.length}`,
    );
  }
  const names = header.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.findIndex((other) => normal(other) === normal(name)) < i);
  if (twice !== undefined) throw new QuestionError(`The table has two columns "${twice}": rename one of them`);
  const cells = names.map((_, i) => rows.map((row) => row[i]!.trim()));
  const told = cells.map((texts) => decimal ?? markOf(texts));
  const shown = [...new Set(told.filter((mark) => mark !== undefined))];
  // Where one column does not tell, the others may, and so may commas that stand between cells.
  const elsewhere = shown.length === 1 ? shown[0] : undefined;
  const columns = names.map((name, index) => {
    const texts = cells[index]!;
    const isThousands = delimiter === "," && texts.every((text) => !text.includes(".")) ? "point" : undefined;
    return columnOf(name, index, texts, told[index] ?? elsewhere ?? isThousands);
  });
  return { rows: rows.length, columns, ...(elsewhere && { mark: elsewhere }) };
}

/** The one mark under which all numbers of a column can be read; undefined where both can, or none. */
function markOf(texts: readonly string[]): DecimalMark | undefined {
  let [possible, isAny]: [readonly DecimalMark[], boolean] = [decimalMarks, false];
  for (const text of texts) {
    const quantity = isMissing(text) ? undefined : quantityOf(text);
    if (!quantity) continue;
    isAny = true;
    possible = possible.filter((mark) => quantity.values[mark]);
  }
  return isAny && possible.length === 1 ? possible[0] : undefined;
}

function columnOf(written: string, index: number, texts: readonly string[], mark?: DecimalMark): QuestionColumn {
  // "Area (km²)", "Share %".
  const inHeader =
    /^(.*\S)\s*[([]([^()[\]]{1,12})[)\]]$/.exec(written) ?? /^(.*[^\s(])\s+([%‰]|\p{Sc})$/u.exec(written);
  // "Paid?", "Invoice #".
  const spoken = spelledOut(inHeader ? inHeader[1]! : written).replace(/(?<=\S)\s*[?#:*.]+$/, "");
  const names = [
    ...new Set([written, spoken, ...(inHeader ? [inHeader[1]!] : [])].flatMap((name) => numbersOf(normal(name)))),
  ];
  const entity = /^(.+?)[ _-]?(id|ids|no|number|code|name)s?$/.exec(normal(spoken))?.[1];
  const rowNames = entity ? numbersOf(entity.trim()).filter((name) => !names.includes(name)) : [];
  const keys = texts.map((text) => (isMissing(text) ? undefined : normal(text)));
  const column = { name: written, index, texts, keys, names, rowNames };
  const there = texts.filter((text) => !isMissing(text));
  if (!there.length) return { ...column, kind: "text", problem: "has no cell that is there" };
  const days = texts.map((text) => (isMissing(text) ? undefined : dayOf(text)));
  if (texts.every((text, row) => isMissing(text) || days[row])) return { ...column, kind: "date", values: days };
  const read = numbersIn(texts, mark);
  if ("problem" in read) {
    const yes = flagOf(keys);
    return {
      ...column,
      ...(yes && { names: [...names, ...verbsOf(normal(spoken))] }),
      kind: "text",
      problem: read.problem,
      ...(yes && { yes }),
    };
  }
  const unit = read.unit || (inHeader?.[2] ?? "");
  const isFlag = read.values.every((value) => !value || compare(value, ZERO) === 0 || compare(value, ONE) === 0);
  return {
    ...column,
    names: [...names, ...(isFlag ? verbsOf(normal(spoken)) : [])],
    kind: "number",
    values: read.values,
    ...(mark && { mark }),
    ...(unit && { unit }),
    ...(SCALED.test(written) && { isScaled: true as const }),
    ...(isFlag && { yes: "1" }),
  };
}

/** Names of columns whose numbers are so many thousands or millions. */
const SCALED =
  /(^|[^\p{L}])(hundreds?|thousands?|millions?|billions?|trillions?|mio|mn|mln|bn|'?000'?s?)($|[^\p{L}])/iu;

const ZERO = /* @__PURE__ */ whole(0);
const ONE = /* @__PURE__ */ whole(1);

/** The verb of a name: "did not survive" is about the column "Survived". */
const verbsOf = (name: string): string[] => (/..ed$/.test(name) ? [name.slice(0, -1), name.slice(0, -2)] : []);

/** The word of a column of two that says yes. */
function flagOf(keys: readonly (string | undefined)[]): string | undefined {
  const all = new Set(keys.filter((key) => key !== undefined));
  return Object.keys(YES).find((yes) => all.has(yes) && [...all].every((key) => YES[yes]!.includes(key)));
}

type NumbersRead = { readonly values: (Decimal | undefined)[]; readonly unit: string } | { readonly problem: string };

/** Numbers of a column under a mark, and what stands with all of them; or why there are none. */
function numbersIn(texts: readonly string[], mark?: DecimalMark): NumbersRead {
  let unit: string | undefined;
  let first = "";
  const values: (Decimal | undefined)[] = [];
  for (const [row, text] of texts.entries()) {
    if (isMissing(text)) {
      values.push(undefined);
      continue;
    }
    if (isCode(text)) return { problem: `holds codes, such as "${text}", which are texts` };
    const quantity = quantityOf(text);
    if (!quantity) return { problem: `has "${text}" in row ${row + 1}, which is no number` };
    if (isAmbiguousUnit(quantity.unit)) {
      return { problem: `has "${text}" in row ${row + 1}, where ${quantity.unit} may be a unit or multiply` };
    }
    if (unit !== undefined && !isSameUnit(quantity.unit, unit)) {
      return { problem: `mixes units, "${first}" and "${text}", which do not add up` };
    }
    if (unit === undefined) [unit, first] = [quantity.unit, text];
    const { point, comma } = quantity.values;
    const value = mark ? quantity.values[mark] : (point ?? comma);
    if (!value) return { problem: `has "${text}" in row ${row + 1}, which is no number with a decimal ${mark!}` };
    if (!mark && point && comma && compare(point, comma) !== 0) {
      return {
        problem: `has "${text}", and nothing tells whether its mark is a decimal point or separates thousands: say --decimal point or --decimal comma (the option \`decimal\`)`,
      };
    }
    values.push(value);
  }
  return { values, unit: unit ?? "" };
}

/** The columns and what they hold, for messages. */
export function columnsInWords({ columns }: QuestionTable): string {
  const names = columns.map(({ name, kind }) => `"${name}"${kind === "number" ? "" : ` (${kind})`}`);
  if (columns.length <= 20) return names.join(", ");
  return `${columns.length.toLocaleString("en-US")} columns, the first of them ${names.slice(0, 20).join(", ")}`;
}
