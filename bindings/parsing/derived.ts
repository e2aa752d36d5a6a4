import type { Grammar } from "./grammar.js";
import { labelOf } from "./refined.js";
import type { ParseTree } from "./tree.js";

/**
 * Whether a tree of labels over words, tags left out, is one of a grammar's: from its words up, the symbols that each
 * constituent may be, by a rule whose parts its parts may be.
 */
export function isDerived({ root, rules, words }: Grammar, tree: ParseTree): boolean {
  const mayBe = (node: ParseTree | string, own: ReadonlySet<string> | undefined, symbol: string): boolean =>
    typeof node === "string" ? Boolean(words.get(symbol)?.has(node)) : own!.has(symbol);
  const symbolsOf = (node: ParseTree): ReadonlySet<string> => {
    const { label, children } = node;
    const below = children.map((child) => (typeof child === "string" ? undefined : symbolsOf(child)));
    const found = new Set<string>();
    const ofLabel = rules.filter(({ left }) => labelOf(left) === label);
    for (const { left, right } of ofLabel)
      if (right.length === children.length && right.every((part, i) => mayBe(children[i]!, below[i], part)))
        found.add(left);
    // A symbol that is another of its label, and nothing else, is no constituent beside it.
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const { left, right } of ofLabel) if (right.length === 1 && found.has(right[0]!)) found.add(left);
    }
    return found;
  };
  return symbolsOf(tree).has(root);
}
