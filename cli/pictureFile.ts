import { convertIndexedToRgb, decode as decodePNG } from "fast-png";
import jpeg from "jpeg-js";
import type { ColourPicture } from "./colourPicture.js";
import { FileError } from "./errors.js";
import { orientationOf, upright } from "./orientation.js";

/** Most pixels of a picture, in millions: what a file says before it is decoded. */
const MOST_MEGAPIXELS = 50;
/** The first bytes of a PNG file, and how many its head has. */
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_HEAD = 33;

/**
 * Reads the bytes of a PNG file, of any depth, grey, of colours or of a palette, or of a JPEG file, which is turned as
 * its camera was. What is transparent is on white, or on black where on white nothing would be seen.
 *
 * @throws FileError when they are neither, were cut off, are damaged, or have too many pixels.
 */
export function pictureIn(file: string, bytes: Uint8Array): ColourPicture {
  const fail = (message: string, cause?: unknown): never => {
    throw new FileError(`Cannot look at ${file}: ${message}`, { cause });
  };
  if (!bytes.length) fail("it is empty");
  const starts = (...head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte);
  if (starts(...PNG.slice(0, Math.min(PNG.length, Math.max(bytes.length, 2))))) return png(bytes, fail);
  if (starts(0xff, 0xd8)) return jpegPicture(bytes, fail);
  const ascii = (at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
  const is = (name: string): never => fail(`it is ${name}, and must be PNG or JPEG: turn it into one`);
  if (ascii(0, 4) === "GIF8") is("a GIF file");
  if (ascii(0, 4) === "RIFF" && ascii(8, 4) === "WEBP") is("a WebP file");
  if (ascii(0, 2) === "BM") is("a BMP file");
  if (ascii(0, 4) === "%PDF") is("a PDF file");
  if (ascii(0, 4) === "II*\0" || ascii(0, 4) === "MM\0*") is("a TIFF file");
  if (ascii(4, 4) === "ftyp") is("an AVIF, HEIC or MP4 file");
  if (/^\s*<(\?xml|svg)/.test(ascii(0, 64))) is("an SVG file");
  return fail("it is no picture: neither PNG nor JPEG");
}

type Fail = (message: string, cause?: unknown) => never;

function expectSize(width: number, height: number, fail: Fail): void {
  if (!(width > 0 && height > 0)) fail(`it has ${width} × ${height} pixels`);
  if (width * height > MOST_MEGAPIXELS * 1e6)
    fail(`it has ${width} × ${height} pixels, and may have ${MOST_MEGAPIXELS} million: make it smaller`);
}

function png(bytes: Uint8Array, fail: Fail): ColourPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < PNG_HEAD) fail("it was cut off: it ends in the head of a PNG file");
  expectSize(view.getUint32(16), view.getUint32(20), fail);
  expectWhole(view, fail);
  let decoded: ReturnType<typeof decodePNG>;
  try {
    decoded = decodePNG(bytes, { checkCrc: true });
    if (decoded.palette) return ofPalette(decoded);
  } catch (error) {
    return fail(`it is a damaged PNG file: ${(error as Error).message}`, error);
  }
  const { width, height, depth, channels, transparency } = decoded;
  const samples = depth < 8 ? unpacked(decoded) : decoded.data;
  const lines = width * height * channels;
  if (samples.length !== lines) fail(`it is a damaged PNG file: it has ${samples.length} numbers instead of ${lines}`);
  const most = 2 ** depth - 1;
  const colours = channels > 2 ? 3 : 1;
  return grounded(width, height, (pixel) => {
    const at = pixel * channels;
    const parts = [0, 1, 2].map((c) => samples[at + (colours === 3 ? c : 0)]!);
    const isClear = transparency?.length && parts.slice(0, colours).every((part, c) => part === transparency[c]);
    const alpha = isClear ? 0 : channels % 2 ? 1 : samples[at + channels - 1]! / most;
    return [parts[0]! / most, parts[1]! / most, parts[2]! / most, alpha];
  });
}

