export type RGB = readonly [red: number, green: number, blue: number];

/** From nothing to all: the scale "inferno" at nine places, https://bids.github.io/colormap (CC0). */
export const inferno: readonly RGB[] = [
  [0, 0, 4],
  [31, 12, 72],
  [85, 15, 109],
  [136, 34, 106],
  [186, 54, 85],
  [227, 89, 51],
  [249, 140, 10],
  [249, 201, 50],
  [252, 255, 164],
];

/** Below nothing: the cold side of a scale whose warm side is inferno. */
const cold: readonly RGB[] = [
  [0, 0, 4],
  [8, 24, 58],
  [10, 58, 110],
  [12, 98, 155],
  [26, 140, 190],
  [70, 180, 214],
  [130, 212, 230],
  [190, 236, 242],
  [234, 252, 252],
];

/** What nothing looks like on a light page. */
const paper: RGB = [255, 253, 247];

export interface ColorScale {
  /** From 0 to 1. */
  readonly unit: readonly RGB[];
  /** From 0 up, and from 0 down. They end where they still tell themselves apart. */
  readonly above: readonly RGB[];
  readonly below: readonly RGB[];
}

/** On paper a scale runs the other way: lightness only ever falls, so that it reads without colour too. */
const onPaper = (stops: readonly RGB[]): RGB[] => [paper, ...stops.slice(0, -1).reverse()];

export const colorScale = (scheme: "light" | "dark"): ColorScale =>
  scheme === "light"
    ? { unit: onPaper(inferno), above: onPaper(inferno).slice(0, 6), below: onPaper(cold).slice(0, 6) }
    : { unit: inferno, above: inferno.slice(0, 7), below: cold.slice(0, 7) };

/** The colour of a value from 0 to 1. */
export function mix(stops: readonly RGB[], value: number): RGB {
  const at = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  const channel = (c: 0 | 1 | 2): number => Math.round(stops[i]![c] + (stops[i + 1]![c] - stops[i]![c]) * (at - i));
  return [channel(0), channel(1), channel(2)];
}
