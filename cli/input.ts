import { buffer } from "node:stream/consumers";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { InvalidArgumentError } from "commander";
import { UsageError } from "./errors.js";

/** The text that the command line gives, or else stdin without the line break at its end. */
export async function textFrom(words: readonly string[]): Promise<Uint8Array> {
  if (words.length) return new TextEncoder().encode(words.join(" "));
  if (process.stdin.isTTY) throw new UsageError("There is no text: give one as an argument, or pipe one in");
  const bytes = new Uint8Array(await buffer(process.stdin));
  const breaks = bytes.at(-1) !== 0x0a ? 0 : bytes.at(-2) === 0x0d ? 2 : 1;
  return bytes.subarray(0, bytes.length - breaks);
}

/** A text, and the file it was read from, for a command that goes on with it. */
export class TextFile {
  constructor(
    readonly file: string,
    readonly text: string,
  ) {}
}

/** Reads an option that names a file of text, which may be gzipped. */
export function textOf(file: string): TextFile {
  try {
    const bytes = file.endsWith(".gz") ? gunzipSync(readFileSync(file)) : readFileSync(file);
    return new TextFile(file, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidArgumentError(
      code === "ENOENT" ? "There is no such file." : `It cannot be read as UTF-8: ${(error as Error).message}.`,
    );
  }
}
