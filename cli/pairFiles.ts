import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { decodeText } from "./encoding.js";
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

/** @throws FileError when it is gzipped and damaged. */
function decoded(bytes: Uint8Array, file: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decodeText(bytes);
  try {
    return decodeText(gunzipSync(bytes));
  } catch (cause) {
    throw new FileError(`Cannot read ${file}: it is gzipped, and damaged: ${(cause as Error).message}`, { cause });
  }
}
