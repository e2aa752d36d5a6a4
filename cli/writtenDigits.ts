import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { InvalidArgumentError } from "commander";
import type { WrittenDigit } from "../bindings/tasks.js";

/** Pixels of a picture, 28 a side. */
const PIXELS = 28 * 28;
/** First four bytes of IDX files of pictures and of labels, and the bytes of their heads. */
const PICTURES = { magic: 0x0803, head: 16 };
const LABELS = { magic: 0x0801, head: 8 };

/** Pictures of written digits. */
export class DigitsFile {
  constructor(
    readonly file: string,
    readonly digits: readonly WrittenDigit[],
  ) {}
}

/**
 * Reads an option that names a file of pictures as MNIST has them, with a file of labels beside it that is called labels
 * where this one is called images: bytes alone or IDX, gzipped or not.
 */
export function digitsOf(file: string): DigitsFile {
  try {
    const images = bytesOf(file, PICTURES);
    const labels = bytesOf(labelsOf(file), LABELS);
    if (!labels.length) throw new Error("there are none");
    if (images.length !== PIXELS * labels.length)
      throw new Error(`${labels.length} labels are beside ${images.length} bytes, and not ${PIXELS} for each`);
    const digits = Array.from(labels, (digit, i): WrittenDigit => {
      const ink = Float32Array.from(images.subarray(i * PIXELS, (i + 1) * PIXELS), (byte) => byte / 255);
      return { digit, ink };
    });
    return new DigitsFile(file, digits);
  } catch (error) {
    throw new InvalidArgumentError(`It holds no pictures of digits: ${(error as Error).message}.`);
  }
}

/** The file of labels, gzipped or not. */
function labelsOf(file: string): string {
  const name = basename(file);
  if (!name.includes("images")) throw new Error(`its name must have "images" in it, and another file "labels"`);
  const labels = name.replace("images", "labels").replace("idx3", "idx1");
  const [plain, zipped] = [labels.replace(/\.gz$/, ""), labels.replace(/(\.gz)?$/, ".gz")].map((each) =>
    join(dirname(file), each),
  ) as [string, string];
  return existsSync(plain) ? plain : zipped;
}

/** Bytes behind the head that an IDX file has. */
function bytesOf(file: string, { magic, head }: { readonly magic: number; readonly head: number }): Uint8Array {
  const read = readFileSync(file);
  const bytes = read[0] === 0x1f && read[1] === 0x8b ? gunzipSync(read) : read;
  const isIDX = bytes.length >= head && bytes.readUInt32BE(0) === magic;
  return isIDX ? bytes.subarray(head) : bytes;
}
