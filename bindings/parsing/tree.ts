/** A constituency tree: a label over subtrees and words. */
export interface ParseTree {
  readonly label: string;
  readonly children: readonly (ParseTree | string)[];
}

/** Deepest nesting of constituents that is read or made: what walks over trees calls itself. */
export const MOST_DEPTH = 500;

/** The words of a tree, from left to right. */
export function treeWords(tree: ParseTree): string[] {
  const words: string[] = [];
  const walk = (node: ParseTree | string): void => {
    if (typeof node === "string") words.push(node);
    else node.children.forEach(walk);
  };
  walk(tree);
  return words;
}

/** A tag over one word, such as (NN dog): a part of speech, which is no constituent. */
export const isTag = ({ children }: ParseTree): boolean => children.length === 1 && typeof children[0] === "string";
