import type { Random } from "../../common/random/philox.js";

/**
 * A picture without digits: nothing or nearly, noise, patches of grey, or straight lines across all of it. `pixels` are
 * of a picture of digits, and are replaced.
 */
export function filler(random: Random, pixels: Float32Array, width: number): void {
  const kind = random.integer(0, 3);
  const height = pixels.length / width;
  pixels.fill(0);
  if (kind === 0) return noise(random, pixels, random.uniform(0, 0.1));
  if (kind === 1) return noise(random, pixels, random.uniform(0.1, 1));
  if (kind === 2) return patches(random, pixels, width, random.uniform(3, 12));
  const lines = random.integer(1, 4);
  for (let i = 0; i < lines; ++i) {
    const steep = random.uniform(-0.5, 0.5);
    const across = random.integer(0, 1);
    const at = random.uniform(0, across ? height : width);
    const length = across ? width : height;
    for (let t = 0; t < length; ++t) {
      const place = Math.floor(at + steep * (t - length / 2));
      const [y, x] = across ? [place, t] : [t, place];
      if (y >= 0 && y < height && x >= 0 && x < width) pixels[y * width + x] = 1;
      if (across ? y + 1 < height && y >= -1 : x + 1 < width && x >= -1)
        pixels[across ? (y + 1) * width + x : y * width + x + 1] = 1;
    }
  }
}

function noise(random: Random, pixels: Float32Array, most: number): void {
  for (let i = 0; i < pixels.length; ++i) pixels[i] = random.uniform(0, most);
}

/** Random greys on a coarse grid, and between its points in proportion. */
function patches(random: Random, pixels: Float32Array, width: number, size: number): void {
  const columns = Math.ceil(width / size) + 2;
  const greys = Array.from({ length: columns * (Math.ceil(pixels.length / width / size) + 2) }, () => random.uniform());
  for (let i = 0; i < pixels.length; ++i) {
    const [x, y] = [(i % width) / size, Math.floor(i / width) / size];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, low] = [x - left, y - top];
    const at = (row: number): number =>
      greys[row * columns + left]! * (1 - right) + greys[row * columns + left + 1]! * right;
    pixels[i] = at(top) * (1 - low) + at(top + 1) * low;
  }
}
