import { checkOptions, whole } from "../common/options.js";
import { fillBits, inBits } from "./bits.js";
import { curriculumRules, doublingLengths, type CurriculumOptions } from "./curriculum.js";
import { expectAsked, expectCount, expectOrder, seedRule } from "./lengths.js";
import type { Task } from "./task.js";

/** What associativeRecallTask draws. */
export interface AssociativeRecallTaskOptions extends CurriculumOptions {
  /** Bits in a vector. Default: 6. */
  bits?: number;
  /** Vectors in an item. Default: 3. */
  itemLength?: number;
  /** Items in the shortest sequence: at least 2. Default: 2. */
  minItems?: number;
  /** Items in the longest sequence. Default: 6. */
  maxItems?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const associativeRecallRules = () =>
  ({
    bits: [6, whole(1)],
    itemLength: [3, whole(1)],
    minItems: [2, whole(2)],
    maxItems: [6, whole(2)],
    ...curriculumRules(),
    seed: seedRule(),
  }) as const;

/**
 * Associative recall: items of a few random vectors, then one of them again, whose successor is wanted. Graves et al.
 * 2014, section 4.3. Inputs are the bits, a delimiter in front of every item, and one on both sides of the query, which
 * is any item but the last. A sequence of n items of length L takes (n + 2) (L + 1) steps. The sequences of a batch
 * share n.
 *
 * With a curriculum n is drawn up to a level that doubles, from minItems to maxItems, as the part of the bits that are wrong
 * falls: Rae et al. 2016, arXiv:1610.09027, section 4.3.
 *
 * @throws RangeError when an option is out of range, or a curriculum's error is given without a curriculum.
 * @example
 * const task = associativeRecallTask({ maxItems: 6, seed: 1 });
 */
export function associativeRecallTask(options: AssociativeRecallTaskOptions = {}): Task<"bitError"> {
  const checked = checkOptions("associativeRecallTask", options, associativeRecallRules());
  const { bits, itemLength, minItems, maxItems, seed } = checked;
  expectOrder("associativeRecallTask", ["minItems", minItems], ["maxItems", maxItems]);
  const levels = doublingLengths(
    { ...checked, minLength: minItems, maxLength: maxItems },
    "associativeRecallTask",
    ({ bitError }) => bitError! / (bits * itemLength),
  );
  const [itemDelimiter, queryDelimiter] = [bits, bits + 1];
  const stride = itemLength + 1;

  return {
    name: "associative-recall",
    options: checked,
    inputSize: bits + 2,
    outputSize: bits,
    targetSize: bits,
    seed,
    ...levels,
    generate(random, count, batch, { length, progress } = {}) {
      expectCount("associativeRecallTask", count);
      expectAsked("associativeRecallTask", { length }, 2);
      const items = length ?? random.integer(minItems, progress?.[0] ?? maxItems);
      const query = items * stride;
      const answer = query + stride + 1;
      batch.reset(answer + itemLength, count);
      for (let sequence = 0; sequence < count; ++sequence) {
        const asked = random.integer(0, items - 2);
        const mark = (step: number, channel: number): void =>
          void (batch.inputs[batch.inputAt(step, sequence) + channel] = 1);
        for (let item = 0; item < items; ++item) {
          mark(item * stride, itemDelimiter);
          for (let vector = 0; vector < itemLength; ++vector) {
            const shown = batch.inputAt(item * stride + 1 + vector, sequence);
            const again = item === asked ? batch.inputAt(query + 1 + vector, sequence) : shown;
            const target = batch.targetAt(answer + vector, sequence);
            fillBits(random, bits, (i, bit) => {
              batch.inputs[shown + i] = batch.inputs[again + i] = bit;
              if (item === asked + 1) batch.targets[target + i] = bit;
            });
          }
        }
        mark(query, queryDelimiter);
        mark(query + stride, queryDelimiter);
        for (let step = answer; step < batch.time; ++step) batch.expect(step, sequence);
      }
    },
    ...inBits,
  };
}
