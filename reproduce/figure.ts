import { scaleLog } from "d3-scale";
import { line } from "d3-shape";

/** Points of one colour, with a name at its last one. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What is drawn, on two logarithmic axes. */
export interface Figure {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** Whether ticks of x are powers of two, or of ten. */
  readonly base?: 2 | 10;
}

const [WIDTH, HEIGHT] = [760, 440];
const EDGE = { left: 64, right: 190, top: 40, bottom: 48 };
/** Colours that people who do not tell red from green tell apart, too (Okabe & Ito), readable on white and on black. */
const COLORS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#b58900"];
/** Names at the ends of curves keep this apart. */
const LINE = 16;

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const power = (base: number, exponent: number): string =>
  `${base}${[...String(exponent)].map((digit) => (digit === "-" ? "⁻" : SUPERSCRIPTS[+digit])).join("")}`;
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const fixed = (value: number): string => value.toFixed(1);

/** Curves as a picture, which is dark where its page is, and says what it shows to those who do not see it. */
export function figureSvg({ title, x, y, curves, base = 2 }: Figure): string {
  const all = curves.flatMap(({ points }) => points);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const right = WIDTH - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const across = scaleLog()
    .base(base)
    .domain([Math.min(...xs), Math.max(...xs)])
    .range([EDGE.left, right]);
  const up = scaleLog()
    .domain([10 ** Math.floor(Math.log10(Math.min(...ys))), 10 ** Math.ceil(Math.log10(Math.max(...ys)))])
    .range([bottom, EDGE.top]);
  /** Positions of powers in a scale's domain, and their names. */
  const powersOf = (scale: typeof across, of: number, every: number): [at: number, label: string][] => {
    const [least, most] = scale.domain().map((value) => Math.log2(value) / Math.log2(of)) as [number, number];
    const first = Math.ceil((least - 1e-9) / every) * every;
    const count = Math.floor((most + 1e-9 - first) / every) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => {
      const exponent = first + i * every;
      return [scale(of ** exponent), power(of, exponent)];
    });
  };
  const path = line<readonly [number, number]>()
    .x(([x]) => across(x))
    .y(([, y]) => up(y))
    .digits(1);
  const ends = apart(curves.map(({ points }) => up(points.at(-1)![1])));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #333 }
.axis { stroke: #8888; stroke-width: 1 }
.curve { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
<text x="${EDGE.left}" y="22" style="font-weight: 600">${escaped(title)}</text>
${powersOf(across, base, base === 2 ? 3 : 1)
  .map(
    ([at, label]) =>
      `<line class="axis" x1="${fixed(at)}" y1="${EDGE.top}" x2="${fixed(at)}" y2="${bottom}"/><text x="${fixed(at)}" y="${bottom + 18}" text-anchor="middle">${label}</text>`,
  )
  .join("\n")}
${powersOf(up, 10, 1)
  .map(
    ([at, label]) =>
      `<line class="axis" x1="${EDGE.left}" y1="${fixed(at)}" x2="${right}" y2="${fixed(at)}"/><text x="${EDGE.left - 8}" y="${fixed(at + 4)}" text-anchor="end">${label}</text>`,
  )
  .join("\n")}
<text x="${(EDGE.left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(x)}</text>
<text x="16" y="${(EDGE.top + bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(EDGE.top + bottom) / 2})">${escaped(y)}</text>
${curves
  .map(({ name, points }, i) => {
    const color = COLORS[i % COLORS.length]!;
    const at = across(points.at(-1)![0]);
    return `<path class="curve" stroke="${color}" d="${path(points)!}"/><text x="${fixed(at + 8)}" y="${fixed(ends[i]! + 4)}" style="fill: ${color}">${escaped(name)}</text>`;
  })
  .join("\n")}
</svg>
`;
}

/** Heights, moved down where they would lie on each other. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  order.forEach((i, place) => {
    if (place) moved[i] = Math.max(moved[i]!, moved[order[place - 1]!]! + LINE);
  });
  return moved;
}
