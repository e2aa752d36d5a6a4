import { escape } from "../html.js";
import type { Alignment } from "./alignment.js";
import { at, decimals, DRAWN, labelOf, named, spokenOf, widthOf, WRITTEN } from "./labels.js";

/** Width of a row of labels above which they stand upright. */
const MOST_WIDTH = 1100;
const FONT = 17;
/** Of labels that stand upright, and what each of them takes in its row. */
const SMALL = 13;
const PITCH = 18;
/** Least room of a label that lies. */
const LEAST = 28;

/** A row of labels, in pixels: where the middle of each is, and how much room it has. */
interface Row {
  readonly labels: readonly string[];
  readonly middles: readonly number[];
  readonly rooms: readonly number[];
  /** Where the lines meet it, and where its labels begin. */
  readonly edge: number;
  readonly top: number;
  readonly height: number;
}

/**
 * What was said above what was read, and between them lines as wide as the weights, after the article (Olah & Carter,
 * Distill 2016). The style sheet leaves only the lines of a symbol that one points at, or comes to with the keyboard.
 */
export function diagramOf(alignment: Alignment): string {
  const { sources, targets, weights } = alignment;
  const labels = { said: targets.map(labelOf), read: sources.map(labelOf) };
  const lying = (label: string): number => Math.max(LEAST, widthOf(label) * FONT + 12);
  const upright = [labels.said, labels.read].some((row) => sum(row.map(lying)) > MOST_WIDTH);
  const roomOf = upright ? () => PITCH : lying;
  const rooms = { said: labels.said.map(roomOf), read: labels.read.map(roomOf) };
  const width = Math.max(sum(rooms.said), sum(rooms.read), 160);
  const heightOf = (row: readonly string[]): number =>
    upright ? row.reduce((most, label) => Math.max(most, widthOf(label) * SMALL + 12), 28) : FONT * 1.7;
  const above = heightOf(labels.said);
  const foot = above + Math.min(Math.max(width * 0.3, 150), 300);
  const height = foot + heightOf(labels.read);
  const said = { ...spread(labels.said, rooms.said, width), edge: above, top: 0, height: above };
  const read = { ...spread(labels.read, rooms.read, width), edge: foot, top: foot, height: height - foot };
  const thickest = upright ? 9 : 15;

  const symbol = (kind: "target" | "source", index: number): string => {
    const isTarget = kind === "target";
    const [row, other] = isTarget ? [said, read] : [read, said];
    const linked = isTarget ? Array.from(weights[index]!) : weights.map((row) => row[index]!);
    const links = linked.map((weight, i) => {
      if (weight < DRAWN) return "";
      const [top, bottom] = isTarget
        ? [row.middles[index]!, other.middles[i]!]
        : [other.middles[i]!, row.middles[index]!];
      return `<path d="${curve(top, above, bottom, foot)}" stroke-width="${at(weight * thickest)}"/>`;
    });
    const values = linked.map((weight, i) => {
      if (weight < WRITTEN) return "";
      return textOf(decimals(weight), other.middles[i]!, other.edge + (isTarget ? -7 : 7), upright, !isTarget);
    });
    const name = spokenOf(kind, index, alignment);
    const middle = row.middles[index]!;
    const label = textOf(row.labels[index]!, middle, row.edge + (isTarget ? -7 : 7), upright, !isTarget);
    const hit = `<rect x="${at(middle - row.rooms[index]! / 2)}" y="${at(row.top)}" width="${at(row.rooms[index]!)}" height="${at(row.height)}"/>`;
    return `<g class="symbol ${kind}" tabindex="0" role="img" ${named(name)}><g class="links">${links.join("")}${values.join("")}</g>${hit}${label}</g>`;
  };
  return `<svg class="diagram${upright ? " upright" : ""}" viewBox="0 0 ${at(width)} ${at(height)}" style="--width:${at(width)}px" role="group" ${named("What was said, above what was read")}>
${targets.map((_, i) => symbol("target", i)).join("\n")}
${sources.map((_, j) => symbol("source", j)).join("\n")}
</svg>`;
}

/** Labels over the whole width, each with its share of what is left. */
function spread(
  labels: readonly string[],
  rooms: readonly number[],
  width: number,
): Pick<Row, "labels" | "middles" | "rooms"> {
  const stretch = width / (sum(rooms) || 1);
  let left = 0;
  const middles = rooms.map((room) => (left += room * stretch) - (room * stretch) / 2);
  return { labels, middles, rooms: rooms.map((room) => room * stretch) };
}

/** Text that ends, or begins, at a row's edge. */
function textOf(text: string, x: number, y: number, upright: boolean, below: boolean): string {
  const place = upright ? `transform="translate(${at(x)} ${at(y)}) rotate(-90)"` : `x="${at(x)}" y="${at(y)}"`;
  return `<text class="${below ? "below" : "above"}" ${place}>${escape(text)}</text>`;
}

/** From the upper row to the lower one; it leaves both at right angles. */
function curve(top: number, above: number, bottom: number, foot: number): string {
  const middle = at((above + foot) / 2);
  return `M${at(top)} ${at(above)}C${at(top)} ${middle} ${at(bottom)} ${middle} ${at(bottom)} ${at(foot)}`;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
