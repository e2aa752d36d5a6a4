import { MemoryError } from "../../graph/memoryError.js";
import { expectValue, whole } from "../../common/options.js";
import { MOST_SEQUENCES, type AnyBatch, type Field } from "../../tasks/batch.js";

/** Bytes that an engine's memory can hold at most. */
const MOST_BYTES = 0x1_0000_0000;

/** Vectors, and the places of those that are to be pointed at, in order. */
export interface PointerExample {
  readonly inputs: readonly ArrayLike<number>[];
  readonly targets: readonly number[];
}

/**
 * Sets of vectors and what is to be pointed at: source (source, count, inputSize), target (time, count) with places
 * counted from 0, and pointed (time, count, inputSize), the vectors there. What else a model is fed follows from these.
 */
export class PointerBatch implements AnyBatch {
  count = 0;
  /** Vectors of the largest set. */
  sourceTime = 0;
  /** Places of the longest target. */
  targetTime = 0;
  source = new Float32Array(0);
  target = new Float32Array(0);
  pointed = new Float32Array(0);
  #inside = new Float32Array(0);
  #mask = new Float32Array(0);
  #lengths: Float32Array = new Float32Array(0);

  /** @throws RangeError unless vectors have at least one number. */
  constructor(readonly inputSize: number) {
    expectValue("PointerBatch: inputSize", inputSize, whole(1));
  }

  /**
   * Fills the batch.
   * @throws RangeError when there is no example, one has no vectors or no targets, a vector is of another size or a
   * target is no place; MemoryError when there are more than memory can hold.
   */
  fill(examples: readonly PointerExample[]): void {
    const count = examples.length;
    const { inputSize } = this;
    expectValue("PointerBatch.fill: the number of examples", count, whole(1, { most: MOST_SEQUENCES }));
    let [sourceTime, targetTime] = [0, 0];
    examples.forEach((example, i) => {
      expectExample(example, i, inputSize);
      sourceTime = Math.max(sourceTime, example.inputs.length);
      targetTime = Math.max(targetTime, example.targets.length);
    });
    const bytes = count * (sourceTime * (inputSize + 1) + targetTime * (inputSize + 2) + 1) * 4;
    if (bytes > MOST_BYTES) throw new MemoryError(bytes, MOST_BYTES, "A batch");
    Object.assign(this, { count, sourceTime, targetTime });
    this.source = cleared(this.source, sourceTime * count * inputSize);
    this.#inside = cleared(this.#inside, sourceTime * count);
    this.target = cleared(this.target, targetTime * count);
    this.pointed = cleared(this.pointed, targetTime * count * inputSize);
    this.#mask = cleared(this.#mask, targetTime * count);
    this.#lengths = Float32Array.from(examples, ({ inputs }) => inputs.length);
    examples.forEach(({ inputs, targets }, i) => {
      inputs.forEach((vector, t) => {
        this.source.set(vector, (t * count + i) * inputSize);
        this.#inside[t * count + i] = 1;
      });
      targets.forEach((place, t) => {
        this.target[t * count + i] = place;
        this.#mask[t * count + i] = 1;
        this.pointed.set(inputs[place]!, (t * count + i) * inputSize);
      });
    });
  }

  /** The examples, taken out again. */
  get examples(): PointerExample[] {
    const { count, source, target, inputSize, targetTime } = this;
    return Array.from({ length: count }, (_, i) => {
      const inputs = Array.from({ length: this.#lengths[i]! }, (_, t) => {
        const first = (t * count + i) * inputSize;
        return source.slice(first, first + inputSize);
      });
      const steps = Array.from({ length: targetTime }, (_, t) => t * count + i).filter((cell) => this.#mask[cell]);
      return { inputs, targets: steps.map((cell) => target[cell]!) };
    });
  }

  get dimensions(): { source: number; time: number } {
    return { source: this.sourceTime, time: this.targetTime };
  }

  /** What a pointer network reads. */
  get fields(): readonly Field[] {
    const { sourceTime, targetTime, inputSize } = this;
    return [
      { name: "source", data: this.source, time: sourceTime, size: inputSize },
      { name: "inside", data: this.#inside, time: sourceTime, size: 1 },
      { name: "lengths", data: this.#lengths, time: 1, size: 1 },
      { name: "pointed", data: this.pointed, time: targetTime, size: inputSize },
      { name: "targets", data: this.target, time: targetTime, size: 1 },
      { name: "mask", data: this.#mask, time: targetTime, size: 1 },
    ];
  }
}

function expectExample({ inputs, targets }: PointerExample, i: number, size: number): void {
  if (!inputs.length || !targets.length) {
    throw new RangeError(`PointerBatch.fill: example ${i} has no ${inputs.length ? "targets" : "inputs"}`);
  }
  const other = inputs.findIndex(({ length }) => length !== size);
  if (other >= 0) {
    const actual = `input ${other} of example ${i} has ${inputs[other]!.length} numbers`;
    throw new RangeError(`PointerBatch.fill: ${actual}, and must have ${size}`);
  }
  for (const place of targets)
    expectValue(`PointerBatch.fill: a target of example ${i}`, place, whole(0, { most: inputs.length - 1 }));
}

function cleared(block: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  if (block.length < size) return new Float32Array(Math.ceil(size * 1.25));
  return block.fill(0, 0, size);
}
