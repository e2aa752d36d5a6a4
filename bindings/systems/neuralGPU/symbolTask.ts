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
 * the sequences of a batch have one length, drawn at random, since a run takes as many steps as the longest needs. With
 * bins they have several, and are padded to the length of one bin: what is learned must not depend on steps to spare.
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

/** The part of a batch's sequences that belong to bins below its own. Freivalds & Liepins 2017, arXiv:1702.08727. */
const SHORTER = 0.05;

type SymbolTaskOptions = {
  readonly seed: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly bins: readonly number[];
};

/** What makes a SymbolTask. */
export interface SymbolTaskParts {
  readonly owner: string;
  readonly name: string;
  readonly options: SymbolTaskOptions;
  readonly symbols: number;
  /** The longest that is drawn at a step of training. */
  readonly longestAt?: (step: number) => number;
  /** Positions of a sequence, whose length is in the task's own terms. */
  positions(length: number): number;
  /** An example of a length, in the task's own terms. */
  draw(random: Random, length: number): SymbolExample;
}

export function symbolTask(parts: SymbolTaskParts): SymbolTask {
  const { owner, name, options, symbols, longestAt, draw } = parts;
  const { minLength, maxLength, bins, seed } = options;
  expectBins(parts);
  return {
    name,
    options,
    seed,
    symbols,
    generate(random, count, batch, { length, difficulty = length, step } = {}) {
      expectCount(owner, count);
      if (difficulty !== undefined) expectValue(`${owner}: length`, difficulty, whole(1));
      const longest = (step !== undefined && longestAt?.(step)) || maxLength;
      if (difficulty === undefined && bins.length) {
        const { lengths, positions } = drawBin(random, count, parts, longest);
        const examples = lengths.map((length) => draw(random, length));
        return fillSymbols(batch, examples, positions);
      }
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

/** @throws RangeError unless the first bin holds the shortest sequence, and the last the longest. */
function expectBins({ owner, options: { minLength, maxLength, bins }, positions }: SymbolTaskParts): void {
  if (!bins.length) return;
  const expectHolds = (which: string, bin: number, length: number): void => {
    if (bin >= positions(length)) return;
    throw new RangeError(
      `${owner}: the ${which} of bins is ${bin}, and must be at least ${positions(length)}, the positions of length ${length}`,
    );
  };
  expectHolds("first", bins[0]!, minLength);
  expectHolds("last", bins.at(-1)!, maxLength);
}

/** A bin, of those that sequences up to the longest need, and lengths of sequences, most of which no lower bin holds. */
function drawBin(
  random: Random,
  count: number,
  { options: { minLength, bins }, positions }: SymbolTaskParts,
  longest: number,
): { positions: number; lengths: number[] } {
  const needed = bins.findIndex((bin) => bin >= positions(longest));
  const index = random.integer(0, needed);
  const [below, bin] = [bins[index - 1] ?? 0, bins[index]!];
  const all = Array.from({ length: longest - minLength + 1 }, (_, i) => minLength + i);
  const shorter = all.filter((length) => positions(length) <= below);
  const own = all.filter((length) => positions(length) > below && positions(length) <= bin);
  const lengths = Array.from({ length: count }, () => {
    const isShorter = shorter.length > 0 && (!own.length || random.uniform() < SHORTER);
    const from = isShorter ? shorter : own;
    return from[random.integer(0, from.length - 1)]!;
  });
  return { positions: bin, lengths };
}

/** Fills a batch of so many positions; what is behind the end of a shorter example does not count. */
export function fillSymbols(
  batch: Batch,
  examples: readonly SymbolExample[],
  positions = longestOf(examples.map(({ input }) => input.length)),
): void {
  const count = examples.length;
  batch.reset(positions, count);
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
