import type { PbfWriter } from "pbf";

const encoder = new TextEncoder();
/** Names of metrics are written again and again. */
const known = new Map<string, Uint8Array>();
const MOST_KNOWN = 1000;

/** Writes a string. pbf 5.1's own writer is wrong beyond U+1FFFF: it ors the plane into the code point, and must add it. */
export function writeText(message: PbfWriter, field: number, text: string): void {
  const bytes = known.get(text) ?? encoder.encode(text);
  if (known.size < MOST_KNOWN) known.set(text, bytes);
  message.writeBytesField(field, bytes);
}
