import { decimalOf, negative, times, type Decimal } from "./decimal.js";
import { canonicalUnit, isCurrency } from "./units.js";

/** Which character begins the fraction of a number. */
export const decimalMarks = ["point", "comma"] as const;

/** The name of one. */
export type DecimalMark = (typeof decimalMarks)[number];

/** A cell that holds a number, before its marks are told apart. */
interface Written {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: string;
  readonly scale: string;
  readonly unit: string;
}

/** A number as it is written in a cell or a question, under each mark that it can have. */
export interface Quantity {
  readonly values: { readonly [M in DecimalMark]?: Decimal };
  readonly unit: string;
}

const MISSING = /^(|-|–|—|\?|\.|n\/?a|#n\/a|nan|none|null|nil|unknown|missing)$/i;

/** Whether a cell says that nothing is known. */
export const isMissing = (text: string): boolean => MISSING.test(text.trim());

const FORMS: { readonly [M in DecimalMark]: RegExp } = {
  point: /^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:[ '’]\d{3})+|(?=\.))(?:\.\d+)?$/,
  comma: /^(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ '’]\d{3})+|(?=,))(?:,\d+)?$/,
};

/** Words and letters behind a number that multiply it. */
export const SCALES: Readonly<Record<string, string>> = {
  hundred: "100",
  k: "1000",
  thousand: "1000",
  mn: "1000000",
  mln: "1000000",
  mio: "1000000",
  million: "1000000",
  millions: "1000000",
  bn: "1000000000",
  billion: "1000000000",
  billions: "1000000000",
  trillion: "1000000000000",
};

/** Letters of which nobody can say whether they multiply or are a unit. */
const AMBIGUOUS_SUFFIX = /^[KMBT]$/;

const CELL =
  /^([^\d.,()+-]*)(\(?)([-+]?)([^\d.,()+-]*)([-+]?)([.,]?\d[\d.,'’ ]*)(e[-+]?\d+(?![\d.,]))?\s*(-?)\s*([^\d()]*)(\)?)([^\d()]*)$/iu;
const MOST_UNIT = 16;

/** The values of digits under each mark: "1.000" is 1 or 1000. */
export function valuesOf(digits: string, exponent = ""): Quantity["values"] {
  const value = (mark: DecimalMark): Decimal | undefined => {
    if (!FORMS[mark].test(digits)) return undefined;
    const plain = digits.replace(mark === "point" ? /[,'’ ]/g : /[.'’ ]/g, "").replace(",", ".");
    return decimalOf(`${plain}${exponent}`);
  };
  const [point, comma] = [value("point"), value("comma")];
  return { ...(point && { point }), ...(comma && { comma }) };
}

/** Parts of a cell that holds one number, with a sign in front, behind, or in brackets, and a unit. */
function writtenIn(cell: string): Written | undefined {
  const text = cell
    .normalize("NFC")
    .replace(/[\u00a0\u202f\u2009\s]+/g, " ")
    .replace(/[−–]/g, "-")
    .trim();
  const match = CELL.exec(text);
  if (!match) return undefined;
  const [, before, open, sign, between, second, rough, exponent = "", trail, after, close, behind] = match.map(
    (part: string | undefined) => part ?? "",
  ) as [string, string, string, string, string, string, string, string, string, string, string, string];
  const signs = [open, sign, second, trail].filter(Boolean);
  if (Boolean(open) !== Boolean(close) || signs.length > 1) return undefined;
  const prefix = `${before}${between}`.trim();
  if (prefix && !isCurrency(prefix)) return undefined;
  const suffix = `${after}${behind}`.trim();
  if (/^[.,;:/]/.test(suffix) || suffix.length > MOST_UNIT || /-/.test(suffix)) return undefined;
  if (prefix && suffix && isUnitAgain(prefix, suffix)) return undefined;
  const digits = rough.trim();
  // A letter right behind digits is a code, such as "12A" of a seat, unless it multiplies.
  if (/^[A-Z]$/.test(suffix) && rough === digits && !AMBIGUOUS_SUFFIX.test(suffix)) return undefined;
  const [first = "", ...rest] = suffix.split(" ");
  const scale = first.toLowerCase() in SCALES ? first.toLowerCase() : "";
  const unit = [prefix, scale ? rest.join(" ") : suffix].filter(Boolean).join(" ");
  const isNegative = Boolean(open) || signs[0] === "-";
  return { isNegative, digits, exponent, scale, unit };
}

/** Whether a prefix and a suffix are both currencies. */
const isUnitAgain = (prefix: string, suffix: string): boolean => isCurrency(suffix) && prefix !== suffix;

/** The number in a cell, with its unit; undefined for a text. */
export function quantityOf(cell: string): Quantity | undefined {
  const written = writtenIn(cell);
  if (!written) return undefined;
  const { digits, exponent, scale, unit, isNegative } = written;
  const signed = (value: Decimal | undefined): Decimal | undefined => {
    if (!value) return undefined;
    const scaled = scale ? times(value, decimalOf(SCALES[scale]!)!) : value;
    return isNegative ? negative(scaled) : scaled;
  };
  const values = valuesOf(digits, exponent);
  const [point, comma] = [signed(values.point), signed(values.comma)];
  if (!point && !comma) return undefined;
  return { values: { ...(point && { point }), ...(comma && { comma }) }, unit };
}

/** Whether a cell is digits that a zero leads, which is a code and no number. */
export const isCode = (cell: string): boolean => /^[-+]?0\d+$/.test(cell.trim());

/** Whether a unit may be a multiplier: "3 M" are metres to nobody, and millions to some. */
export const isAmbiguousUnit = (unit: string): boolean => AMBIGUOUS_SUFFIX.test(unit);

/** Whether two units are the same. */
export const isSameUnit = (a: string, b: string): boolean => canonicalUnit(a) === canonicalUnit(b);
