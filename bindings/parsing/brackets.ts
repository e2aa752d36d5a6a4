import { shown } from "../common/shown.js";
import { BracketError } from "./bracketError.js";
import { MOST_DEPTH, type ParseTree } from "./tree.js";

/** A tree that is still read: where it begins, and what it has so far. */
interface Open {
  readonly at: number;
  label: string | undefined;
  readonly children: (ParseTree | string)[];
}

/**
 * Reads a tree in the brackets of the Penn Treebank: `(S (NP (DT the) (NN dog)) (VP (VBD barked)))`. A bracket without a
 * label around all, as the Treebank's files have it, gets the label "".
 *
 * @throws BracketError when a bracket is missing or too many, a tree is empty, there is more than one, or one nests deeper
 * than 500.
 * @example
 * const tree = readTree("(S (NP (DT the) (NN dog)) (VP (VBD barked)))");
 */
export function readTree(text: string): ParseTree {
  const open: Open[] = [];
  let whole: ParseTree | undefined;
  for (const { 0: token, index: at } of text.matchAll(/[()]|[^\s()]+/g)) {
    if (whole) throw new BracketError(`there is ${shown(token)} behind the end of the tree`, at);
    const last = open.at(-1);
    if (token === "(") {
      if (open.length === MOST_DEPTH) throw new BracketError(`constituents nest deeper than ${MOST_DEPTH}`, at);
      if (last) last.label ??= "";
      open.push({ at, label: undefined, children: [] });
    } else if (!last) throw new BracketError(`${shown(token)} is outside all brackets`, at);
    else if (token !== ")") {
      if (last.label === undefined) last.label = token;
      else last.children.push(token);
    } else {
      if (!last.children.length) throw new BracketError("a constituent has nothing in it", last.at);
      open.pop();
      const tree = { label: last.label ?? "", children: last.children };
      const above = open.at(-1);
      if (above) above.children.push(tree);
      else whole = tree;
    }
  }
  if (open.length) throw new BracketError("a bracket is never closed", open.at(-1)!.at);
  if (!whole) throw new BracketError("there is no tree", 0);
  return whole;
}

/** The tree in brackets, on one line: what `readTree` reads. */
export function writeTree({ label, children }: ParseTree): string {
  const parts = children.map((child) => (typeof child === "string" ? child : writeTree(child)));
  return `(${[label, ...parts].join(" ")})`;
}
