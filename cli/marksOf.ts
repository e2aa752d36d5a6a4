import type { Picture } from "../bindings/models.js";

/** Ink of a picture, in pixels. */
export interface Marks {
  /** Of the highest mark, ink that hangs together, at corners too. */
  readonly highest: number;
  /** Where all of it is; the last two are beyond it. */
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The part of the brightest pixel from which a pixel is ink. */
const INK = 0.5;

/** The marks of a picture of light ink on a dark ground; undefined where there is none. */
export function marksOf({ height, width, pixels }: Picture): Marks | undefined {
  const shades = Array.from(pixels);
  const least = INK * shades.reduce((most, each) => Math.max(most, each), 0);
  const isLeft = shades.map((each) => each > 0 && each >= least);
  let [highest, top, left, bottom, right] = [0, height, width, 0, 0];
  for (let start = isLeft.indexOf(true); start >= 0; start = isLeft.indexOf(true, start)) {
    let [markTop, markBottom] = [height, 0];
    const open = [start];
    isLeft[start] = false;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [markTop, markBottom] = [Math.min(markTop, y), Math.max(markBottom, y + 1)];
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); ++v) {
        for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); ++u) {
          const next = v * width + u;
          if (!isLeft[next]) continue;
          isLeft[next] = false;
          open.push(next);
        }
      }
    }
    [top, bottom] = [Math.min(top, markTop), Math.max(bottom, markBottom)];
    highest = Math.max(highest, markBottom - markTop);
  }
  return highest ? { highest, top, left, bottom, right } : undefined;
}
