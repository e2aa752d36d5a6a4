import { escape } from "../html.js";
import { orderOf, type Alignment } from "./alignment.js";
import { at, decimals, DRAWN, labelOf, named, spokenOf, WRITTEN } from "./labels.js";

/** Sides of the picture, and what stays free around the points. */
const SIZE = 520;
const MARGIN = 34;
/** Numbers of steps under it: how many beside each other, and how much each takes. */
const BESIDE = 12;
const STEP = 43;
/** Widths of a line with a weight of 1, and of the thinnest. */
const THICKEST = 14;
const THINNEST = 0.4;

type Point = readonly [x: number, y: number];

/**
 * Points in the plane and the way through them in the order that was pointed at. One that points at a step, below or
 * where it ends, sees lines to all points as wide as the weights, from where the model was.
 */
export function planeOf(alignment: Alignment): string {
  const { sources, targets, weights } = alignment;
  const points = placed(alignment.points!);
  const order = orderOf(alignment);
  const way = order.filter((index) => index >= 0);
  if (alignment.closed && way.length > 2 && way[0] !== way.at(-1)) way.push(way[0]!);
  const edges = way.slice(1).map((index, i) => edgeOf(points[way[i]!]!, points[index]!));
  const path = way.map((index, i) => `${i ? "L" : "M"}${pair(points[index]!)}`).join("");
  const rows = Math.ceil(targets.length / BESIDE);

  const steps = targets.map((_, i) => {
    const before = order.slice(0, i).filter((index) => index >= 0);
    const from = before.length ? points[before.at(-1)!]! : middleOf(points);
    const links = Array.from(weights[i]!, (weight, j) => {
      if (weight < DRAWN) return "";
      const line = `<path d="M${pair(from)}L${pair(points[j]!)}" stroke-width="${at(Math.max(weight * THICKEST, THINNEST))}"/>`;
      const halo = `<circle ${center(points[j]!)} r="${at(7 + 9 * weight)}"/>`;
      const value = weight < WRITTEN ? "" : textAt(decimals(weight), points[j]!, 26);
      return line + halo + value;
    });
    const [x, y] = [(i % BESIDE) * STEP, SIZE + Math.floor(i / BESIDE) * 30];
    const end = order[i]! < 0 ? "" : `<circle class="hit" ${center(points[order[i]!]!)} r="12"/>`;
    const number = `<rect x="${at(x + 2)}" y="${at(y + 2)}" width="${at(STEP - 4)}" height="26" rx="5"/><text x="${at(x + STEP / 2)}" y="${at(y + 20)}">${order[i]! < 0 ? "end" : i + 1}</text>`;
    return `<g class="symbol step" tabindex="0" role="img" ${named(spokenOf("target", i, alignment))}><g class="links">${links.join("")}</g>${end}${number}</g>`;
  });
  const dots = points.map(
    (point, j) => `<circle ${center(point)} r="4.5"/>${textAt(labelOf(sources[j]!), point, -10)}`,
  );
  return `<svg class="plane" viewBox="0 0 ${SIZE} ${SIZE + 30 * rows + 4}" role="group" ${named("The points, and the way through them")}>
<g class="way"><path d="${path}"/><path class="arrows" d="${edges.join("")}"/></g>
${steps.join("\n")}
<g class="points">${dots.join("")}</g>
</svg>`;
}

/** The same scale both ways, y upwards, in the middle of the picture. */
function placed(points: readonly ArrayLike<number>[]): Point[] {
  const range = (axis: 0 | 1): [low: number, high: number] => [
    points.reduce((least, point) => Math.min(least, point[axis]!), Infinity),
    points.reduce((most, point) => Math.max(most, point[axis]!), -Infinity),
  ];
  const [[left, right], [bottom, top]] = [range(0), range(1)];
  const scale = (SIZE - 2 * MARGIN) / (Math.max(right - left, top - bottom) || 1);
  return points.map((point) => [
    SIZE / 2 + (point[0]! - (left + right) / 2) * scale,
    SIZE / 2 - (point[1]! - (bottom + top) / 2) * scale,
  ]);
}

/** An arrowhead in the middle of an edge, where neither end hides it. */
function edgeOf([x0, y0]: Point, [x1, y1]: Point): string {
  const [across, down] = [x1 - x0, y1 - y0];
  const length = Math.sqrt(across * across + down * down);
  if (length < 20) return "";
  const [dx, dy] = [across / length, down / length];
  const [x, y] = [(x0 + x1) / 2 + 5 * dx, (y0 + y1) / 2 + 5 * dy];
  const side = (turn: number): Point => [x - 10 * dx - turn * dy, y - 10 * dy + turn * dx];
  return `M${pair([x, y])}L${pair(side(5))}L${pair(side(-5))}Z`;
}

function middleOf(points: readonly Point[]): Point {
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

const pair = ([x, y]: Point): string => `${at(x)} ${at(y)}`;
const center = ([x, y]: Point): string => `cx="${at(x)}" cy="${at(y)}"`;
const textAt = (text: string, [x, y]: Point, down: number): string =>
  `<text x="${at(x)}" y="${at(y + down)}">${escape(text)}</text>`;
