import { categoricalCrossEntropy, classMisses, divide, broadcast, max, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Random } from "../../common/random/philox.js";
import { expectValue, whole } from "../../common/options.js";
import type { Batch } from "../../tasks/batch.js";
import { expectCount, longestOf } from "../../tasks/lengths.js";
import type { Answer, AnyTask } from "../../tasks/task.js";

/** Metrics of every answer: the part of its symbols that are wrong, and whether any is. */
export type SymbolMetric = "symbolError" | "sequenceError";

/**
 * A task of turning a sequence of symbols into another as long. Symbols are numbers, 0 where there is nothing;
 * the sequences of a batch have one length, drawn at random, since a run takes as many steps as the longest needs.
 */
export interface SymbolTask extends AnyTask<SymbolMetric> {
  /** Symbols there are, 0 included. */
  readonly symbols: number;
  readonly metrics: {
    /** The part of a sequence's symbols that are wrong. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a sequence with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

/** Of one example, equally long. */
export interface SymbolExample {
  readonly input: ArrayLike<number>;
  readonly target: ArrayLike<number>;
}

/** What makes a SymbolTask. */
export interface SymbolTaskParts {
  readonly owner: string;
  readonly name: string;
  readonly options: { readonly seed: number; readonly minLength: number; readonly maxLength: number };
  readonly symbols: number;
  /** The longest that is drawn at a step of training. */
  readonly longestAt?: (step: number) => number;
  /** An example of a length, in the task's own terms. */
  draw(random: Random, length: number): SymbolExample;
}

export function symbolTask({ owner, name, options, symbols, longestAt, draw }: SymbolTaskParts): SymbolTask {
  const { minLength, maxLength, seed } = options;
  return {
    name,
    options,
    seed,
    symbols,
    generate(random, count, batch, { length, difficulty = length, step } = {}) {
      expectCount(owner, count);
      if (difficulty !== undefined) expectValue(`${owner}: length`, difficulty, whole(1));
      const longest = (step !== undefined && longestAt?.(step)) || maxLength;
      const drawn = difficulty ?? random.integer(minLength, longest);
      const examples = Array.from({ length: count }, () => draw(random, drawn));
      fillSymbols(batch, examples);
    },
    loss: (answer) => {
      const [logits, targets, mask] = choice(answer);
      return categoricalCrossEntropy(logits, targets, divide(mask, lengths(answer)));
    },
    metrics: {
      sequenceError: (answer) => sum(max(classMisses(...choice(answer)), { axis: 0 })),
      symbolError: (answer) => sum(sum(divide(classMisses(...choice(answer)), lengths(answer)))),
    },
  };
}

/** Fills a batch; what is behind the end of a shorter example does not count. */
export function fillSymbols(batch: Batch, examples: readonly SymbolExample[]): void {
  const count = examples.length;
  batch.reset(longestOf(examples.map(({ input }) => input.length)), count);
  examples.forEach(({ input, target }, i) => {
    batch.lengths[i] = input.length;
    for (let t = 0; t < input.length; ++t) {
      batch.inputs[batch.inputAt(t, i)] = input[t]!;
      batch.targets[batch.targetAt(t, i)] = target[t]!;
      batch.expect(t, i);
    }
  });
}

const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;

/** (time, batch): the length of its sequence, at every step. */
function lengths({ mask }: Answer): Tensor {
  return broadcast(sum(mask, { axis: 0 }), { axis: 0, count: mask.shape[0]! });
}
