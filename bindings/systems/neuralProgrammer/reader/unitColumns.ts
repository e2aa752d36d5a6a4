import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import { normal, spelledOut } from "./text.js";

const MONEY =
  /\b(amount|price|cost|value|total|fee|salary|revenue|sales|balance|charge|payment|budget|income|profit|gross)s?\b/;
const MEASURE =
  /\b(quantity|qty|amount|value|measure|size|weight|volume|dose|length|height|width|distance|price|cost)s?\b/;

/**
 * The column of texts that says in what a column's numbers are, such as "Currency" beside "Amount" and "PriceUnit" beside
 * "Price".
 */
export function unitColumnOf(
  { columns }: QuestionTable,
  { name, unit, kind }: QuestionColumn,
): QuestionColumn | undefined {
  if (kind !== "number" || unit !== undefined) return undefined;
  const own = normal(spelledOut(name));
  return columns.find((other) => {
    if (other.kind !== "text") return false;
    const [, of, what] = /^(.*?)\s*\b(currency|currencies|units?|uom)$/.exec(normal(spelledOut(other.name))) ?? [];
    if (what === undefined) return false;
    if (of) return own === of || own.endsWith(of);
    return (/^curr/.test(what) ? MONEY : MEASURE).test(own);
  });
}
