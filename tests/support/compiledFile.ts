import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../../bindings/checkpoint/safetensors.js";
import type { Description } from "../../bindings/compiled/format.js";

type Mutable<T> = T extends readonly unknown[] | object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** A compiled file taken apart, to be changed. */
export interface Parts {
  readonly metadata: Record<string, string>;
  readonly programs: Mutable<Description>;
  readonly tensors: Map<string, StoredTensor>;
  /** The words of a program. */
  words(name: string): Int32Array;
  /** Shortens a program by so many words, or lengthens it. */
  cut(name: string, words: number): void;
}

/** The file with a change, and a checksum that is right. */
export function tampered(bytes: Uint8Array, change: (parts: Parts) => void): Uint8Array {
  const container = decodeSafetensors(bytes);
  const { crc32: _, ...rest } = container.metadata;
  const metadata: Record<string, string> = { ...rest };
  const tensors = new Map(container.tensors);
  const before = metadata["programs"]!;
  const parts: Parts = {
    metadata,
    programs: JSON.parse(before) as Mutable<Description>,
    tensors,
    words: (name) => tensors.get(name)!.data as Int32Array,
    cut(name, words) {
      const old = tensors.get(name)!.data as Int32Array;
      const data = new Int32Array(old.length - words);
      data.set(old.subarray(0, data.length));
      tensors.set(name, { shape: [data.length], data });
    },
  };
  change(parts);
  if (metadata["programs"] === before) metadata["programs"] = JSON.stringify(parts.programs);
  return encodeSafetensors({ tensors, metadata });
}

/** The bytes of arrays, one behind the other. */
export const bytesOf = (...arrays: readonly Float32Array[]): Uint8Array =>
  Buffer.concat(arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)));

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
