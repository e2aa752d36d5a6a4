import { BracketError } from "./bracketError.js";
import { readTree } from "./brackets.js";
import { plainTree } from "./constituents.js";
import type { ParseTree } from "./tree.js";

/**
 * Trees of a treebank, one a line, behind the name of their document and a tab or alone, without functions and traces,
 * with tags over words. Blank lines are left out, and so are trees of which nothing is left.
 *
 * @throws BracketError when a line is no tree: the message says which line.
 * @example
 * const trees = readTreebank("news\t(ROOT (S (NP-SBJ (NN rain)) (VP (VBD fell)) (. .)))\n");
 */
export function readTreebank(text: string): ParseTree[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, i): ParseTree[] => {
    if (!line.trim()) return [];
    const tree = line.slice(line.lastIndexOf("\t") + 1);
    try {
      return [plainTree(readTree(tree)) ?? []].flat();
    } catch (error) {
      if (error instanceof BracketError) throw error.inLine(i + 1);
      throw error;
    }
  });
}
