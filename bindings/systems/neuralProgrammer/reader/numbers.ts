import { SCALES, valuesOf, type Quantity } from "./cells.js";
import { dayOf } from "./dates.js";
import { decimalOf, digitsOf, times, type Decimal } from "./decimal.js";
import type { Meaning } from "./lexeme.js";
import type { QuestionTable } from "./questionTable.js";
import { canonicalUnit, isUnit } from "./units.js";

const COUNTED: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
/** Numbers in words; a function, since importing calls nothing. */
const numberWords = (): RegExp =>
  new RegExp(
    `^(?:(a)(?= (?:hundred|thousand|million|billion|trillion)\\b)|(${Object.keys(COUNTED).join("|")}))(?![\\p{L}\\p{N}])`,
    "iu",
  );
const DIGITS =
  /^((?:us|a|c)?\p{Sc}|(?:eur|usd|gbp|chf|jpy|cad|aud)(?= ?-?\d))? ?([-−+]?)(\p{Sc})?(\d(?:[\d.,'’]*\d)?|\.\d+)(e[-+]?\d+(?![\p{L}\d]))?/iu;

/** A number or a day at the beginning of a text, with what multiplies it and its unit. */
export function numberAt(own: string, table: QuestionTable): { length: number; meaning: Meaning } | undefined {
  const day = /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?![\p{L}\d])/u.exec(own);
  const value = day && dayOf(day[0]);
  if (value) return { length: day[0].length, meaning: { kind: "day", value } };
  const spoken = numberWords().exec(own);
  const match = DIGITS.exec(own);
  if (!spoken && !match) return undefined;
  let length = (spoken ?? match)![0].length;
  const [, prefix = "", sign = "", inner = "", digits = "", exponent = ""] = match ?? [];
  let values = spoken
    ? { point: decimalOf(String(spoken[1] ? 1 : COUNTED[spoken[2]!.toLowerCase()]!))! }
    : valuesOf(`${digits}`, exponent);
  if (!Object.keys(values).length) return undefined;
  if (/[-−]/.test(sign)) values = mapped(values, (each) => ({ ...each, units: -each.units }));
  const ordinal = /^(?:st|nd|rd|th)(?![\p{L}\d])/iu.exec(own.slice(length));
  if (ordinal && !spoken) length += 2;
  let scale = decimalOf("1")!;
  for (;;) {
    const word = /^ ?(\p{L}+)(?![\p{L}\d])/u.exec(own.slice(length));
    const known = word && (word[1] === "M" ? "million" : word[1] === "B" ? "billion" : word[1]!.toLowerCase());
    // "14M" multiplies, unless a column's unit is M.
    if (!known || !Object.hasOwn(SCALES, known) || isColumnsUnit(word[1]!, table)) break;
    const by = decimalOf(SCALES[known]!)!;
    values = mapped(values, (each) => times(each, by));
    scale = times(scale, by);
    length += word[0].length;
  }
  const after = /^ ?(%|‰|°[cf]?|\p{Sc}|(?:sq(?:uare)?|per)\.? \p{L}+|\p{L}+(?:\/\p{L}+|[²³23](?![\p{L}\d]))?)/iu.exec(
    own.slice(length),
  );
  const unit =
    after && (isUnit(after[1]!) || isColumnsUnit(after[1]!, table)) && !isName(own.slice(length).trimStart(), table)
      ? after[1]!
      : "";
  if (unit) length += after![0].length;
  // What goes on right behind the digits is a word such as "12e456" or "3x".
  if (/^[\p{L}\d]/u.test(own.slice(length)) && !spoken) return undefined;
  const currency = prefix || inner;
  if (currency && unit && canonicalUnit(currency) !== canonicalUnit(unit)) return undefined;
  return {
    length,
    meaning: { kind: "number", values, unit: currency || unit, isOrdinal: Boolean(ordinal), scale: digitsOf(scale) },
  };
}

const mapped = (values: Quantity["values"], change: (value: Decimal) => Decimal): Quantity["values"] => ({
  ...(values.point && { point: change(values.point) }),
  ...(values.comma && { comma: change(values.comma) }),
});

const isColumnsUnit = (word: string, { columns }: QuestionTable): boolean =>
  columns.some(({ unit }) => unit !== undefined && (unit === word || canonicalUnit(unit) === canonicalUnit(word)));

/** Whether a text begins with a column's name, which is no unit. */
const isName = (rest: string, { columns }: QuestionTable): boolean =>
  columns.some(({ names }) => names.some((name) => endsWord(rest.toLowerCase(), name)));

const endsWord = (text: string, name: string): boolean =>
  text.startsWith(name) && !/^[\p{L}\p{N}\p{M}]/u.test(text.slice(name.length));
