import { decimalOf, times, type Decimal } from "./decimal.js";

/** Names of units and currencies, the first of each the one that is compared. */
const NAMES: readonly (readonly string[])[] = [
  ["km", "kilometer", "kilometers", "kilometre", "kilometres", "kms"],
  ["m", "meter", "meters", "metre", "metres"],
  ["cm", "centimeter", "centimeters", "centimetre", "centimetres"],
  ["mm", "millimeter", "millimeters", "millimetre", "millimetres"],
  ["mi", "mile", "miles"],
  ["yd", "yard", "yards"],
  ["ft", "foot", "feet"],
  ["inch", "inches"],
  ["km²", "km2", "km^2", "sq km", "sqkm", "square kilometers", "square kilometres", "square km"],
  ["m²", "m2", "m^2", "sq m", "sqm", "square meters", "square metres"],
  ["mi²", "mi2", "sq mi", "square miles"],
  ["ha", "hectare", "hectares"],
  ["acre", "acres"],
  ["kg", "kilogram", "kilograms", "kilo", "kilos"],
  ["g", "gram", "grams"],
  ["mg", "milligram", "milligrams"],
  ["t", "tonne", "tonnes"],
  ["lb", "lbs", "pound", "pounds"],
  ["oz", "ounce", "ounces"],
  ["l", "liter", "liters", "litre", "litres"],
  ["ml", "milliliter", "milliliters", "millilitre", "millilitres"],
  ["s", "sec", "secs", "second", "seconds"],
  ["min", "mins", "minute", "minutes"],
  ["h", "hr", "hrs", "hour", "hours"],
  ["day", "days"],
  ["week", "weeks"],
  ["month", "months"],
  ["year", "years", "yr", "yrs"],
  ["km/h", "kmh", "kph"],
  ["mph"],
  ["°c", "celsius"],
  ["°f", "fahrenheit"],
  ["%", "percent", "per cent", "pct"],
  ["€", "eur", "euro", "euros"],
  ["$", "usd", "us$", "dollar", "dollars"],
  ["£", "gbp"],
  ["¥", "jpy", "yen"],
  ["chf", "francs"],
  ["cad"],
  ["aud"],
  ["sek"],
  ["nok"],
  ["dkk"],
  ["inr", "₹", "rupee", "rupees"],
  ["cny", "rmb", "yuan"],
  ["kw"],
  ["mw"],
  ["kwh"],
  ["mb"],
  ["gb"],
  ["kb"],
];

const CANONICAL = /* @__PURE__ */ (() =>
  new Map(NAMES.flatMap((names) => names.map((name) => [name, names[0]!] as const))))();

/** Families of units that convert by a factor: how many of the family's smallest each is. */
const FAMILIES: readonly Readonly<Record<string, string>>[] = [
  { mm: "1", cm: "10", m: "1000", km: "1000000" },
  { inch: "1", ft: "12", yd: "36", mi: "63360" },
  { "m²": "1", ha: "10000", "km²": "1000000" },
  { mg: "1", g: "1000", kg: "1000000", t: "1000000000" },
  { oz: "1", lb: "16" },
  { ml: "1", l: "1000" },
  { s: "1", min: "60", h: "3600", day: "86400", week: "604800" },
];

/** One name for all ways to write a unit: "kilometres" and "km" are "km". */
export function canonicalUnit(unit: string): string {
  const name = unit.normalize("NFC").toLowerCase().replace(/\.$/, "").replace(/\s+/g, " ").trim();
  return CANONICAL.get(name) ?? name;
}

/** Whether a word is a unit that is known by its name. */
export const isUnit = (word: string): boolean => CANONICAL.has(word.toLowerCase());

/** Whether what stands in front of a number is a currency. */
export const isCurrency = (text: string): boolean =>
  /^\p{Sc}$/u.test(text) ||
  /^(us|a|c|r|nz|hk)\$$/i.test(text) ||
  /^(eur|usd|gbp|jpy|chf|cad|aud|sek|nok|dkk|inr|cny|rs\.?)$/i.test(text);

/**
 * Comparison value in the unit of a column, as a fraction of two exact numbers: a cell c is above the value where
 * c · cells is above `value`. Undefined where units do not convert.
 */
export function convert(value: Decimal, from: string, to: string): { value: Decimal; cells: Decimal } | undefined {
  const [one, other] = [canonicalUnit(from), canonicalUnit(to)];
  const family = FAMILIES.find((units) => one in units && other in units);
  if (one === other) return { value, cells: decimalOf("1")! };
  if (!family) return undefined;
  return { value: times(value, decimalOf(family[one]!)!), cells: decimalOf(family[other]!)! };
}
