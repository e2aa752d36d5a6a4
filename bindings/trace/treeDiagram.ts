import { layOut, type Placed } from "../parsing/layOut.js";
import { WORD } from "../parsing/linear.js";
import type { ParseTree } from "../parsing/tree.js";
import { escape } from "./html.js";

/** A tree, and where a model looked while it said it. */
export interface TreeDrawing {
  readonly tree: ParseTree;
  readonly words: readonly string[];
  /** The tree as the model said it. */
  readonly symbols: readonly string[];
  /** Weights of each symbol, and perhaps of the end, over the words, the last word first; null without attention. */
  readonly attention: ArrayLike<ArrayLike<number>> | null;
  /** Whether the symbols say this tree, and not one that had to be repaired. */
  readonly isWellFormed: boolean;
}

/** Sizes in the units of the picture: a character, a level, a line of text, the bars under the words. */
const CHARACTER = 9.5;
const LEVEL = 52;
const LINE = 22;
const BARS = 44;
const MARGIN = 14;

/** Labels above words, with branches between; who points at one sees under the words where the model looked. */
export function treeDiagram(drawing: TreeDrawing): string {
  const { placed, width, levels } = layOut(drawing.tree, { widthOf: (text) => [...text].length, gap: 3 });
  const [full, floor] = [MARGIN * 2 + width * CHARACTER, MARGIN + levels * LEVEL];
  const x = (place: number): number => MARGIN + (place + 0.5) * CHARACTER;
  const y = ({ level, isWord }: Placed): number => (isWord ? floor - LINE : MARGIN + level * LEVEL + LINE / 2);
  const words = placed.filter(({ isWord }) => isWord);
  const rows = rowsOf(drawing);
  const parts = childrenOf(placed);
  const nodes = placed.map((each, i) => {
    const label = `<text x="${x(each.middle).toFixed(1)}" y="${y(each).toFixed(1)}">${escape(each.text)}</text>`;
    const branches = parts[i]!.map((part) => {
      const to = placed[part]!;
      return `M${x(each.middle).toFixed(1)},${(y(each) + LINE / 2).toFixed(1)}L${x(to.middle).toFixed(1)},${(y(to) - LINE / 2).toFixed(1)}`;
    });
    const lines = branches.length ? `<path class="branch" d="${branches.join("")}"/>` : "";
    const weights = rows?.[i];
    const bars = weights ? barsOf(weights, words, x, floor) : "";
    const most = weights ? weights.indexOf(Math.max(...weights)) : -1;
    const where = most >= 0 ? `, looked most at ${drawing.words[most]!}` : "";
    const half = ([...each.text].length * CHARACTER) / 2 + 4;
    const box = `<rect class="box" x="${(x(each.middle) - half).toFixed(1)}" y="${(y(each) - LINE / 2).toFixed(1)}" width="${(2 * half).toFixed(1)}" height="${LINE}"/>`;
    const kind = each.isWord ? "word" : "label";
    return `${lines}<g class="node ${kind}" tabindex="0" role="img" aria-label="${escape(each.text + where)}">${bars}${box}${label}</g>`;
  });
  return `<svg class="parse" width="${full.toFixed(0)}" height="${floor + BARS}" viewBox="0 0 ${full.toFixed(1)} ${floor + BARS}" role="group" aria-label="Tree of the sentence">
${nodes.join("\n")}
</svg>`;
}

/** Weights by the words' own order of each node that is placed, where the symbols are those of the tree. */
function rowsOf({ symbols, attention, words, isWellFormed }: TreeDrawing): number[][] | undefined {
  if (!attention || !isWellFormed) return undefined;
  // A constituent is placed as it is opened, before its parts: closing brackets have no place.
  const said = symbols.flatMap((symbol, t) => (symbol.startsWith("(") || symbol === WORD ? [t] : []));
  return said.map((t) => Array.from(attention[t]!).slice(0, words.length).reverse());
}

/** The parts of each that is placed, by their places in the list: those right behind it that are a level deeper. */
function childrenOf(placed: readonly Placed[]): number[][] {
  const open: number[] = [];
  const parts: number[][] = placed.map(() => []);
  placed.forEach(({ level }, i) => {
    open.length = level;
    if (level) parts[open[level - 1]!]!.push(i);
    open.push(i);
  });
  return parts;
}

function barsOf(
  weights: readonly number[],
  words: readonly Placed[],
  x: (place: number) => number,
  floor: number,
): string {
  const bars = words.map(({ middle }, j) => {
    const high = (BARS - 10) * (weights[j] ?? 0);
    return high < 0.5
      ? ""
      : `<rect x="${(x(middle) - 7).toFixed(1)}" y="${floor.toFixed(1)}" width="14" height="${high.toFixed(1)}"/>`;
  });
  return `<g class="looked">${bars.join("")}</g>`;
}

export const treeDiagramStyle = (): string =>
  `
.parse{display:block}
.parse text{fill:var(--ink);font:15px/1 ui-monospace,"SF Mono",Menlo,Consolas,monospace;text-anchor:middle;dominant-baseline:central}
.parse .label text{fill:var(--accent);font-weight:700}
.parse .branch{fill:none;stroke:var(--edge);stroke-width:1.5}
.parse .node{cursor:pointer;outline:none}
.parse .box{fill:transparent;rx:5px}
.parse .node:is(:hover,:focus) .box{fill:var(--cursor)}
.parse .node:focus-visible .box{stroke:var(--accent);stroke-width:2}
.parse .looked{fill:var(--line);visibility:hidden;pointer-events:none}
.parse .node:hover .looked,.parse:not(:has(.node:hover)) .node:focus .looked{visibility:visible}`.trim();
