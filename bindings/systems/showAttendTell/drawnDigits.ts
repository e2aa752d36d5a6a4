import type { Random } from "../../common/random/philox.js";
import { SIDE } from "./glyph.js";

/** Points of a line, x and y in turn, in a box of 10 by 20 whose y grows downwards. */
type Line = readonly number[];

/** Lines of each digit. */
const LINES: readonly (readonly Line[])[] = [
  [[5, 0, 1.5, 3, 0, 10, 1.5, 17, 5, 20, 8.5, 17, 10, 10, 8.5, 3, 5, 0]],
  [[2, 4, 6, 0, 6, 20]],
  [[0, 4, 2, 1, 5, 0, 8.5, 1.5, 9.5, 5, 8, 9, 0, 20, 10, 20]],
  [[0, 2, 3, 0, 7, 0, 9.5, 3, 9, 7, 4, 9.5, 9, 12, 10, 16, 7, 20, 3, 20, 0, 18]],
  [[7, 20, 7, 0, 0, 13, 10, 13]],
  [[9, 0, 1, 0, 0.5, 9, 5, 7.5, 9, 10, 10, 14, 8, 18.5, 4, 20, 0, 18]],
  [[8, 0, 3, 5, 0, 12, 1, 18, 5, 20, 9, 18, 10, 14, 8, 10.5, 4, 10, 0.5, 13]],
  [[0, 0, 10, 0, 3.5, 20]],
  [[5, 9.5, 1.5, 7, 1, 3, 5, 0, 9, 3, 8.5, 7, 5, 9.5, 1, 12.5, 0, 17, 5, 20, 10, 17, 9, 12.5, 5, 9.5]],
  [[9.5, 7, 6, 10, 2, 9, 0, 5.5, 2, 1, 6, 0, 9, 2, 9.5, 7, 9, 14, 6, 20]],
];

/** A digit as somebody may draw it who has no data: its lines, each point a little beside its place, with a pen. */
export function drawDigit(random: Random, digit: number): Float32Array {
  const ink = new Float32Array(SIDE * SIDE);
  const pen = random.uniform(0.7, 1.6);
  const [stretch, slant] = [random.uniform(0.8, 1.2), random.uniform(-0.25, 0.25)];
  for (const line of LINES[digit]!) {
    const points: [number, number][] = [];
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = [line[i]! + random.uniform(-0.7, 0.7), line[i + 1]! + random.uniform(-0.7, 0.7)];
      points.push([SIDE / 2 + (x - 5) * stretch - (y - 10) * slant, SIDE / 2 + 0.95 * (y - 10)]);
    }
    for (let i = 1; i < points.length; ++i) stroke(ink, points[i - 1]!, points[i]!, pen);
  }
  return ink;
}

/** A straight line with soft edges: ink falls from 1 to 0 over a pixel beyond the pen's half width. */
function stroke(ink: Float32Array, [x0, y0]: [number, number], [x1, y1]: [number, number], pen: number): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = Math.max(dx * dx + dy * dy, 1e-9);
  for (let i = 0; i < ink.length; ++i) {
    const [x, y] = [(i % SIDE) + 0.5 - x0, Math.floor(i / SIDE) + 0.5 - y0];
    const along = Math.min(1, Math.max(0, (x * dx + y * dy) / square));
    const [ax, ay] = [x - along * dx, y - along * dy];
    const shade = Math.min(1, Math.max(0, pen + 0.5 - Math.sqrt(ax * ax + ay * ay)));
    if (shade > ink[i]!) ink[i] = shade;
  }
}
