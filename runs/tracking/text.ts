import type { PbfWriter } from "pbf";

const encoder = new TextEncoder();

/** Writes a string. pbf 5.1's own writer is wrong beyond U+1FFFF: it ors the plane into the code point, and must add it. */
export const writeText = (message: PbfWriter, field: number, text: string): void =>
  message.writeBytesField(field, encoder.encode(text));
