import type { ParseTree } from "./tree.js";

/** A label or a word in a drawing, and where its middle is. */
export interface Placed {
  readonly text: string;
  readonly isWord: boolean;
  /** Level, from the root's, 0. */
  readonly level: number;
  /** The place of its first character. */
  readonly x: number;
  /** The place of its middle. */
  readonly middle: number;
  /** Middles of its parts, from left to right. */
  readonly parts: readonly number[];
  /** The constituent, of a label. */
  readonly node?: ParseTree;
}

/** A drawing of a tree: labels above what they are over. */
export interface TreeLayout {
  /** A constituent in front of its parts. */
  readonly placed: readonly Placed[];
  /** In characters. */
  readonly width: number;
  readonly levels: number;
}

/** Places for what a drawing shows, in characters: `widthOf` says how wide a text is, `gap` what is between two parts. */
export function layOut(
  tree: ParseTree,
  { widthOf, gap }: { widthOf: (text: string) => number; gap: number },
): TreeLayout {
  interface Block {
    readonly placed: Placed[];
    readonly width: number;
    readonly middle: number;
    readonly levels: number;
  }
  const block = (node: ParseTree | string): Block => {
    const text = typeof node === "string" ? node : node.label;
    const own = widthOf(text);
    if (typeof node === "string") {
      const middle = Math.floor((own - 1) / 2);
      return { placed: [{ text, isWord: true, level: 0, x: 0, middle, parts: [] }], width: own, middle, levels: 1 };
    }
    const blocks = node.children.map(block);
    const inside = blocks.reduce((sum, { width }) => sum + width, gap * (blocks.length - 1));
    // A label that is wider than all below it has these in its middle.
    let begin = Math.max(0, Math.floor((own - inside) / 2));
    const below = blocks.map((each) => {
      const at = begin;
      begin += each.width + gap;
      return { ...each, at };
    });
    const parts = below.map(({ at, middle }) => at + middle);
    const middle = Math.floor((parts[0]! + parts.at(-1)!) / 2);
    const x = Math.max(0, middle - Math.floor((own - 1) / 2));
    const moved = below.flatMap(({ placed, at }) =>
      placed.map((each) => ({
        ...each,
        level: each.level + 1,
        x: each.x + at,
        middle: each.middle + at,
        parts: each.parts.map((part) => part + at),
      })),
    );
    return {
      placed: [{ text, isWord: false, level: 0, x, middle, parts, node }, ...moved],
      width: Math.max(inside + Math.max(0, Math.floor((own - inside) / 2)), x + own),
      middle,
      levels: 1 + Math.max(...blocks.map(({ levels }) => levels)),
    };
  };
  const { placed, width, levels } = block(tree);
  return { placed, width, levels };
}
