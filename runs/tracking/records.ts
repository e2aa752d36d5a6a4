import { crc32c } from "./crc32c.js";

/** Bytes of a record before its data: the length (u64) and its checksum (u32). */
const HEADER = 12;
/** Bytes after it: the checksum of the data. */
const FOOTER = 4;

/**
 * A TFRecord, the frame of each event in a file of TensorBoard: length (u64), its checksum, data, their checksum. All
 * little-endian; checksums are masked CRC-32C.
 */
export function recordOf(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEADER + data.length + FOOTER);
  const view = new DataView(record.buffer);
  view.setUint32(0, data.length, true); // the upper half is 0
  view.setUint32(8, masked(crc32c(record.subarray(0, 8))), true);
  record.set(data, HEADER);
  view.setUint32(HEADER + data.length, masked(crc32c(data)), true);
  return record;
}

export interface FoundRecord {
  readonly data: Uint8Array;
  /** Offset of the first byte behind the record. */
  readonly end: number;
}

/** The records at the beginning of a file, up to the first that is cut off or does not have its checksums. */
export function* recordsIn(bytes: Uint8Array): Generator<FoundRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let begin = 0; begin + HEADER + FOOTER <= bytes.length;) {
    const length = Number(view.getBigUint64(begin, true));
    const end = begin + HEADER + length + FOOTER;
    const isHeader = view.getUint32(begin + 8, true) === masked(crc32c(bytes.subarray(begin, begin + 8)));
    if (!isHeader || end > bytes.length) return;
    const data = bytes.subarray(begin + HEADER, end - FOOTER);
    if (view.getUint32(end - FOOTER, true) !== masked(crc32c(data))) return;
    yield { data, end };
    begin = end;
  }
}

/** The checksum as a record stores it: rotated right by 15 bits, plus a constant, so that data may hold checksums. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282_ead8) >>> 0;
