import type { ParseTree } from "./tree.js";

/** NP of NP.base: symbols of a grammar may be finer than labels. */
export const labelOf = (symbol: string): string => {
  const dot = symbol.indexOf(".", 1);
  return dot > 0 ? symbol.slice(0, dot) : symbol;
};

/** A tree over a grammar's symbols with labels in their place: a symbol that is nothing but another of its label is one constituent. */
export function unrefined({ label, children }: ParseTree): ParseTree {
  const own = labelOf(label);
  const [only, ...more] = children;
  if (!more.length && typeof only === "object" && labelOf(only.label) === own) return unrefined(only);
  return { label: own, children: children.map((child) => (typeof child === "string" ? child : unrefined(child))) };
}
