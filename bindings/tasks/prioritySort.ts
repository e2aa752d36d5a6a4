import { checkOptions, whole } from "../common/options.js";
import { fillBits, inBits } from "./bits.js";
import { expectAsked, expectCount, expectOrder, seedRule } from "./lengths.js";
import type { Task } from "./task.js";

/** What prioritySortTask draws. */
export interface PrioritySortTaskOptions {
  /** Bits in a vector. Default: 8. */
  bits?: number;
  /** Vectors that go in. Default: 20. */
  vectors?: number;
  /** Vectors that are wanted back: those of the highest priority. Default: 16. */
  wanted?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const prioritySortRules = () =>
  ({
    bits: [8, whole(1)],
    vectors: [20, whole(1)],
    wanted: [16, whole(1)],
    seed: seedRule(),
  }) as const;

/**
 * Priority sort: random vectors, each with a priority in [−1, 1); those of the highest priority are wanted back, the
 * highest first. Graves et al. 2014, section 4.5. Inputs are the bits, the priority, and a delimiter behind the last
 * vector. A sequence takes vectors + 1 + wanted steps.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = prioritySortTask({ vectors: 20, wanted: 16, seed: 1 });
 */
export function prioritySortTask(options: PrioritySortTaskOptions = {}): Task<"bitError"> {
  const checked = checkOptions("prioritySortTask", options, prioritySortRules());
  const { bits, vectors, wanted, seed } = checked;
  expectOrder("prioritySortTask", ["wanted", wanted], ["vectors", vectors]);

  return {
    name: "priority-sort",
    options: checked,
    inputSize: bits + 2,
    outputSize: bits,
    targetSize: bits,
    seed,
    generate(random, count, batch, { length } = {}) {
      expectCount("prioritySortTask", count);
      expectAsked("prioritySortTask", { length });
      const given = length ?? vectors;
      const sorted = Math.min(wanted, given);
      batch.reset(given + 1 + sorted, count);
      for (let sequence = 0; sequence < count; ++sequence) {
        const priorities = Float64Array.from({ length: given }, () => random.uniform(-1, 1));
        // Of equals the first comes first.
        const order = [...priorities.keys()].sort((a, b) => priorities[b]! - priorities[a]! || a - b);
        const rank = new Uint32Array(given);
        order.forEach((vector, place) => (rank[vector] = place));
        for (let vector = 0; vector < given; ++vector) {
          const input = batch.inputAt(vector, sequence);
          const place = rank[vector]!;
          const target = place < sorted ? batch.targetAt(given + 1 + place, sequence) : -1;
          batch.inputs[input + bits] = priorities[vector]!;
          fillBits(random, bits, (i, bit) => {
            batch.inputs[input + i] = bit;
            if (target >= 0) batch.targets[target + i] = bit;
          });
        }
        batch.inputs[batch.inputAt(given, sequence) + bits + 1] = 1; // the delimiter
        for (let step = given + 1; step < batch.time; ++step) batch.expect(step, sequence);
      }
    },
    ...inBits,
  };
}
