import { fromHalf } from "./half.js";

/** Numbers as a file holds them: F16 is in a Uint16Array. */
export type Stored =
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>;

/** Numbers as they are used. */
export type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** How numbers of a type are read, by the type's name: bytes of a number, and numbers from the bytes of a tensor. */
export type Dtypes = Readonly<
  Record<string, readonly [bytes: number, read: (buffer: ArrayBuffer) => Numbers | Int8Array<ArrayBuffer>]>
>;

/** The types in which `save` writes. */
export const savedDtypes: Dtypes = {
  F32: [4, (buffer) => new Float32Array(buffer)],
  F16: [2, (buffer) => fromHalf(new Uint16Array(buffer))],
  I32: [4, (buffer) => new Int32Array(buffer)],
};

/** Names by bytes of a number; of four, by what they are. */
export const nameOf = (data: Stored): string =>
  data instanceof Float32Array ? "F32" : { 1: "I8", 2: "F16", 4: "I32" }[data.BYTES_PER_ELEMENT]!;
