import { affine, binaryCrossEntropy, log, multiply, slice, sum } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import { checkOptions, expectValue, whole } from "../common/options.js";
import type { Random } from "../common/random/philox.js";
import { expectAsked, expectCount, seedRule } from "./lengths.js";
import type { Answer, Task } from "./task.js";

/** What dynamicNgramsTask draws. */
export interface DynamicNgramsTaskOptions {
  /** Bits that the next one depends on. Default: 5, so 6-grams. */
  context?: number;
  /** Bits in a sequence. Default: 200. */
  length?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** 1 / ln 2. */
const BITS_IN_NAT = 1.4426950408889634;

/** Default and check of each option; a function, since importing calls nothing. */
export const dynamicNgramsRules = () =>
  ({
    context: [5, whole(1, { most: 16 })],
    length: [200, whole(2)],
    seed: seedRule(),
  }) as const;

/**
 * Dynamic N-grams: every sequence has a table of its own, of the probability of a 1 behind each context, drawn from
 * Beta(½, ½); the next bit is to be predicted. Graves et al. 2014, section 4.4. One input, one output; a sequence of
 * length L takes L − 1 steps, and predictions count once a context is complete.
 *
 * Measures: `bits`, the model's cross-entropy a sequence, and `optimalBits`, that of the best predictor that does not know
 * the table, on the same sequences: P(1 | context) = (n₁ + ½) / (n₀ + n₁ + 1), after n₀ zeros and n₁ ones behind it.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = dynamicNgramsTask({ seed: 1 });
 */
export function dynamicNgramsTask(options: DynamicNgramsTaskOptions = {}): Task<"bits" | "optimalBits"> {
  const checked = checkOptions("dynamicNgramsTask", options, dynamicNgramsRules());
  const { context, length: usual, seed } = checked;
  expectValue("dynamicNgramsTask: length", usual, whole(context + 1));
  const contexts = 1 << context;

  return {
    name: "dynamic-ngrams",
    options: checked,
    inputSize: 1,
    outputSize: 1,
    targetSize: 2, // the bit, and the probability that the best predictor gave it
    seed,
    generate(random, count, batch, { length = usual } = {}) {
      expectCount("dynamicNgramsTask", count);
      expectAsked("dynamicNgramsTask", { length }, context + 1);
      batch.reset(length - 1, count);
      for (let sequence = 0; sequence < count; ++sequence) {
        const ones = Float64Array.from({ length: contexts }, () => arcsine(random));
        const seen = [new Uint32Array(contexts), new Uint32Array(contexts)] as const;
        let last = 0; // the bits so far, as many as a context has
        for (let t = 0; t < length; ++t) {
          const isFree = t < context;
          const bit = Number(random.uniform() < (isFree ? 0.5 : ones[last]!));
          if (t < length - 1) batch.inputs[batch.inputAt(t, sequence)] = bit;
          if (t > 0) {
            const target = batch.targetAt(t - 1, sequence);
            batch.targets[target] = bit;
            batch.targets[target + 1] = 1;
            if (!isFree) {
              const total = seen[0][last]! + seen[1][last]! + 1;
              batch.targets[target + 1] = (seen[bit as 0 | 1][last]! + 0.5) / total;
              batch.expect(t - 1, sequence);
            }
          }
          if (!isFree) ++seen[bit as 0 | 1][last]!;
          last = ((last << 1) | bit) % contexts;
        }
      }
    },
    loss: crossEntropy,
    metrics: { bits: (answer) => affine(crossEntropy(answer), { scale: BITS_IN_NAT, shift: 0 }), optimalBits },
  };
}

const crossEntropy = ({ logits, targets, mask }: Answer) =>
  binaryCrossEntropy(logits, slice(targets, { end: 1 }), mask);

function optimalBits({ targets, mask }: Answer) {
  const probability = slice(targets, { begin: 1 });
  const nats = sum(sum(multiply(reshape(log(probability), mask.shape), mask), { axis: 0 }), { axis: 0 });
  return affine(nats, { scale: -BITS_IN_NAT, shift: 0 });
}

/**
 * Beta(½, ½): the square of the cosine of a random angle, from a point that is uniform in the unit disc, so without a
 * function that hosts compute differently.
 */
function arcsine(random: Random): number {
  while (true) {
    const [x, y] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return (x * x) / square;
  }
}
