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
  | Sequence
  | readonly Sequence[]
  | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

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
  const { isBatch, lengths, rowAt } = Array.isArray(inputs)
    ? listed(owner, inputs)
    : folded(owner, inputs as Folded, size);
  const batch = lengths.length;
  if (!batch)
    throw new ShapeError(`${owner}: the batch is empty, and must hold at least one sequence`, owner, "1 or more", "0");
  const time = lengths.reduce((a, b) => Math.max(a, b));
  const bytes = time * batch * size * 4;
  if (bytes > MOST) throw new MemoryError(bytes, MOST, "The inputs");
  const data = new Float32Array(time * batch * size);
  lengths.forEach((length, b) => {
    const which = isBatch ? `sequence ${b}` : "the sequence";
    if (!length)
      throw new ShapeError(`${owner}: ${which} has no steps, and must have at least one`, owner, "1 or more", "0");
    for (let t = 0; t < length; ++t) {
      const { row, first = 0, numbers = size } = rowAt(b, t);
      if (numbers !== size) {
        const message = `${owner}: step ${t} of ${which} has ${numbers} numbers, and must have ${size}`;
        throw new ShapeError(message, owner, `(time, ${size})`, `${numbers}`);
      }
      for (let i = 0, at = (t * batch + b) * size; i < size; ++i, ++at) {
        const value: unknown = row[first + i];
        // 1e39 is infinite once it is stored.
        if (typeof value === "number" && Number.isFinite((data[at] = value)) && Number.isFinite(data[at])) continue;
        throw new RangeError(`${owner}: number ${i} of step ${t} of ${which} is ${shown(value)}, and must be finite`);
      }
    }
  });
  return { data, lengths, time, isBatch };
}

/** What a user gave, as sequences of these lengths. */
interface Given extends Pick<PackedSequences, "lengths" | "isBatch"> {
  /** A step's numbers, from the first of them on, and how many there are where that is not what was asked for. */
  rowAt(
    sequence: number,
    step: number,
  ): { readonly row: ArrayLike<number>; readonly first?: number; readonly numbers?: number | "no" };
}

function listed(owner: string, inputs: readonly unknown[]): Given {
  const isBatch = inputs.length > 0 && !isNumbers(inputs[0]);
  const sequences = isBatch ? inputs : [inputs];
  // Array.from, since `map` passes over holes.
  const lengths = Array.from(sequences, (sequence) => {
    if (Array.isArray(sequence)) return sequence.length;
    throw new TypeError(`${owner}: inputs must be rows of numbers, or sequences of such rows`);
  });
  return {
    isBatch,
    lengths,
    rowAt(b, t) {
      const row = (sequences[b] as readonly ArrayLike<number>[])[t]!;
      return { row, numbers: (typeof row === "object" ? row?.length : undefined) ?? "no" };
    },
  };
}

type Folded = Exclude<Sequences, readonly unknown[]>;

function folded(owner: string, inputs: Folded, size: number): Given {
  const { data, shape } = inputs ?? {};
  if (typeof data !== "object" || !data || !Array.isArray(shape)) {
    throw new TypeError(`${owner}: inputs must be arrays of rows, or { data, shape }`);
  }
  const isBatch = shape.length === 3;
  const [batch, time, width] = isBatch ? shape : [1, ...shape];
  const isCount = (axis: unknown): boolean => Number.isSafeInteger(axis) && (axis as number) >= 0;
  const fits = (isBatch || shape.length === 2) && shape.every(isCount) && width === size;
  if (!fits || batch * time * size !== data.length) {
    const actual = `(${shape.map(shown).join(", ")}) with ${shown(data.length)} numbers`;
    const message = `${owner}: inputs are ${actual}, and must be (time, ${size}) or (batch, time, ${size})`;
    throw new ShapeError(message, owner, `(batch, time, ${size})`, actual);
  }
  // Of sequences without steps there could be any number.
  const lengths = new Array<number>(time ? batch : Math.min(batch, 1)).fill(time);
  return { isBatch, lengths, rowAt: (b, t) => ({ row: data, first: (b * time + t) * size }) };
}
