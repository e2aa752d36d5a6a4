import { MemoryError } from "../graph/memoryError.js";
import { expectValue, whole } from "../common/options.js";
import { MOST_SEQUENCES, type AnyBatch, type Field } from "./batch.js";

/** Bytes that an engine's memory can hold at most. */
const MOST_BYTES = 0x1_0000_0000;

/**
 * Pairs of sequences of symbols, one to be turned into the other, as numbers: source (time, count), and target (time,
 * count) with 0, its end, behind its last symbol. What else a model is fed follows from these.
 */
export class PairBatch implements AnyBatch {
  count = 0;
  /** Steps of the longest source. */
  sourceTime = 0;
  /** Steps of the longest target, its end included. */
  targetTime = 0;
  source = new Float32Array(0);
  target = new Float32Array(0);
  /** What came before: the target a step later, 0 in front of it. */
  #previous = new Float32Array(0);
  #inside = new Float32Array(0);
  #mask = new Float32Array(0);
  readonly #sourceLengths: number[] = [];
  readonly #targetLengths: number[] = [];

  /**
   * Fills the batch with pairs of numbers from 1 up.
   * @throws RangeError when there is none, or a source is empty; MemoryError when there are more than memory can hold.
   */
  fill(pairs: readonly (readonly [source: ArrayLike<number>, target: ArrayLike<number>])[]): void {
    const count = pairs.length;
    expectValue("PairBatch.fill: the number of pairs", count, whole(1, { most: MOST_SEQUENCES }));
    let [sourceTime, targetTime] = [0, 0];
    pairs.forEach(([source, target], i) => {
      if (!source.length) throw new RangeError(`PairBatch.fill: source ${i} is empty`);
      this.#sourceLengths[i] = source.length;
      this.#targetLengths[i] = target.length + 1;
      sourceTime = Math.max(sourceTime, source.length);
      targetTime = Math.max(targetTime, target.length + 1);
    });
    const bytes = count * (2 * sourceTime + 3 * targetTime + 1) * 4;
    if (bytes > MOST_BYTES) throw new MemoryError(bytes, MOST_BYTES, "A batch");
    Object.assign(this, { count, sourceTime, targetTime });
    this.#sourceLengths.length = this.#targetLengths.length = count;
    this.source = cleared(this.source, sourceTime * count);
    this.#inside = cleared(this.#inside, sourceTime * count);
    this.target = cleared(this.target, targetTime * count);
    this.#previous = cleared(this.#previous, targetTime * count);
    this.#mask = cleared(this.#mask, targetTime * count);
    pairs.forEach(([source, target], i) => {
      for (let t = 0; t < source.length; ++t) {
        this.source[t * count + i] = source[t]!;
        this.#inside[t * count + i] = 1;
      }
      for (let t = 0; t < target.length; ++t) {
        this.target[t * count + i] = target[t]!;
        this.#previous[(t + 1) * count + i] = target[t]!;
      }
      for (let t = 0; t <= target.length; ++t) this.#mask[t * count + i] = 1;
    });
  }

  /** The lengths that a program over the batch is laid out for. */
  get dimensions(): { source: number; time: number } {
    return { source: this.sourceTime, time: this.targetTime };
  }

  /** What a program over the batch is fed, by the names of its inputs. */
  get fields(): readonly Field[] {
    const { sourceTime, targetTime } = this;
    return [
      { name: "source", data: this.source, time: sourceTime, size: 1 },
      { name: "inside", data: this.#inside, time: sourceTime, size: 1 },
      { name: "lengths", data: Float32Array.from(this.#sourceLengths), time: 1, size: 1 },
      { name: "previous", data: this.#previous, time: targetTime, size: 1 },
      { name: "targets", data: this.target, time: targetTime, size: 1 },
      { name: "mask", data: this.#mask, time: targetTime, size: 1 },
    ];
  }
}

function cleared(block: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  if (block.length < size) return new Float32Array(Math.ceil(size * 1.25));
  return block.fill(0, 0, size);
}