/** @throws FileError unless there are all chunks up to the end. */
function expectWhole(view: DataView, fail: Fail): void {
  let at = PNG.length;
  const end = 0x49_45_4e_44; // IEND
  while (at + 12 <= view.byteLength) {
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    at += 12 + length;
    if (type === end && at <= view.byteLength) return;
  }
  fail(`it was cut off: it has ${view.byteLength} bytes, and no end`);
}

/** Bits of a row of greys, each row in bytes of its own, the highest bits first. */
function unpacked({ data, width, height, depth }: ReturnType<typeof decodePNG>): Uint8Array {
  const stride = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: data.length < stride * height ? 0 : width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * stride + (bit >> 3)]!;
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  });
}

function ofPalette(decoded: ReturnType<typeof decodePNG>): ColourPicture {
  const { width, height } = decoded;
  const bytes = convertIndexedToRgb(decoded);
  const channels = bytes.length / (width * height);
  return grounded(width, height, (pixel) => {
    const [red, green, blue, alpha = 255] = bytes.subarray(pixel * channels, (pixel + 1) * channels);
    return [red! / 255, green! / 255, blue! / 255, alpha / 255];
  });
}

function jpegPicture(bytes: Uint8Array, fail: Fail): ColourPicture {
  // Cameras write more behind the end, and small pictures with ends of their own in front of the last scan.
  const scan = lastMarker(bytes, 0xda);
  if (scan < 0 || lastMarker(bytes, 0xd9) < scan) fail(`it was cut off: it has ${bytes.length} bytes, and no end`);
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: MOST_MEGAPIXELS,
    });
    const stored = grounded(width, height, (pixel) => {
      const [red, green, blue] = data.subarray(4 * pixel, 4 * pixel + 3);
      return [red! / 255, green! / 255, blue! / 255, 1];
    });
    return upright(stored, orientationOf(bytes));
  } catch (error) {
    const { message } = error as Error;
    if (message.includes("limit exceeded")) fail(`it has more than ${MOST_MEGAPIXELS} million pixels: make it smaller`);
    return fail(`it is a damaged JPEG file: ${message}`, error);
  }
}

function lastMarker(bytes: Uint8Array, marker: number): number {
  let at = bytes.length;
  do at = bytes.lastIndexOf(0xff, at - 1);
  while (at > 0 && bytes[at + 1] !== marker);
  return at > 0 ? at : -1;
}

type RGBA = readonly [red: number, green: number, blue: number, alpha: number];

/** A picture on white, or on black if it is white itself, so that on white nothing of it would be seen. */
function grounded(width: number, height: number, colourOf: (pixel: number) => RGBA): ColourPicture {
  const onWhite = on(1, width, height, colourOf);
  if (seenOn(1, onWhite)) return onWhite;
  const onBlack = on(0, width, height, colourOf);
  // Where nothing is transparent it is the same on both.
  return seenOn(0, onBlack) && onBlack.colours.some((part) => part < 1 - SEEN) ? onBlack : onWhite;
}

/** The least difference from its ground with which a pixel is seen. */
const SEEN = 0.1;

const seenOn = (ground: number, { colours }: ColourPicture): boolean =>
  colours.some((part) => Math.abs(part - ground) > SEEN);

/** A picture on a ground of one grey. */
function on(ground: number, width: number, height: number, colourOf: (pixel: number) => RGBA): ColourPicture {
  const colours = new Float32Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; ++pixel) {
    const [red, green, blue, alpha] = colourOf(pixel);
    const blended = (part: number): number => (1 - alpha) * ground + alpha * part;
    colours[3 * pixel] = blended(red);
    colours[3 * pixel + 1] = blended(green);
    colours[3 * pixel + 2] = blended(blue);
  }
  return { height, width, colours };
}
