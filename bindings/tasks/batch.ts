import { MemoryError } from "../graph/memoryError.js";
import { expectValue, whole } from "../common/options.js";

/** The most sequences that a batch holds. */
export const MOST_SEQUENCES = 0x1_0000;

/** Bytes that an engine's memory can hold at most; a larger batch could never run. */
const MOST_BYTES = 0x1_0000_0000;

/** One of a batch's blocks, (time, count, size): the input of a program that has its name. */
export interface Field {
  readonly name: string;
  readonly data: Float32Array;
  readonly time: number;
  readonly size: number;
}

/** Examples that shards share out: blocks whose second axis is the examples. */
export interface AnyBatch {
  readonly count: number;
  /** Lengths that programs are laid out for, by name. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly fields: readonly Field[];
}

/**
 * Sequences, what they should be answered with, and where an answer is due. Blocks are (time, count, …), so that one
 * time step of all sequences is contiguous: inputs (…, inputSize), targets (…, targetSize), mask (…). A batch is filled
 * again and again; it only allocates when it must grow.
 */
export class Batch implements AnyBatch {
  time = 0;
  count = 0;
  inputs = new Float32Array(0);
  targets = new Float32Array(0);
  mask = new Float32Array(0);
  /** Steps of each sequence; behind its last there is nothing but padding. */
  lengths = new Uint32Array(0);
  #inside = new Float32Array(0);

  /** @throws RangeError unless both sizes are whole numbers from 1 up. */
  constructor(
    readonly inputSize: number,
    readonly targetSize: number,
  ) {
    expectValue("Batch: inputSize", inputSize, whole(1));
    expectValue("Batch: targetSize", targetSize, whole(1));
  }

  /**
   * Makes the batch all zeros, of this many steps and sequences, all of full length.
   * @throws RangeError unless these are whole numbers from 1 up, MemoryError when there are more than memory can hold.
   */
  reset(time: number, count: number): void {
    expectValue("Batch.reset: time", time, whole(1, { most: Number.MAX_SAFE_INTEGER }));
    expectValue("Batch.reset: count", count, whole(1, { most: MOST_SEQUENCES }));
    const cells = time * count;
    const bytes = cells * (this.inputSize + this.targetSize + 2) * 4;
    if (bytes > MOST_BYTES) throw new MemoryError(bytes, MOST_BYTES, "A batch");
    this.time = time;
    this.count = count;
    this.inputs = cleared(this.inputs, cells * this.inputSize);
    this.targets = cleared(this.targets, cells * this.targetSize);
    this.mask = cleared(this.mask, cells);
    if (this.lengths.length !== count) this.lengths = new Uint32Array(count);
    this.lengths.fill(time);
  }

  /** (time, count): 1 at the steps of each sequence, 0 at its padding. Valid until it is asked for again. */
  get inside(): Float32Array {
    const { time, count, lengths } = this;
    if (this.#inside.length < time * count) this.#inside = new Float32Array(Math.ceil(time * count * 1.25));
    for (let step = 0, cell = 0; step < time; ++step) {
      for (let sequence = 0; sequence < count; ++sequence, ++cell)
        this.#inside[cell] = Number(step < lengths[sequence]!);
    }
    return this.#inside;
  }

  /** The length that a program over the batch is laid out for. */
  get dimensions(): { time: number } {
    return { time: this.time };
  }

  /** What a program over the batch is fed, by the names of its inputs. */
  get fields(): readonly Field[] {
    const { time, inputs, targets, mask, inside, inputSize, targetSize } = this;
    return [
      { name: "x", data: inputs, time, size: inputSize },
      { name: "targets", data: targets, time, size: targetSize },
      { name: "mask", data: mask, time, size: 1 },
      { name: "inside", data: inside, time, size: 1 },
    ];
  }

  /** First element of a step's inputs. */
  inputAt(step: number, sequence: number): number {
    return (step * this.count + sequence) * this.inputSize;
  }

  /** First element of a step's targets. */
  targetAt(step: number, sequence: number): number {
    return (step * this.count + sequence) * this.targetSize;
  }

  /** Says that an answer is due at a step. */
  expect(step: number, sequence: number): void {
    this.mask[step * this.count + sequence] = 1;
  }
}

function cleared(block: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  if (block.length < size) return new Float32Array(Math.ceil(size * 1.25));
  return block.fill(0, 0, size);
}
