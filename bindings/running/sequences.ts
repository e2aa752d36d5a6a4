import { ShapeError } from "../graph/shapeError.js";

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

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  ArrayBuffer.isView(value) || (Array.isArray(value) && typeof value[0] === "number");

/**
 * Checks and packs what a user gave.
 * @throws ShapeError when a batch or a sequence is empty or a row does not have `size` numbers; RangeError when a
 * number is NaN or infinite.
 */
export function pack(owner: string, inputs: Sequences, size: number): PackedSequences {
  const { sequences, isBatch } = split(owner, inputs, size);
  const wrong = (message: string, expected: string, actual: string): ShapeError =>
    new ShapeError(`${owner}: ${message}`, owner, expected, actual);
  if (!sequences.length) throw wrong("the batch is empty, and must hold at least one sequence", "1 or more", "0");
  const lengths = sequences.map((sequence) => sequence.length);
  const time = Math.max(...lengths);
  const batch = sequences.length;
  const data = new Float32Array(time * batch * size);
  sequences.forEach((sequence, b) => {
    const which = isBatch ? `sequence ${b}` : "the sequence";
    if (!sequence.length) throw wrong(`${which} has no steps, and must have at least one`, "1 or more", "0");
    sequence.forEach((row, t) => {
      const numbers = row?.length;
      if (numbers !== size) {
        const message = `step ${t} of ${which} has ${numbers ?? "no"} numbers, and must have ${size}`;
        throw wrong(message, `(time, ${size})`, `${numbers}`);
      }
      const at = (t * batch + b) * size;
      for (let i = 0; i < size; ++i) {
        const value = row[i]!;
        if (!Number.isFinite(value)) {
          throw new RangeError(`${owner}: number ${i} of step ${t} of ${which} is ${value}, and must be finite`);
        }
        data[at + i] = value;
      }
    });
  });
  return { data, lengths, time, isBatch };
}

function split(owner: string, inputs: Sequences, size: number): { sequences: Sequence[]; isBatch: boolean } {
  if (Array.isArray(inputs)) {
    const isBatch = inputs.length > 0 && !isNumbers(inputs[0]);
    const nested = inputs as readonly unknown[];
    if (isBatch && !nested.every(Array.isArray)) {
      throw new TypeError(`${owner}: inputs must be rows of numbers, or sequences of such rows`);
    }
    return isBatch
      ? { sequences: inputs as unknown as Sequence[], isBatch }
      : { sequences: [inputs as unknown as Sequence], isBatch };
  }
  const { data, shape } = (inputs ?? {}) as { data?: ArrayLike<number>; shape?: readonly number[] };
  if (!data || !shape) throw new TypeError(`${owner}: inputs must be arrays of rows, or { data, shape }`);
  const [time, width] = shape.slice(-2) as [number, number];
  const batch = shape.length === 3 ? shape[0]! : 1;
  if ((shape.length !== 2 && shape.length !== 3) || width !== size || batch * time * width !== data.length) {
    const actual = `(${shape.join(", ")}) with ${data.length} numbers`;
    const message = `${owner}: inputs are ${actual}, and must be (time, ${size}) or (batch, time, ${size})`;
    throw new ShapeError(message, owner, `(batch, time, ${size})`, actual);
  }
  const rows = Array.from({ length: batch * time }, (_, i) =>
    Array.prototype.slice.call(data, i * width, (i + 1) * width),
  );
  return {
    sequences: Array.from({ length: batch }, (_, b) => rows.slice(b * time, (b + 1) * time)),
    isBatch: shape.length === 3,
  };
}
