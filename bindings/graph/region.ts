import { MemoryError } from "./memoryError.js";
import { evaluate, type Dimension, type Size, type SymbolicSize } from "./size.js";

/** In an element. */
export const BYTES = 4;

/** What addresses can reach. */
const MOST = 0x1_0000_0000;

export const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * A stretch of memory with a fixed offset for every buffer in it. Buffers whose size depends on a dimension come after
 * the others, and get their offsets when the lengths are known.
 */
export class Region {
  /** Bytes of the buffers of fixed size. */
  fixedBytes = 0;
  readonly dynamic: SymbolicSize[] = [];

  /** Adds a buffer that shares its place with no other. */
  add(size: Size): Offset {
    if (typeof size !== "number") return { bytes: 0, dynamic: this.dynamic.push(size) - 1 };
    const bytes = this.fixedBytes;
    this.fixedBytes = align(bytes + size * BYTES);
    return { bytes, dynamic: -1 };
  }

  layout(lengths: ReadonlyMap<Dimension, number>): { offsets: number[]; bytes: number } {
    let bytes = this.fixedBytes;
    const offsets = this.dynamic.map((size) => {
      const offset = bytes;
      bytes = align(bytes + evaluate(size, lengths) * BYTES);
      return offset;
    });
    if (bytes > MOST) throw new MemoryError(bytes, MOST);
    return { offsets, bytes };
  }
}

/** Bytes from the start of a region, or from the start of one of its buffers of variable size. */
export interface Offset {
  readonly bytes: number;
  /** Which buffer of variable size, or −1. */
  readonly dynamic: number;
}
