import { isTag, type ParseTree } from "./tree.js";

/** Labels around whole sentences in treebanks, which say nothing. */
const ROOTS: readonly string[] = ["", "ROOT", "TOP"];

/** NP of NP-SBJ-1 and NP=2: without functions and indices. Labels that are punctuation, such as -LRB-, stay. */
export const plainLabel = (label: string): string => /^[^-=|]+/.exec(label)?.[0] ?? label;

/**
 * The constituents of a treebank's tree: labels without functions, no root around them, no traces, and words where tags
 * were. Undefined where nothing is left.
 */
export function constituentsOf(tree: ParseTree): ParseTree | undefined {
  return withoutTags(plainTree(tree));
}

/** The same with tags over words. */
export function plainTree(tree: ParseTree): ParseTree | undefined {
  const plain = (node: ParseTree): ParseTree | undefined => {
    if (isTag(node)) return node.label === "-NONE-" ? undefined : { ...node, label: plainLabel(node.label) };
    const children = node.children.flatMap((child): (ParseTree | string)[] => {
      const kept = typeof child === "string" ? child : plain(child);
      return kept === undefined ? [] : [kept];
    });
    return children.length ? { label: plainLabel(node.label), children } : undefined;
  };
  let root = plain(tree);
  while (root && ROOTS.includes(root.label) && root.children.length === 1 && typeof root.children[0] !== "string")
    root = root.children[0]!;
  return root;
}

/** A tree whose words are not under tags. A sentence that is nothing but a tag stays a constituent. */
function withoutTags(tree: ParseTree | undefined): ParseTree | undefined {
  if (!tree || isTag(tree)) return tree;
  const bare = ({ label, children }: ParseTree): ParseTree => ({
    label,
    children: children.map((child) =>
      typeof child === "string" ? child : isTag(child) ? child.children[0]! : bare(child),
    ),
  });
  return bare(tree);
}
