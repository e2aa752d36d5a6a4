import { escape } from "../html.js";
import type { Alignment } from "./alignment.js";
import { at, decimals, DRAWN, labelOf, named, spokenOf, widthOf, WRITTEN } from "./labels.js";

/** Width of a row of labels from which on they are small; those too long for their place then stand upright. */
const MOST_WIDTH = 1100;
const FONT = 17;
/** Of small labels, and what each of them takes in its row. */
const SMALL = 13;
const PITCH = 18;
/** Least room of a large label: that of a weight beside the next. */
const LEAST = 30;
/** Widths of a line with a weight of 1, and of the thinnest. */
const THICKEST = 15;
const THICK = 11;
const THINNEST = 0.4;

/** A row of labels, in pixels: where the middle of each is, and how much room it has. */
interface Row {
  readonly labels: readonly string[];
  readonly middles: readonly number[];
  readonly rooms: readonly number[];
  readonly height: number;
}

/**
 * Outputs above inputs, and between them lines as wide as the weights, after the article (Olah & Carter, Distill 2016).
 * The style sheet leaves only the lines of a symbol that one points at, or comes to with the keyboard.
 */
export function diagramOf(alignment: Alignment): { html: string; width: number } {
  const { sources, targets, weights } = alignment;
  const labels = { said: targets.map(labelOf), read: sources.map(labelOf) };
  const large = (label: string): number => Math.max(LEAST, widthOf(label) * FONT + 12);
  const small = [labels.said, labels.read].some((row) => sum(row.map(large)) > MOST_WIDTH);
  const roomOf = small ? () => PITCH : large;
  const widths = [labels.said, labels.read].map((row) => sum(row.map(roomOf)));
  const width = Math.max(160, ...widths);
  const said = rowOf(labels.said, labels.said.map(roomOf), width, small);
  const read = rowOf(labels.read, labels.read.map(roomOf), width, small);
  const above = said.height;
  const foot = above + Math.min(Math.max(width * 0.3, 120), 300);
  const height = foot + read.height;
  const thickest = small ? THICK : THICKEST;

  const symbol = (kind: "target" | "source", index: number): string => {
    const isTarget = kind === "target";
    const [row, other] = isTarget ? [said, read] : [read, said];
    const gap = isTarget ? -7 : 7;
    const linked = isTarget ? Array.from(weights[index]!) : weights.map((row) => row[index]!);
    const links = linked.map((weight, i) => {
      if (weight < DRAWN) return "";
      const [top, bottom] = isTarget
        ? [row.middles[index]!, other.middles[i]!]
        : [other.middles[i]!, row.middles[index]!];
      return `<path d="${curve(top, above, bottom, foot)}" stroke-width="${at(Math.max(weight * thickest, THINNEST))}"/>`;
    });
    const values = linked.map((weight, i) => {
      if (weight < WRITTEN) return "";
      const upright = other.rooms[i]! < LEAST;
      return textOf(decimals(weight), other.middles[i]!, (isTarget ? foot : above) + gap, upright, !isTarget);
    });
    const name = spokenOf(kind, index, alignment);
    const middle = row.middles[index]!;
    const label = textOf(
      row.labels[index]!,
      middle,
      (isTarget ? above : foot) + gap,
      isUpright(row, index, small),
      !isTarget,
    );
    const hit = `<rect x="${at(middle - row.rooms[index]! / 2)}" y="${at(isTarget ? 0 : foot)}" width="${at(row.rooms[index]!)}" height="${at(row.height)}"/>`;
    return `<g class="symbol ${kind}" tabindex="0" role="img" ${named(name)}><g class="links">${links.join("")}${values.join("")}</g>${hit}${label}</g>`;
  };
  const html = `<svg class="diagram${small ? " small" : ""}" viewBox="0 0 ${at(width)} ${at(height)}" style="--width:${at(width)}px" role="group" ${named("Outputs above inputs")}>
${targets.map((_, i) => symbol("target", i)).join("\n")}
${sources.map((_, j) => symbol("source", j)).join("\n")}
</svg>`;
  return { html, width };
}

/** Labels over the whole width, each with its share of what is left. */
function rowOf(labels: readonly string[], least: readonly number[], width: number, small: boolean): Row {
  const stretch = width / (sum(least) || 1);
  const rooms = least.map((room) => room * stretch);
  let left = 0;
  const middles = rooms.map((room) => (left += room) - room / 2);
  const row = { labels, middles, rooms, height: (small ? SMALL : FONT) * 1.7 };
  const heights = labels.map((label, i) => (isUpright(row, i, small) ? widthOf(label) * SMALL + 12 : row.height));
  return { ...row, height: heights.reduce((a, b) => Math.max(a, b), row.height) };
}

/** Whether a small label is too long for its room. */
const isUpright = ({ labels, rooms }: Row, index: number, small: boolean): boolean =>
  small && widthOf(labels[index]!) * SMALL > rooms[index]! - 3;

/** Text that ends, or begins, at a row's edge. */
function textOf(text: string, x: number, y: number, upright: boolean, below: boolean): string {
  const place = upright ? `transform="translate(${at(x)} ${at(y)}) rotate(-90)"` : `x="${at(x)}" y="${at(y)}"`;
  return `<text class="${below ? "below" : "above"}${upright ? " upright" : ""}" ${place}>${escape(text)}</text>`;
}

/** From the upper row to the lower one; it leaves both at right angles. */
function curve(top: number, above: number, bottom: number, foot: number): string {
  const middle = at((above + foot) / 2);
  return `M${at(top)} ${at(above)}C${at(top)} ${middle} ${at(bottom)} ${middle} ${at(bottom)} ${at(foot)}`;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
