import type { ColourPicture } from "./colourPicture.js";

/** Markers of JPEG: application data 1, which may hold Exif, and the start of a scan. */
const APP1 = 0xe1;
const SCAN = 0xda;
const ORIENTATION = 0x0112;

/**
 * How a camera was held, of a JPEG file with Exif: 1, upright, to 8. What says nothing, or nothing that can be read, is
 * upright.
 */
export function orientationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SCAN;) {
    const length = view.getUint16(at + 2);
    const isExif = String.fromCharCode(...bytes.subarray(at + 4, at + 10)) === "Exif\0\0";
    if (bytes[at + 1] === APP1 && isExif) return tagOf(bytes.subarray(at + 10, at + 2 + length));
    at += 2 + length;
  }
  return 1;
}

/** The tag of the first directory of a TIFF file, which Exif is. */
function tagOf(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  if (tiff.length < 8) return 1;
  const isLittle = tiff[0] === 0x49; // II
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; ++i) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.length) return 1;
    if (view.getUint16(entry, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A picture as it is to be seen, of one that is stored in an orientation. */
export function upright({ height, width, colours }: ColourPicture, orientation: number): ColourPicture {
  if (orientation === 1) return { height, width, colours };
  const isTurned = orientation > 4;
  const [rows, columns] = isTurned ? [width, height] : [height, width];
  const turned = new Float32Array(colours.length);
  for (let y = 0; y < rows; ++y)
    for (let x = 0; x < columns; ++x) {
      const [across, down] = isTurned ? [y, x] : [x, y];
      const column = [2, 3, 7, 8].includes(orientation) ? width - 1 - across : across;
      const row = [3, 4, 6, 7].includes(orientation) ? height - 1 - down : down;
      const from = 3 * (row * width + column);
      turned.set(colours.subarray(from, from + 3), 3 * (y * columns + x));
    }
  return { height: rows, width: columns, colours: turned };
}
