import { visible } from "../bindings/common/visible.js";
import type { Sequence } from "../bindings/index.js";

/** A vector a byte: bit i of the byte is channel i, lowest first. */
const BITS = 8;

/**
 * What goes into a model that copies: a vector a byte, the delimiter in a channel of its own, and a blank for every
 * vector that is wanted back.
 */
export function copySequence(bytes: Uint8Array): Sequence {
  const blank = (): number[] => new Array<number>(BITS + 1).fill(0);
  const vectors = Array.from(bytes, (byte) =>
    Array.from({ length: BITS + 1 }, (_, i) => (i < BITS ? (byte >> i) & 1 : 0)),
  );
  const delimiter = blank().with(BITS, 1);
  return [...vectors, delimiter, ...Array.from(bytes, blank)];
}

/** The bytes in what a model answers, from the logits of the blanks. */
export function answeredBytes(outputs: readonly ArrayLike<number>[], length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, t) => {
    const logits = outputs[length + 1 + t]!;
    let byte = 0;
    for (let i = 0; i < BITS; ++i) if (logits[i]! > 0) byte |= 1 << i;
    return byte;
  });
}

/** Bits that differ between texts of one length. */
export function wrongBits(a: Uint8Array, b: Uint8Array): number {
  let wrong = 0;
  a.forEach((byte, i) => {
    for (let rest = byte ^ b[i]!; rest; rest &= rest - 1) ++wrong;
  });
  return wrong;
}

/** Parts of at most so many bytes, cut between characters where there are any. */
export function split(bytes: Uint8Array, most: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let begin = 0; begin < bytes.length;) {
    let end = Math.min(begin + most, bytes.length);
    while (end < bytes.length && isContinuation(bytes[end]!) && end > begin + 1) --end;
    if (end < bytes.length && isContinuation(bytes[end]!)) end = begin + most; // not UTF-8, or no room for a character
    pieces.push(bytes.subarray(begin, end));
    begin = end;
  }
  return pieces;
}

const isContinuation = (byte: number): boolean => (byte & 0b1100_0000) === 0b1000_0000;

/** A character of the text and what came back for its bytes, fit for one line of a terminal. */
export interface Cell {
  readonly input: string;
  readonly output: string;
  readonly bytes: number;
  readonly wrong: boolean;
}

/** Character by character: text, and the answer to it. */
export function cells(input: Uint8Array, output: Uint8Array): Cell[] {
  const result: Cell[] = [];
  for (let begin = 0; begin < input.length;) {
    let end = begin + 1;
    while (end < input.length && end - begin < 4 && isContinuation(input[end]!)) ++end;
    const [given, answered] = [input.subarray(begin, end), output.subarray(begin, end)];
    const wrong = given.some((byte, i) => byte !== answered[i]);
    result.push({ input: visible(decode(given)), output: visible(decode(answered)), bytes: end - begin, wrong });
    begin = end;
  }
  return result;
}

/** As UTF-8; what is none becomes U+FFFD. */
export const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
