import { MOST_DEPTH, type ParseTree } from "./tree.js";

/** The symbol of a word, whichever it is. */
export const WORD = "XX";

/**
 * A tree as a string of symbols, depth first, with words normalised: `(S (NP XX XX )NP (VP XX )VP )S`. Vinyals et al. 2014,
 * arXiv:1412.7449, 2.2.
 *
 * @example
 * const symbols = linearise(constituentsOf(readTree("(S (NP (DT the) (NN dog)) (VP (VBD barked)))"))!);
 */
export function linearise({ label, children }: ParseTree): string[] {
  const inside = children.flatMap((child) => (typeof child === "string" ? [WORD] : linearise(child)));
  return [`(${label}`, ...inside, `)${label}`];
}

/** What was wrong with a string of symbols, and was made right. */
export interface Repairs {
  /** Closing brackets that were missing: a later one closed more than its own, or the string ended. */
  readonly closed: number;
  /** Opening brackets that were missing, and are in front of what came before. */
  readonly opened: number;
  /** Brackets that were left out: they closed nothing, had nothing inside, or were nested too deep. */
  readonly dropped: number;
  /** Words that the string had too few of, or too many. */
  readonly words: number;
  /** Trees beside the first, where there must be one. */
  readonly roots: number;
}

/** A tree of a string of symbols. */
export interface Delinearised {
  readonly tree: ParseTree;
  readonly repairs: Repairs;
  /** Whether nothing had to be repaired. */
  readonly isWellFormed: boolean;
}

/** Label of a tree around several, or around words that are in none. */
const AROUND = "S";

/** A constituent that is not closed yet, and how deep what is in it nests. */
interface Open {
  label: string;
  children: (ParseTree | string)[];
  depth: number;
}

const opening = (label: string): Open => ({ label, children: [], depth: 0 });

/**
 * The tree over these words that a string of symbols says. A string that says none is repaired, as in 3.2 of the paper:
 * closing brackets are added to its end, and opening ones to its begin. Words that have no place go to the end of the tree;
 * symbols of more words than there are, and brackets around nothing, are left out. `repairs` counts all of it.
 *
 * @throws RangeError when there are no words.
 * @example
 * const { tree, isWellFormed } = delinearise(["(S", "(NP", "XX", ")NP", "XX"], ["dogs", "bark"]);
 */
export function delinearise(symbols: readonly string[], words: readonly string[]): Delinearised {
  if (!words.length) throw new RangeError("delinearise: there are no words, and must be at least one");
  const around = opening(AROUND);
  const open: Open[] = [around];
  let [closed, opened, dropped, surplus, next] = [0, 0, 0, 0, 0];
  const close = (): void => {
    const { label, children, depth } = open.pop()!;
    const above = open.at(-1)!;
    if (!children.length) return void ++dropped;
    above.children.push({ label, children });
    above.depth = Math.max(above.depth, depth + 1);
  };
  for (const symbol of symbols) {
    const label = symbol.slice(1);
    if (symbol.startsWith("(")) {
      if (open.length < MOST_DEPTH) open.push(opening(label));
      else ++dropped;
    } else if (!symbol.startsWith(")")) {
      if (next < words.length) open.at(-1)!.children.push(words[next++]!);
      else ++surplus;
    } else {
      const own = open.findLastIndex((each, i) => i > 0 && each.label === label);
      if (own > 0) {
        closed += open.length - 1 - own;
        while (open.length > own) close();
      } else if (open.length === 1 && around.children.length && around.depth < MOST_DEPTH - 1) {
        ++opened;
        around.children = [{ label, children: around.children }];
        ++around.depth;
      } else ++dropped;
    }
  }
  closed += open.length - 1;
  while (open.length > 1) close();
  const [root] = around.children;
  const isOne = around.children.length === 1 && typeof root === "object";
  const { label, children } = isOne ? root : around;
  const tree: ParseTree = { label, children: [...children, ...words.slice(next)] };
  const repairs = {
    closed,
    opened,
    dropped,
    words: words.length - next + surplus,
    roots: isOne ? 0 : Math.max(1, around.children.length - 1),
  };
  return { tree, repairs, isWellFormed: Object.values(repairs).every((count) => !count) };
}
