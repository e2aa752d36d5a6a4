import { isTag, type ParseTree } from "./tree.js";
import type { Grammar, Rule } from "./grammar.js";

/**
 * The grammar of trees that makes them likeliest: how often each rule is in them, and each word under its tag. Trees are
 * binarised before, or their rules are as long as they are.
 *
 * @throws RangeError when there are no trees, or their roots differ and `root` is none of the symbols.
 */
export function estimateGrammar(trees: readonly ParseTree[], root: string): Grammar {
  const rules = new Map<string, { rule: Omit<Rule, "weight">; weight: number }>();
  const words = new Map<string, Map<string, number>>();
  const walk = (node: ParseTree): void => {
    if (isTag(node)) {
      const of = words.get(node.label) ?? new Map<string, number>();
      words.set(node.label, of);
      const word = node.children[0] as string;
      of.set(word, (of.get(word) ?? 0) + 1);
      return;
    }
    add(
      node.label,
      (node.children as readonly ParseTree[]).map(({ label }) => label),
    );
    for (const child of node.children as readonly ParseTree[]) walk(child);
  };
  const add = (left: string, right: readonly string[]): void => {
    const key = [left, ...right].join(" ");
    const there = rules.get(key);
    if (there) ++there.weight;
    else rules.set(key, { rule: { left, right }, weight: 1 });
  };
  for (const tree of trees) {
    add(root, [tree.label]);
    walk(tree);
  }
  if (!trees.length) throw new RangeError("estimateGrammar: there are no trees");
  return { root, rules: [...rules.values()].map(({ rule, weight }) => ({ ...rule, weight })), words };
}
