import { visible } from "../../common/visible.js";
import { escape } from "../html.js";
import type { Alignment } from "./alignment.js";

/** Weights below this are not drawn, and weights below the other have no number beside them: nobody would see them. */
export const DRAWN = 0.01;
export const WRITTEN = 0.05;

/** Characters of a label that a picture has room for. */
const MOST = 24;

/** A symbol as it stands in a picture: none is invisible, none is endless. */
export function labelOf(symbol: string): string {
  const characters = [...symbol.replaceAll(" ", "␣")];
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join("")}…` : characters.join("");
}

const WIDE = /[\u1100-\u115f\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]|[^\0-\uffff]/u;

/** Width of a label in units of its font's size, near enough to keep labels apart. */
export function widthOf(label: string): number {
  let width = 0;
  for (const character of label) width += WIDE.test(character) ? 1.05 : /[A-ZmwMW@%…]/.test(character) ? 0.8 : 0.58;
  return width;
}

/** From 0 to 1 in two digits. */
export const decimals = (weight: number): string => Math.min(Math.max(weight, 0), 1).toFixed(2);

export const quoted = (symbol: string): string => `“${visible(symbol)}”`;

/** Symbols after each other as one reads them: characters without, words and numbers, of points say, with gaps. */
export const joined = (symbols: readonly string[]): string =>
  symbols.join(symbols.every((symbol) => [...symbol].length === 1) && /\D/.test(symbols.join("")) ? "" : " ");

/** A symbol and its weights in words, the heaviest first. */
export function spokenOf(kind: "target" | "source", index: number, { sources, targets, weights }: Alignment): string {
  const isTarget = kind === "target";
  const others = isTarget ? sources : targets;
  const linked = isTarget ? Array.from(weights[index]!) : weights.map((row) => row[index]!);
  const heaviest = linked
    .map((weight, i) => ({ weight, i }))
    .filter(({ weight }) => weight >= WRITTEN)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 5)
    .map(({ weight, i }) => `${quoted(others[i]!)} ${decimals(weight)}`);
  const [what, does] = isTarget ? ["output", "reads"] : ["input", "is read by"];
  const symbol = (isTarget ? targets : sources)[index]!;
  return `${what} ${index + 1}, ${quoted(symbol)}, ${does} ${heaviest.join(", ") || "nothing much"}`;
}

/** A coordinate, short. */
export const at = (value: number): string => String(Number(value.toFixed(1)));

/** The name of an element for those who do not see it. */
export const named = (text: string): string => `aria-label="${escape(text)}"`;
