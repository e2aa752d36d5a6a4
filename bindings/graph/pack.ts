import { align, BYTES, type Region } from "./region.js";

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
