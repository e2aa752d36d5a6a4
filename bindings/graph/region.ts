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
  readonly dynamic: (SymbolicSize | Copies)[] = [];

  /** Adds a buffer that shares its place with no other. */
  add(size: Size): Offset {
    if (typeof size !== "number") return { bytes: 0, dynamic: this.dynamic.push(size) - 1 };
    const bytes = this.fixedBytes;
    this.fixedBytes = align(bytes + size * BYTES);
    return { bytes, dynamic: -1 };
  }

  /** Adds so many copies of another region, one behind the other. */
  addCopies(region: Region, count: number): Offset {
    if (!region.dynamic.length) return this.add((count * region.fixedBytes) / BYTES);
    return { bytes: 0, dynamic: this.dynamic.push({ region, count }) - 1 };
  }

  layout(lengths: ReadonlyMap<Dimension, number>): { offsets: number[]; bytes: number } {
    let bytes = this.fixedBytes;
    const offsets = this.dynamic.map((size) => {
      const offset = bytes;
      bytes = align(bytes + bytesOf(size, lengths));
      return offset;
    });
    if (bytes > MOST) throw new MemoryError(bytes, MOST);
    return { offsets, bytes };
  }
}

/** Copies of a region whose size depends on a dimension. */
interface Copies {
  readonly region: Region;
  readonly count: number;
}

function bytesOf(size: SymbolicSize | Copies, lengths: ReadonlyMap<Dimension, number>): number {
  return "region" in size ? size.count * size.region.layout(lengths).bytes : evaluate(size, lengths) * BYTES;
}

/** Bytes from the start of a region, or from the start of one of its buffers of variable size. */
export interface Offset {
  readonly bytes: number;
  /** Which buffer of variable size, or −1. */
  readonly dynamic: number;
}
