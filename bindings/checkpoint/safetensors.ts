/**
 * The safetensors container: eight bytes with the header's length, a JSON header, then the tensors' bytes.
 * https://huggingface.co/docs/safetensors
 */
import { bytesOf } from "../common/encodings.js";
import { excerpt } from "../common/shown.js";
import { crc32 } from "../common/crc32.js";
import { CheckpointError, refusing, type Fail } from "./checkpointError.js";
import { nameOf, savedDtypes, type Dtypes, type Numbers, type Stored } from "./dtypes.js";
import { isObject } from "./json.js";

export interface StoredTensor<Data extends Stored = Stored> {
  readonly shape: readonly number[];
  readonly data: Data;
}

export interface Container<Data extends Stored = Stored> {
  readonly tensors: ReadonlyMap<string, StoredTensor<Data>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [begin: number, end: number];
}

const METADATA = "__metadata__";
const CHECKSUM = "crc32";
const BLANK = "00000000";
/** A header larger than this is not one. */
const MOST_HEADER = 0x100_0000;

/** The bytes of a file. The metadata get a checksum over everything, so that a damaged file is noticed. */
export function encodeSafetensors({ tensors, metadata }: Container): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { [METADATA]: { ...metadata, [CHECKSUM]: BLANK } };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = {
      dtype: nameOf(data),
      shape,
      data_offsets: [offset, (offset += data.byteLength)],
    };
  }
  const json = bytesOf(JSON.stringify(header));
  const headerSize = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerSize + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerSize), true);
  bytes.fill(0x20, 8, 8 + headerSize);
  bytes.set(json, 8);
  let at = 8 + headerSize;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at); // little-endian, as wasm memory is
    at += data.byteLength;
  }
  const digits = bytesOf(crc32(bytes).toString(16).padStart(8, "0"));
  bytes.set(digits, checksumAt(bytes.subarray(8, 8 + headerSize))! + 8);
  return bytes;
}

/** Whether there is no NaN and no infinity. The host's own search has not to be compiled first, as a loop has. */
export const isFinite = (data: Float32Array): boolean =>
  ![NaN, Infinity, -Infinity].some((value) => data.includes(value));

/** Whether a container was read from a file whose checksum was right. */
export const isChecked = ({ metadata }: Container): boolean => CHECKSUM in metadata;

/** Where the checksum's digits are in a header, or undefined. */
function checksumAt(header: Uint8Array): number | undefined {
  const key = `"${CHECKSUM}":"`;
  // Latin-1, so that a position in the text is a position in the bytes.
  const at = new TextDecoder("latin1").decode(header).indexOf(key);
  return at < 0 ? undefined : at + key.length;
}

/**
 * Reads a file and checks all of it: sizes, offsets, types, and the checksum where there is one. Numbers of types other
 * than ours are read as `dtypes` says.
 * @throws CheckpointError for anything that is not right; nothing of such a file is used.
 */
export function decodeSafetensors<Data extends Stored = Numbers>(
  bytes: Uint8Array,
  file = "the checkpoint",
  dtypes: Dtypes = savedDtypes,
): Container<Data> {
  const fail: Fail = refusing(file);
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, and a safetensors file has at least 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = Number(view.getBigUint64(0, true));
  if (headerSize > MOST_HEADER) fail("it does not begin like a safetensors file");
  if (8 + headerSize > bytes.length) {
    fail(`it ends in its header: it has ${bytes.length} bytes, and the header alone takes ${8 + headerSize}`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerSize), fail);
  const { [METADATA]: metadata = {}, ...entries } = header;
  const isText = (value: unknown): boolean => typeof value === "string";
  if (!isObject(metadata) || !Object.values(metadata).every(isText)) fail("its metadata are not texts");

  const data = bytes.subarray(8 + headerSize);
  const tensors = new Map<string, StoredTensor<Data>>();
  let expected = 0;
  for (const [name, entry] of sorted(entries, fail)) {
    const [begin, end] = entry.data_offsets;
    const size = entry.shape.reduce((a, b) => a * b, 1);
    if (!Object.hasOwn(dtypes, entry.dtype)) {
      fail(
        `its tensor "${excerpt(name)}" is ${excerpt(entry.dtype)}, and must be one of ${Object.keys(dtypes).join(", ")}`,
      );
    }
    const [width, read] = dtypes[entry.dtype]!;
    if (begin !== expected || end - begin !== size * width) {
      fail(`the offsets of its tensor "${excerpt(name)}" are not consistent`);
    }
    if (end > data.length)
      fail(`it is cut off: it has ${bytes.length} bytes, and "${excerpt(name)}" ends at ${8 + headerSize + end}`);
    expected = end;
    const copy = new Uint8Array(data.subarray(begin, end)); // not slice, which is a view where bytes are a Buffer
    tensors.set(name, { shape: entry.shape, data: read(copy.buffer) as Data });
  }
  if (expected !== data.length) fail(`it has ${data.length - expected} bytes behind its last tensor`);
  expectChecksum(bytes, headerSize, metadata as Record<string, string>, fail);
  return { tensors, metadata: metadata as Record<string, string> };
}

function parseHeader(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(header) ? header : fail("its header is not a JSON object");
  } catch (cause) {
    if (cause instanceof CheckpointError) throw cause;
    return fail("its header is not JSON, so it is damaged or no safetensors file", cause);
  }
}

/** The entries in the order of their data. */
function sorted(entries: Record<string, unknown>, fail: Fail): [string, Entry][] {
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  for (const [name, entry] of Object.entries(entries)) {
    const right =
      isObject(entry) &&
      typeof entry["dtype"] === "string" &&
      Array.isArray(entry["shape"]) &&
      entry["shape"].every(isCount) &&
      Array.isArray(entry["data_offsets"]) &&
      entry["data_offsets"].length === 2 &&
      entry["data_offsets"].every(isCount);
    if (!right) fail(`the description of its tensor "${excerpt(name)}" is not one`);
  }
  const list = Object.entries(entries) as [string, Entry][];
  return list.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
}

function expectChecksum(bytes: Uint8Array, headerSize: number, metadata: Record<string, string>, fail: Fail): void {
  const stored = metadata[CHECKSUM];
  if (stored === undefined) return;
  const at = checksumAt(bytes.subarray(8, 8 + headerSize));
  if (at === undefined || stored.length !== BLANK.length) return fail("its checksum is not one");
  const [from, to] = [8 + at, 16 + at];
  const blanked = crc32(bytesOf(BLANK), crc32(bytes.subarray(0, from)));
  const actual = crc32(bytes.subarray(to), blanked).toString(16).padStart(8, "0");
  if (actual !== stored) fail(`it is damaged: its checksum is ${excerpt(stored)}, and its contents have ${actual}`);
}
