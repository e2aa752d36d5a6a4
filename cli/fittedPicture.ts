import type { Picture, PictureSize } from "../bindings/models.js";
import type { ColourPicture } from "./colourPicture.js";

/** How a picture is made one that a model can look at. */
export interface Fitting extends PictureSize {
  /** Whether a small picture stays small, in the middle. */
  readonly keepsSmall: boolean;
  /** Whether the model has learned light ink on a dark ground, as MNIST is. */
  readonly isLightOnDark: boolean;
}

/** A picture of a model's size, and what somebody who reads the answer has to know. */
export interface FittedPicture extends Picture {
  readonly notes: readonly string[];
}

/** Red, green and blue in grey, as ITU-R BT.601 weighs them. */
const GREY = [0.299, 0.587, 0.114];

/**
 * A picture of the size that a model has learned: scaled as a whole, by means of areas, and what is left around it is of
 * the mean colour of its border. Dark ink on a light ground is turned into light on dark where the model wants that.
 */
export function fitted(picture: ColourPicture, fitting: Fitting): FittedPicture {
  const { height, width, channels, keepsSmall, isLightOnDark } = fitting;
  const most = keepsSmall ? 1 : Infinity;
  const scale = Math.min(height / picture.height, width / picture.width, most);
  const inner = {
    height: Math.max(1, Math.round(picture.height * scale)),
    width: Math.max(1, Math.round(picture.width * scale)),
  };
  const source = channels === 1 ? grey(picture) : picture.colours;
  const border = borderOf(source, picture, channels);
  const small = scaled(source, picture, inner, channels);
  const pixels = new Float32Array(height * width * channels);
  for (let i = 0; i < pixels.length; ++i) pixels[i] = border[i % channels]!;
  const [top, left] = [(height - inner.height) >> 1, (width - inner.width) >> 1];
  for (let y = 0; y < inner.height; ++y) {
    const line = small.subarray(y * inner.width * channels, (y + 1) * inner.width * channels);
    pixels.set(line, ((top + y) * width + left) * channels);
  }
  const turns = isLightOnDark && border[0]! > 0.5;
  if (turns) for (let i = 0; i < pixels.length; ++i) pixels[i] = 1 - pixels[i]!;
  const lost = scale < 1 / 16;
  const note = `it was scaled from ${picture.width} × ${picture.height} to ${inner.width} × ${inner.height} pixels, in which little can be seen`;
  return { height, width, channels, pixels: clipped(pixels), notes: lost ? [note] : [] };
}

const clipped = (pixels: Float32Array): Float32Array => pixels.map((each) => Math.min(1, Math.max(0, each)));

const grey = ({ colours }: ColourPicture): Float32Array =>
  Float32Array.from({ length: colours.length / 3 }, (_, i) =>
    GREY.reduce((sum, weight, c) => sum + weight * colours[3 * i + c]!, 0),
  );

/** The mean colour of the pixels at the border. */
function borderOf(
  pixels: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  channels: number,
): number[] {
  const sums = new Array<number>(channels).fill(0);
  let count = 0;
  const take = (x: number, y: number): void => {
    for (let c = 0; c < channels; ++c) sums[c]! += pixels[(y * width + x) * channels + c]!;
    ++count;
  };
  for (let x = 0; x < width; ++x) for (const y of [0, height - 1]) take(x, y);
  for (let y = 0; y < height; ++y) for (const x of [0, width - 1]) take(x, y);
  return sums.map((sum) => sum / count);
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

/** The mean of the area that each pixel of the result has in the source, along one axis and then the other. */
function scaled(pixels: Float32Array, from: Sides, to: Sides, channels: number): Float32Array {
  const narrow = alongRows(pixels, { rows: from.height, length: from.width, inner: channels }, to.width);
  return alongRows(narrow, { rows: 1, length: from.height, inner: to.width * channels }, to.height);
}

function alongRows(
  source: Float32Array,
  { rows, length, inner }: { readonly rows: number; readonly length: number; readonly inner: number },
  size: number,
): Float32Array {
  if (size === length) return source;
  const result = new Float32Array(rows * size * inner);
  const step = length / size;
  for (let i = 0; i < size; ++i) {
    const [begin, end] = [i * step, (i + 1) * step];
    for (let at = Math.floor(begin); at < Math.min(length, Math.ceil(end - 1e-9)); ++at) {
      const part = (Math.min(at + 1, end) - Math.max(at, begin)) / step;
      for (let row = 0; row < rows; ++row)
        for (let c = 0; c < inner; ++c)
          result[(row * size + i) * inner + c]! += part * source[(row * length + at) * inner + c]!;
    }
  }
  return result;
}
