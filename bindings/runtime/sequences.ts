import { MemoryError } from "../graph/memoryError.js";
import { ShapeError } from "../graph/shapeError.js";
import { shown } from "../common/shown.js";

/** One sequence: (time, size). A row is anything with numbers in it. */
export type Sequence = readonly ArrayLike<number>[];

/**
 * Sequences that go into a model: one, as an array of rows or as `{ data, shape }` with shape (time, size); or a batch
 * of them, as an array of sequences of any lengths or with shape (batch, time, size).
 */
export type Sequences =
  Sequence | readonly Sequence[] | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

/** Numbers with a shape, row-major. Index it like nested arrays with `at`. */
export interface Values {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/**
 * Rows of a result. `rows[t]` is a view of row t; `data` and `shape` are the whole. A batch is an array of these.
 * For trace values of more than one axis, row t is flat, and `shape` says how it is folded.
 */
export type Rows = Float32Array<ArrayBuffer>[] & Values;

export function rowsOf(data: Float32Array<ArrayBuffer>, shape: readonly number[]): Rows {
  const size = shape.slice(1).reduce((a, b) => a * b, 1);
  const rows = Array.from({ length: shape[0]! }, (_, t) => data.subarray(t * size, (t + 1) * size));
  return Object.assign(rows, { data, shape });
}

/** Inputs in one block, (time, batch, size), short sequences padded with 0. */
export interface PackedSequences {
  readonly data: Float32Array<ArrayBuffer>;
  readonly lengths: readonly number[];
  readonly time: number;
  /** Whether a batch was given, rather than one sequence. */
  readonly isBatch: boolean;
}

/** Bytes that an engine's memory can hold at most. */
const MOST = 0x1_0000_0000;

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  ArrayBuffer.isView(value) || (Array.isArray(value) && typeof value[0] === "number");

/**
 * Checks and packs what a user gave.
 * @throws TypeError when it is nothing of the kind; ShapeError when a batch or a sequence is empty or a row does not
 * have `size` numbers; RangeError when one is not a number, or not finite in single precision; MemoryError when there
 * are more than memory can hold.
 */
export function pack(owner: string, inputs: Sequences, size: number): PackedSequences {
  if (Array.isArray(inputs)) return packRows(owner, inputs, size);
  const { data, shape } = (inputs ?? {}) as { data?: ArrayLike<number>; shape?: readonly number[] };
  if (typeof data !== "object" || !data || !Array.isArray(shape)) {
    throw new TypeError(`${owner}: inputs must be arrays of rows, or { data, shape }`);
  }
  return packBlock(owner, data, shape, size);
}

function packRows(owner: string, inputs: readonly unknown[], size: number): PackedSequences {
  const isBatch = inputs.length > 0 && !isNumbers(inputs[0]);
  const sequences = isBatch ? inputs : [inputs];
  // Loops with an index, since `forEach` and `every` pass over holes.
  const lengths: number[] = [];
  for (let b = 0; b < sequences.length; ++b) {
    const sequence = sequences[b];
    if (!Array.isArray(sequence)) {
      throw new TypeError(`${owner}: inputs must be rows of numbers, or sequences of such rows`);
    }
    if (!sequence.length) throw empty(owner, nameOf(b, isBatch));
    lengths.push(sequence.length);
  }
  const batch = lengths.length;
  const time = lengths.reduce((a, b) => Math.max(a, b));
  const data = allocate(time, batch, size);
  for (let b = 0; b < batch; ++b) {
    const sequence = sequences[b] as readonly unknown[];
    for (let t = 0; t < lengths[b]!; ++t) {
      const row = sequence[t] as ArrayLike<number> | null | undefined;
      const numbers: unknown = row?.length;
      if (numbers !== size || typeof row !== "object") {
        const count = typeof numbers === "number" && typeof row === "object" ? numbers : "no";
        const message = `${owner}: step ${t} of ${nameOf(b, isBatch)} has ${count} numbers, and must have ${size}`;
        throw new ShapeError(message, owner, `(time, ${size})`, shown(numbers));
      }
      copyRow(owner, { from: row!, first: 0, to: data, at: (t * batch + b) * size, size }, t, nameOf(b, isBatch));
    }
  }
  return { data, lengths, time, isBatch };
}

function packBlock(owner: string, from: ArrayLike<number>, shape: readonly number[], size: number): PackedSequences {
  const isBatch = shape.length === 3;
  const [time, width] = shape.slice(-2) as [number, number];
  const batch = isBatch ? shape[0]! : 1;
  const isCount = (axis: unknown): boolean => Number.isSafeInteger(axis) && (axis as number) >= 0;
  const fits = (isBatch || shape.length === 2) && shape.every(isCount) && width === size;
  if (!fits || batch * time * size !== from.length) {
    const actual = `(${shape.map(shown).join(", ")}) with ${shown(from.length)} numbers`;
    const message = `${owner}: inputs are ${actual}, and must be (time, ${size}) or (batch, time, ${size})`;
    throw new ShapeError(message, owner, `(batch, time, ${size})`, actual);
  }
  if (!batch)
    throw new ShapeError(`${owner}: the batch is empty, and must hold at least one sequence`, owner, "1 or more", "0");
  if (!time) throw empty(owner, nameOf(0, isBatch));
  const data = allocate(time, batch, size);
  for (let b = 0; b < batch; ++b) {
    for (let t = 0; t < time; ++t) {
      const row = { from, first: (b * time + t) * size, to: data, at: (t * batch + b) * size, size };
      copyRow(owner, row, t, nameOf(b, isBatch));
    }
  }
  return { data, lengths: new Array<number>(batch).fill(time), time, isBatch };
}

interface Row {
  from: ArrayLike<number>;
  first: number;
  to: Float32Array;
  at: number;
  size: number;
}

function copyRow(owner: string, { from, first, to, at, size }: Row, step: number, which: string): void {
  for (let i = 0; i < size; ++i) {
    const value: unknown = from[first + i];
    const number = typeof value === "number" ? (to[at + i] = value) : NaN;
    if (Number.isFinite(number) && Number.isFinite(to[at + i])) continue; // 1e39 is infinite once it is stored
    throw new RangeError(`${owner}: number ${i} of step ${step} of ${which} is ${shown(value)}, and must be finite`);
  }
}

const nameOf = (index: number, isBatch: boolean): string => (isBatch ? `sequence ${index}` : "the sequence");

const empty = (owner: string, which: string): ShapeError =>
  new ShapeError(`${owner}: ${which} has no steps, and must have at least one`, owner, "1 or more", "0");

function allocate(time: number, batch: number, size: number): Float32Array<ArrayBuffer> {
  const bytes = time * batch * size * 4;
  if (bytes > MOST) throw new MemoryError(bytes, MOST, "The inputs");
  return new Float32Array(time * batch * size);
}
