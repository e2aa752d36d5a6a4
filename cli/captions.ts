import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { InvalidArgumentError } from "commander";
import type { CaptionedPicture } from "../bindings/tasks.js";

/** A picture of a sheet, and the part of the data that it belongs to. */
export interface SheetPicture extends CaptionedPicture {
  readonly split: string;
}

/** Captions, and the pictures of each, one on every sheet. */
export class CaptionsFile {
  constructor(
    readonly file: string,
    readonly pictures: readonly SheetPicture[],
  ) {}

  /** Pictures of one part, such as "train". */
  part(split: string): readonly SheetPicture[] {
    return this.pictures.filter((each) => each.split === split);
  }
}

/** Words of a caption, with ":" and "," as words of their own. */
export const wordsOf = (caption: string): string[] =>
  caption
    .toLowerCase()
    .replace(/[:,]/g, " $& ")
    .split(/\s+/)
    .filter((word) => word !== "");

/** The reverse: a caption of words. */
export const captionOf = (words: readonly string[]): string => words.join(" ").replace(/ (?=[:,])/g, "");

/**
 * Reads an option that names a table of tab-separated values with the columns caption and split. Beside it are sheets,
 * NAME.idx.gz: for each row a square of bytes, numbers of colours in NAME.rgb-palette.gz, whose bytes are red, green and
 * blue.
 */
export function captionsOf(file: string): CaptionsFile {
  try {
    const rows: { caption?: string; split?: string }[] = parse(readFileSync(file), {
      columns: true,
      delimiter: "\t",
      quote: null,
    });
    if (!rows.length || rows[0]!.caption === undefined || rows[0]!.split === undefined)
      throw new Error("it has no columns caption and split");
    const sheets = readdirSync(dirname(file)).filter((name) => name.endsWith(".idx.gz"));
    if (!sheets.length) throw new Error("there is no sheet of pictures beside it, such as a.idx.gz");
    const pictures = sheets.sort().flatMap((sheet) => {
      const path = join(dirname(file), sheet);
      return picturesOf(path, rows.length).map((picture, i): SheetPicture => {
        const { caption, split } = rows[i] as Required<(typeof rows)[number]>;
        return { picture, caption: wordsOf(caption), split };
      });
    });
    return new CaptionsFile(file, pictures);
  } catch (error) {
    throw new InvalidArgumentError(`It holds no captions with pictures: ${(error as Error).message}.`);
  }
}

function picturesOf(sheet: string, count: number): CaptionedPicture["picture"][] {
  const indices = gunzipSync(readFileSync(sheet));
  const palette = gunzipSync(readFileSync(sheet.replace(/\.idx\.gz$/, ".rgb-palette.gz")));
  const side = Math.sqrt(indices.length / count);
  if (!Number.isInteger(side)) throw new Error(`${sheet} has ${indices.length} bytes for ${count} captions`);
  const colours = Float32Array.from(palette, (byte) => byte / 255);
  return Array.from({ length: count }, (_, i) => {
    const pixels = new Float32Array(side * side * 3);
    for (let at = 0; at < side * side; ++at) {
      const colour = 3 * indices[i * side * side + at]!;
      pixels.set(colours.subarray(colour, colour + 3), 3 * at);
    }
    return { height: side, width: side, channels: 3, pixels };
  });
}
