import type { Picture, PictureSize } from "../bindings/models.js";
import type { ColourPicture } from "./colourPicture.js";
import { marksOf, type Marks } from "./marksOf.js";

/** How a picture is made one that a model can look at. */
export interface Fitting extends PictureSize {
  /** Whether a small picture stays small, in the middle. */
  readonly keepsSmall: boolean;
  /** Whether the model has learned light ink on a dark ground, as MNIST is. */
  readonly isLightOnDark: boolean;
  /** Pixels that the highest mark, ink that hangs together, must have and may have: others were not learned. Default: any. */
  readonly marks?: { readonly least: number; readonly most: number };
}

/** A picture of a model's size, and what somebody who reads the answer has to know. */
export interface FittedPicture extends Picture {
  readonly notes: readonly string[];
  /** How many marks stand apart, where marks of a height were wanted. */
  readonly apart?: number;
  /** Why nothing that is seen in it can be relied on. */
  readonly doubt?: string;
}

/** Red, green and blue in grey, as ITU-R BT.601 weighs them. */
const GREY = [0.299, 0.587, 0.114];

/**
 * A picture of the size that a model has learned: scaled as a whole, by means of areas, and what is left around it is of
 * the mean colour of its border. Dark ink on a light ground is turned into light on dark where the model wants that, and
 * where marks of a height are wanted, it is made smaller, or what is around them is cut off.
 */
export function fitted(picture: ColourPicture, fitting: Fitting): FittedPicture {
  const whole = scaledBy(picture, fitting);
  const { marks: wanted, height, width } = fitting;
  const found = wanted && marksOf(whole);
  if (!wanted || !found) return whole;
  const { least, most } = wanted;
  const isSmall = found.highest < least;
  const near = isSmall ? cutTo(picture, fitting, found) : picture;
  const closer = isSmall ? scaledBy(near, fitting) : whole;
  const marks = isSmall ? marksOf(closer) : found;
  const { highest, apart } = marks ?? { highest: 0, apart: 0 };
  if (highest > most) {
    const smaller = scaledBy(near, fitting, most / highest);
    const doubt = "a large mark ends at the picture's edge, which may cut it off: leave room around it";
    return { ...smaller, apart: marksOf(smaller)?.apart ?? 0, ...(isCut(marks!, near, fitting) && { doubt }) };
  }
  if (highest >= least) return { ...closer, apart };
  const doubt = `its marks are ${highest} pixels high in the ${width} × ${height} that are looked at, and must be ${least} or more: make it larger, or cut it between two`;
  return { ...closer, doubt };
}

/** Pixels of the fitted picture that are left around its marks. */
const MARGIN = 2;

/** The part of a picture that has the marks, which are those of the whole, fitted. */
function cutTo(picture: ColourPicture, fitting: Fitting, { top, left, bottom, right }: Marks): ColourPicture {
  const { scale, above, before } = sizesOf(picture, fitting);
  const from = (at: number, margin: number): number => Math.max(0, Math.floor((at - MARGIN - margin) / scale));
  const to = (at: number, margin: number, end: number): number =>
    Math.min(end, Math.ceil((at + MARGIN - margin) / scale));
  const [y0, y1] = [from(top, above), to(bottom, above, picture.height)];
  const [x0, x1] = [from(left, before), to(right, before, picture.width)];
  const colours = new Float32Array(3 * (y1 - y0) * (x1 - x0));
  for (let y = y0; y < y1; ++y) {
    const row = picture.colours.subarray(3 * (y * picture.width + x0), 3 * (y * picture.width + x1));
    colours.set(row, 3 * (y - y0) * (x1 - x0));
  }
  return { height: y1 - y0, width: x1 - x0, colours };
}

/** Whether marks of a fitted picture reach an edge of what it was made from. */
function isCut({ top, left, bottom, right }: Marks, picture: ColourPicture, fitting: Fitting): boolean {
  const { inner, above, before } = sizesOf(picture, fitting);
  return top <= above || left <= before || bottom >= above + inner.height || right >= before + inner.width;
}

function sizesOf(picture: ColourPicture, { height, width, keepsSmall }: Fitting, part = 1) {
  const scale = part * Math.min(height / picture.height, width / picture.width, keepsSmall ? 1 : Infinity);
  const inner = {
    height: Math.max(1, Math.round(picture.height * scale)),
    width: Math.max(1, Math.round(picture.width * scale)),
  };
  const [above, before] = [(height - inner.height) >> 1, (width - inner.width) >> 1];
  return { scale, inner, above, before };
}

/** As large as there is room, or smaller by `part`. */
function scaledBy(picture: ColourPicture, fitting: Fitting, part = 1): FittedPicture {
  const { height, width, channels, isLightOnDark } = fitting;
  const { scale, inner, above, before } = sizesOf(picture, fitting, part);
  const source = channels === 1 ? grey(picture) : picture.colours;
  const border = borderOf(source, picture, channels);
  const small = scaled(source, picture, inner, channels);
  const pixels = new Float32Array(height * width * channels);
  for (let i = 0; i < pixels.length; ++i) pixels[i] = border[i % channels]!;
  for (let y = 0; y < inner.height; ++y) {
    const line = small.subarray(y * inner.width * channels, (y + 1) * inner.width * channels);
    pixels.set(line, ((above + y) * width + before) * channels);
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
