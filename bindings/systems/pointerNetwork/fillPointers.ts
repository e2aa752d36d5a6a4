import { expectValue, whole } from "../../common/options.js";
import { MOST_SEQUENCES, type Batch } from "../../tasks/batch.js";

/** Vectors, and the places of those that are to be pointed at, in order. */
export interface PointerExample {
  readonly inputs: readonly ArrayLike<number>[];
  readonly targets: readonly number[];
}

/**
 * The batch of sets of vectors: the vectors `source`, their padding mask `inside` and how many they are; targets, places
 * counted from 0; `pointed`, the vectors there; and the loss mask.
 */
export const pointerLayout = (inputSize: number) =>
  ({
    source: ["source", "batch", inputSize],
    inside: ["source", "batch"],
    lengths: ["batch"],
    pointed: ["time", "batch", inputSize],
    targets: ["time", "batch", 1],
    mask: ["time", "batch"],
  }) as const;

/** Numbers of a vector in a batch of this layout. */
const sizeOf = ({ layout }: Batch): number => layout["source"]![2] as number;

/**
 * Fills a batch of this layout.
 * @throws RangeError when there is no example, one has no vectors or no targets, a vector is of another size or a target
 * is no place; MemoryError when there are more than memory can hold.
 */
export function fillPointers(batch: Batch, examples: readonly PointerExample[]): void {
  const count = examples.length;
  const size = sizeOf(batch);
  expectValue("fillPointers: the number of examples", count, whole(1, { most: MOST_SEQUENCES }));
  examples.forEach((example, i) => expectExample(example, i, size));
  const longest = (of: "inputs" | "targets"): number => examples.reduce((most, e) => Math.max(most, e[of].length), 0);
  batch.reset({ source: longest("inputs"), time: longest("targets") }, count);
  examples.forEach(({ inputs, targets }, i) => {
    batch.block("lengths")[i] = inputs.length;
    batch.lengths[i] = targets.length;
    inputs.forEach((vector, t) => {
      batch.block("source").set(vector, (t * count + i) * size);
      batch.block("inside")[t * count + i] = 1;
    });
    targets.forEach((place, t) => {
      batch.targets[t * count + i] = place;
      batch.expect(t, i);
      batch.block("pointed").set(inputs[place]!, (t * count + i) * size);
    });
  });
}

/** The examples of a batch. */
export function pointersOf(batch: Batch): PointerExample[] {
  const { count, lengths, targets } = batch;
  const size = sizeOf(batch);
  const source = batch.block("source");
  return Array.from({ length: count }, (_, i) => {
    const inputs = Array.from({ length: batch.block("lengths")[i]! }, (_, t) => {
      const first = (t * count + i) * size;
      return source.slice(first, first + size);
    });
    return { inputs, targets: Array.from({ length: lengths[i]! }, (_, t) => targets[t * count + i]!) };
  });
}

function expectExample({ inputs, targets }: PointerExample, i: number, size: number): void {
  if (!inputs.length || !targets.length) {
    throw new RangeError(`fillPointers: example ${i} has no ${inputs.length ? "targets" : "inputs"}`);
  }
  const other = inputs.findIndex(({ length }) => length !== size);
  if (other >= 0) {
    const actual = `input ${other} of example ${i} has ${inputs[other]!.length} numbers`;
    throw new RangeError(`fillPointers: ${actual}, and must have ${size}`);
  }
  for (const place of targets)
    expectValue(`fillPointers: a target of example ${i}`, place, whole(0, { most: inputs.length - 1 }));
}
