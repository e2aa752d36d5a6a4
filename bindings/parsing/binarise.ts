import type { ParseTree } from "./tree.js";

/** Marks of symbols that a binarisation makes: what they are a part of, the labels behind, and the parent. */
const INTERMEDIATE = "@";
const BEHIND = "<";
const PARENT = "^";

/** How much a rule's symbols remember. */
export interface Markovisation {
  /** Labels to the left that a part of a constituent knows of. */
  readonly horizontal: number;
  /** Whether a constituent knows its parent. */
  readonly parents: boolean;
}

/**
 * A tree with at most two parts of each constituent, and symbols for labels: a constituent of more has a chain of parts of
 * itself, each of which knows the last labels in front of it, and all know their parent. Klein & Manning 2003, "Accurate
 * unlexicalized parsing", 2. Tags stay as they are.
 *
 * @example
 * const binary = binarise(plainTree(tree)!, { horizontal: 1, parents: true });
 */
export function binarise(tree: ParseTree, { horizontal, parents }: Markovisation): ParseTree {
  const binary = (node: ParseTree, parent: string): ParseTree => {
    const isTag = node.children.length === 1 && typeof node.children[0] === "string";
    if (isTag) return node;
    const symbol = parents ? `${node.label}${PARENT}${parent}` : node.label;
    const children = node.children.map((child) =>
      typeof child === "string" ? { label: child, children: [child] } : binary(child, node.label),
    );
    const labels = node.children.map((child) => (typeof child === "string" ? child : child.label));
    const rest = (begin: number): ParseTree => {
      if (begin === children.length - 1) return children[begin]!;
      const seen = labels.slice(Math.max(0, begin - horizontal), begin);
      return {
        label: `${INTERMEDIATE}${symbol}${BEHIND}${seen.join(BEHIND)}`,
        children: [children[begin]!, rest(begin + 1)],
      };
    };
    return { label: symbol, children: children.length === 1 ? children : [children[0]!, rest(1)] };
  };
  return binary(tree, "");
}

/** The tree that a binarised one is of. */
export function unbinarise({ label, children }: ParseTree): ParseTree {
  const at = label.indexOf(PARENT, 1);
  return {
    label: at > 0 ? label.slice(0, at) : label,
    children: children.flatMap((child): (ParseTree | string)[] => {
      if (typeof child === "string") return [child];
      const whole = unbinarise(child);
      return child.label.startsWith(INTERMEDIATE) && child.label.length > 1 ? [...whole.children] : [whole];
    }),
  };
}
