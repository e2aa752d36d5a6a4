import { heat, heatOfWrong } from "./colors.js";

/** Draws a matrix a pixel a cell; the style sheet makes the pixels large. */
export function drawMatrix(canvas, columns, rows, valueAt, isWrong = () => false) {
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column, at += 4) {
      const value = valueAt(column, row);
      if (value === undefined) continue; // transparent: no answer is due
      image.data.set(isWrong(column, row) ? heatOfWrong(value) : heat(value), at);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
