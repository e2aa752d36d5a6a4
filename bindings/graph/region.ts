import { MemoryError } from "./memoryError.js";
import { evaluate, type Dimension, type Size } from "./size.js";

const BYTES = 4;

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
  readonly dynamic: Size[] = [];

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

interface Lifetime<T> {
  readonly key: T;
  readonly size: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Places buffers so that those alive at the same time do not overlap: the largest first, each at the lowest free
 * offset. Returns the offsets in bytes and grows the region to hold them.
 */
export function packByLifetime<T>(region: Region, buffers: readonly Lifetime<T>[]): Map<T, number> {
  const placed: (Lifetime<T> & { begin: number; end: number })[] = [];
  const offsets = new Map<T, number>();
  const start = region.fixedBytes;
  for (const buffer of [...buffers].sort((a, b) => b.size - a.size || a.first - b.first)) {
    const bytes = align(buffer.size * BYTES);
    const others = placed.filter((other) => other.first <= buffer.last && buffer.first <= other.last);
    let begin = start;
    for (const other of others.sort((a, b) => a.begin - b.begin)) {
      if (begin + bytes <= other.begin) break;
      begin = Math.max(begin, other.end);
    }
    placed.push({ ...buffer, begin, end: begin + bytes });
    offsets.set(buffer.key, begin);
    region.fixedBytes = Math.max(region.fixedBytes, begin + bytes);
  }
  return offsets;
}
