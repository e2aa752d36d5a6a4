import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { FileError, UsageError } from "./errors.js";
import { readBytes } from "./files.js";
import { pairsIn, type Columns, type PairsRead } from "./textPairs.js";

/**
 * Pairs of texts in a file as `pairsIn` has them, which may be gzipped; "-" is stdin.
 * @throws FileError when it cannot be read, or as `pairsIn` does.
 */
export async function readPairs(file: string, options: Columns = {}): Promise<PairsRead> {
  const name = file === "-" ? "stdin" : file;
  if (file === "-" && process.stdin.isTTY)
    throw new UsageError("There are no pairs: name a file of them, or pipe one in");
  const bytes = file === "-" ? new Uint8Array(await buffer(process.stdin)) : await readBytes(file);
  return pairsIn(decoded(bytes, name), name, options);
}

/** @throws FileError when it is no text in UTF-8, or in UTF-16 with a mark. */
function decoded(bytes: Uint8Array, file: string): string {
  let plain = bytes;
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) plain = gunzipSync(bytes);
  } catch (cause) {
    throw new FileError(`Cannot read ${file}: it is gzipped, and damaged: ${(cause as Error).message}`, { cause });
  }
  const mark = plain[0]! * 256 + plain[1]!;
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(plain);
  } catch (cause) {
    throw new FileError(`Cannot read ${file}: it is no text in UTF-8, or in UTF-16 with a mark`, { cause });
  }
}
