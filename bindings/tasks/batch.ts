import { MemoryError } from "../graph/memoryError.js";
import type { Layout } from "../graph/layout.js";
import type { Feed, Field } from "../runtime/executable.js";
import { expectOptions, expectValue, whole } from "../common/options.js";
import { shown } from "../common/shown.js";

/** The most examples that a batch holds. */
export const MOST_SEQUENCES = 0x1_0000;

/** Bytes that an engine's memory can hold at most; a larger batch could never run. */
const MOST_BYTES = 0x1_0000_0000;

/**
 * Examples as named blocks of numbers, laid out as a Layout says: (time, count, …) or (count, …), so that one time step
 * of all examples is contiguous. A batch is filled again and again; it only allocates when it must grow.
 *
 * Of tasks that answer step by step the blocks are x (time, count, inputSize), targets (time, count, targetSize) and
 * mask (time, count), the loss mask: 1 where an answer is due. `inputs`, `targets`, `mask` and `expect` are for these.
 */
export class Batch implements Feed {
  count = 0;
  /** Run-time lengths, by the names of their dimensions. */
  dimensions: Readonly<Record<string, number>> = {};
  /** Steps of each sequence; behind its last there is nothing but padding. */
  lengths = new Uint32Array(0);
  readonly #blocks = new Map<string, Block>();

  /** @throws TypeError unless the layout is one, RangeError unless fixed axes are whole numbers from 1 up. */
  constructor(readonly layout: Layout) {
    for (const [name, axes] of Object.entries(expectOptions("Batch", layout))) {
      if (!Array.isArray(axes) || !axes.slice(0, 2).includes("batch")) {
        throw new TypeError(`Batch: the axes of ${name} are ${shown(axes)}, and must be a list with "batch" in it`);
      }
      const [leading] = axes[0] === "batch" ? [undefined] : axes;
      const sizes = axes.slice(leading === undefined ? 1 : 2) as number[];
      if (leading !== undefined && typeof leading !== "string") {
        throw new TypeError(`Batch: the axis in front of ${name}'s batch is ${shown(leading)}, and must be a name`);
      }
      for (const size of sizes) expectValue(`Batch: an axis of ${name}`, size, whole(1));
      this.#blocks.set(name, { leading, size: sizes.reduce((a, b) => a * b, 1), data: new Float32Array(0) });
    }
  }

  /**
   * Makes all blocks zeros, for so many examples of these lengths. A number is the length of "time"; all sequences have
   * it until `lengths` says otherwise.
   * @throws RangeError unless these are whole numbers from 1 up, MemoryError when there are more than memory can hold.
   */
  reset(lengths: number | Readonly<Record<string, number>>, count: number): void {
    const dimensions = typeof lengths === "object" && lengths !== null ? lengths : { time: lengths };
    for (const [name, length] of Object.entries(dimensions)) {
      expectValue(`Batch.reset: ${name}`, length, whole(1, { most: Number.MAX_SAFE_INTEGER }));
    }
    expectValue("Batch.reset: count", count, whole(1, { most: MOST_SEQUENCES }));
    const elements = (block: Block): number => this.#time(block, dimensions) * count * block.size;
    const bytes = [...this.#blocks.values()].reduce((sum, block) => sum + 4 * elements(block), 0);
    if (bytes > MOST_BYTES) throw new MemoryError(bytes, MOST_BYTES, "A batch");
    this.count = count;
    this.dimensions = dimensions;
    for (const block of this.#blocks.values()) block.data = cleared(block.data, elements(block));
    if (this.lengths.length !== count) this.lengths = new Uint32Array(count);
    this.lengths.fill(dimensions["time"] ?? 0);
  }

  #time({ leading }: Block, dimensions = this.dimensions): number {
    return leading === undefined ? 1 : (dimensions[leading] ?? 0);
  }

  /** The numbers of a field, which may be longer than the batch. @throws RangeError when there is no such field. */
  block(name: string): Float32Array<ArrayBuffer> {
    const block = this.#blocks.get(name);
    if (!block) throw new RangeError(`The batch has no field "${name}"; it has ${[...this.#blocks.keys()].join(", ")}`);
    return block.data;
  }

  /** What a program over the batch is fed, by the names of its inputs. */
  get fields(): readonly Field[] {
    if (this.#blocks.has("inside")) this.#pad();
    return [...this.#blocks].map(([name, block]) => {
      return { name, data: block.data, time: this.#time(block), size: block.size };
    });
  }

  /** The padding mask, inside (time, count): 1 at the steps of each sequence. Other tasks write theirs themselves. */
  #pad(): void {
    const block = this.#blocks.get("inside")!;
    if (block.leading !== "time") return;
    const { count, lengths } = this;
    for (let step = 0, cell = 0; step < this.time; ++step) {
      for (let sequence = 0; sequence < count; ++sequence, ++cell) {
        block.data[cell] = Number(step < lengths[sequence]!);
      }
    }
  }

  /** Steps of the longest sequence. */
  get time(): number {
    return this.dimensions["time"] ?? 0;
  }

  /** (time, count, inputSize) */
  get inputs(): Float32Array<ArrayBuffer> {
    return this.block("x");
  }

  /** (time, count, targetSize) */
  get targets(): Float32Array<ArrayBuffer> {
    return this.block("targets");
  }

  /** (time, count): the loss mask, 1 where an answer is due. */
  get mask(): Float32Array<ArrayBuffer> {
    return this.block("mask");
  }

  /** Numbers of a step's inputs. */
  get inputSize(): number {
    return this.#sizeOf("x");
  }

  /** Numbers of a step's targets. */
  get targetSize(): number {
    return this.#sizeOf("targets");
  }

  #sizeOf(name: string): number {
    void this.block(name); // which must be there
    return this.#blocks.get(name)!.size;
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

interface Block {
  /** The dimension in front of the batch axis, if there is one. */
  readonly leading: string | undefined;
  /** Numbers of one example, or of one of its steps. */
  readonly size: number;
  data: Float32Array<ArrayBuffer>;
}

function cleared(block: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  if (block.length < size) return new Float32Array(Math.ceil(size * 1.25));
  return block.fill(0, 0, size);
}
