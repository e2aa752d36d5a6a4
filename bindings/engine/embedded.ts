import { bytesOf } from "../common/encodings.js";

/** A binary as the build writes it into the library; scripts/embedWasm.mjs says how. */
export interface EmbeddedBinary {
  /** The 256 bytes, from the commonest to the rarest. */
  readonly alphabet: readonly number[];
  readonly text: string;
}

/** Characters that stand in front of another one, for a byte that is not common. */
const PREFIXES = 2;
const CHARACTERS = 91;

/** The bytes of a binary. */
export function unembed({ alphabet, text }: EmbeddedBinary): Uint8Array<ArrayBuffer> {
  // Printable ASCII without what strings escape: " $ \ `
  const ranks = new Uint8Array(128);
  for (let code = 0x20, rank = 0; code < 0x7f; ++code) {
    if (code !== 0x22 && code !== 0x24 && code !== 0x5c && code !== 0x60) ranks[code] = rank++;
  }
  // In place, since a byte never takes less than a character: typed arrays are quick before anything is compiled.
  const bytes = bytesOf(text);
  const rest = Uint8Array.from(alphabet);
  let size = 0;
  for (let i = 0; i < bytes.length; ++i) {
    const rank = ranks[bytes[i]!]!;
    bytes[size++] =
      rank < PREFIXES ? rest[CHARACTERS - PREFIXES + rank * CHARACTERS + ranks[bytes[++i]!]!]! : rest[rank - PREFIXES]!;
  }
  return bytes.subarray(0, size);
}
