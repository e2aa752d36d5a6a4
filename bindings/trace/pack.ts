import type { Values } from "../runtime/sequences.js";

/** Numbers over time as text: whole multiples of a step, in varints. */
export interface Packed {
  readonly shape: readonly number[];
  readonly step: number;
  /** Whether each row holds what changed since the row before. */
  readonly changes: boolean;
  /** Base64. */
  readonly text: string;
}

/** Steps on either side of zero: 16 bits, of which nobody sees the last. */
const STEPS = 0x7fff;

/**
 * Packs (time, …) so that what is zero, or does not change, takes next to no room: the weighting of a head is nearly
 * everywhere 0, and a memory nearly everywhere what it was. A number is 1 + its zigzag code as a varint, seven bits a
 * byte, lowest first; 0 stands for a run of zeros, and its length follows.
 */
export function pack({ data, shape }: Values, { changes = false } = {}): Packed {
  const most = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const step = most / STEPS || 1;
  const size = data.length / shape[0]!;
  const bytes: number[] = [];
  const write = (value: number): void => {
    for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
    bytes.push(value);
  };
  const at = (i: number): number => Math.round(data[i]! / step);
  let zeros = 0;
  const flush = (): void => {
    if (zeros) [0, zeros].forEach(write);
    zeros = 0;
  };
  for (let i = 0; i < data.length; ++i) {
    const value = at(i) - (changes && i >= size ? at(i - size) : 0);
    if (value === 0) {
      ++zeros;
      continue;
    }
    flush();
    write(1 + (value < 0 ? -2 * value - 1 : 2 * value));
  }
  flush();
  return { shape, step, changes, text: btoa(characters(bytes)) };
}

function characters(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x1000) text += String.fromCharCode(...bytes.slice(i, i + 0x1000));
  return text;
}

/** What was packed, to half a step. */
export function unpack({ shape, step, changes, text }: Packed): Float64Array {
  const bytes = atob(text);
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const size = data.length / shape[0]!;
  let position = 0;
  const read = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.charCodeAt(position++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  for (let i = 0; i < data.length && position < bytes.length;) {
    const code = read();
    if (code === 0) {
      i += read();
      continue;
    }
    const zigzag = code - 1;
    data[i++] = zigzag & 1 ? -(zigzag + 1) / 2 : zigzag / 2;
  }
  if (changes) for (let i = size; i < data.length; ++i) data[i]! += data[i - size]!;
  return data.map((value) => value * step);
}
