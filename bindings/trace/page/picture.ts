import { colorScale, mix, type RGB } from "../colors.js";

/** A matrix to draw, a pixel a cell; the style sheet makes the pixels large. */
export interface Picture {
  readonly columns: number;
  readonly rows: number;
  /** What has the last colour of the scale. */
  readonly most: number;
  /** Whether the scale is the one that has a side below 0. */
  readonly signed: boolean;
  /** Undefined where there is nothing. */
  at(column: number, row: number): number | undefined;
}

export function draw(canvas: HTMLCanvasElement, { columns, rows, most, signed, at }: Picture, isDark: boolean): void {
  const { unit, above, below } = colorScale(isDark ? "dark" : "light");
  const stops = (value: number): readonly RGB[] => (!signed ? unit : value < 0 ? below : above);
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(columns, rows);
  for (let row = 0, pixel = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column, pixel += 4) {
      const value = at(column, row);
      if (value === undefined) continue; // transparent
      image.data.set(mix(stops(value), Math.abs(value) / most), pixel);
      image.data[pixel + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
