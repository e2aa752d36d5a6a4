import { checkOptions, expectValue, oneOf, whole } from "../../common/options.js";
import {
  broadcast,
  categoricalCrossEntropy,
  classMisses,
  constant,
  divide,
  multiply,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { expectCount, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import { sequenceError } from "../../tasks/sequenceError.js";
import type { Answer, Task } from "../../tasks/task.js";
import { weighted } from "./grammar.js";
import { mappingOf, paperSymbols, type Mapping, type Transduction } from "./mappings.js";

/** What transductionTask draws. */
export interface TransductionTaskOptions {
  /**
   * "copy"; "reversal", from the last word to the first; "bigram-flip", each two neighbours turned round; "svo-sov", the
   * verb behind its object; "gender", articles of a language that has gender. Default: "copy".
   */
  mapping?: Transduction;
  /** Different words, of "svo-sov" and "gender" of each class. Default: those of the paper, 128, 33 and 25. */
  symbols?: number;
  /** Words of a source, at least. Default: 8. */
  minLength?: number;
  /** Words of a source, at most. Default: 64. */
  maxLength?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Metrics of transductions: whether anything is wrong, and the part of the target from the first mistake on. */
export type TransductionMetric = "sequenceError" | "prefixError";

/** Task of turning words into words, one step a word. */
export interface TransductionTask extends Task<TransductionMetric> {
  readonly sourceWords: readonly string[];
  readonly targetWords: readonly string[];
  /** What is to be made of a source, which may be longer than those of training; undefined of what is no source. */
  targetOf(source: readonly string[]): readonly string[] | undefined;
  /** Numbers of the one-hot inputs of a source, the separator, and as many words of a target as have been said. */
  encode(source: readonly string[], said: readonly string[]): number[];
  readonly metrics: {
    /** 1 for a sequence with any word of its target wrong, its end included: 1 − "coarse" of the paper. */
    readonly sequenceError: (answer: Answer) => Tensor;
    /** Part of a target from its first wrong word on: 1 − "fine" of the paper. */
    readonly prefixError: (answer: Answer) => Tensor;
  };
}

/** Default and check of each option; a function, since importing calls nothing. */
export const transductionRules = (options?: TransductionTaskOptions) =>
  ({
    mapping: ["copy", oneOf("copy", "reversal", "bigram-flip", "svo-sov", "gender")],
    symbols: [paperSymbols(options?.mapping ?? "copy"), whole(1, { most: 4096 })],
    minLength: [8, whole(1)],
    maxLength: [Math.max(64, options?.minLength ?? 0), whole(1, { most: 1024 })],
    seed: seedRule(),
  }) as const;

/** Inputs in front of all words: the start, and the separator. The output in front of all words is the end. */
const [START, SEPARATOR, MARKS, END] = [0, 1, 2, 0];

/**
 * Transduction, Grefenstette et al. 2015, arXiv:1506.02516, section 4: the start, the words of a source, a separator, and
 * then the words of its target and its end are wanted, each with the word in front of it as the input. Source and target
 * have words of their own, one-hot. A sequence's length is the number of words of its source; of the two grammars,
 * lengths are as probable as they are among sentences.
 *
 * With the true word in front of it, a target is right from its start up to the first mistake exactly where it would be
 * with the model's own words fed back, so both metrics are those of a model that reads what it said.
 *
 * @throws RangeError when an option is out of range, or no source has such a length; TypeError when one is unknown.
 * @example
 * const task = transductionTask({ mapping: "reversal", symbols: 8, minLength: 2, maxLength: 10, seed: 1 });
 */
export function transductionTask(options: TransductionTaskOptions = {}): TransductionTask {
  const owner = "transductionTask";
  const checked = checkOptions(owner, options, transductionRules(options));
  const { mapping: name, symbols, minLength, maxLength, seed } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  const mapping = mappingOf(name, symbols);
  const weights = Array.from({ length: maxLength - minLength + 1 }, (_, i) => mapping.weight(minLength + i));
  if (!weights.some((weight) => weight > 0)) {
    throw new RangeError(`${owner}: no source of "${name}" has from ${minLength} to ${maxLength} words`);
  }
  const sources = new Map(mapping.sourceWords.map((word, i) => [word, i]));
  const targets = new Map(mapping.targetWords.map((word, i) => [word, i]));
  const inputSize = MARKS + sources.size + targets.size;

  const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;

  const task: TransductionTask = {
    name: "transduction",
    options: checked,
    sourceWords: mapping.sourceWords,
    targetWords: mapping.targetWords,
    inputSize,
    outputSize: 1 + targets.size,
    targetSize: 1,
    seed,
    encode: (source, said) => [
      START,
      ...source.map((word) => MARKS + sources.get(word)!),
      SEPARATOR,
      ...said.map((word) => MARKS + sources.size + targets.get(word)!),
    ],
    targetOf: (source) => (source.length ? mapping.targetOf(source) : undefined),
    generate(random, count, batch, { length, difficulty = length } = {}) {
      expectCount(owner, count);
      if (difficulty !== undefined) expectLength(owner, name, mapping, difficulty);
      const drawn = Array.from({ length: count }, () =>
        mapping.draw(random, difficulty ?? minLength + weighted(random, weights)),
      );
      const steps = drawn.map(({ source, target }) => 2 + source.length + target.length);
      batch.reset(longestOf(steps), count);
      drawn.forEach(({ source, target }, sequence) => {
        batch.lengths[sequence] = steps[sequence]!;
        task.encode(source, target).forEach((number, step) => {
          batch.inputs[batch.inputAt(step, sequence) + number] = 1;
        });
        [...target.map((word) => 1 + targets.get(word)!), END].forEach((output, i) => {
          const step = 1 + source.length + i;
          batch.targets[batch.targetAt(step, sequence)] = output;
          batch.expect(step, sequence);
        });
      });
    },
    loss: (answer) => categoricalCrossEntropy(...choice(answer)),
    metrics: {
      sequenceError: (answer) => sequenceError(classMisses(...choice(answer))),
      prefixError: (answer) => prefixError(classMisses(...choice(answer)), answer.mask),
    },
  };
  return task;
}

/** @throws RangeError unless there are sources of a length. */
function expectLength(owner: string, name: string, mapping: Mapping, length: number): void {
  expectValue(`${owner}: length`, length, whole(1, { most: 4096 }));
  if (mapping.weight(length) > 0) return;
  throw new RangeError(`${owner}: no source of "${name}" has ${length} words`);
}

/** Sum over sequences of the part of their answers from the first mistake on. misses, mask: (time, batch). */
function prefixError(misses: Tensor, mask: Tensor): Tensor {
  const { graph } = misses.scope;
  const [time, batch] = mask.shape as [Tensor["shape"][number], number];
  const one = constant(graph, [batch], 1);
  const [, right] = scan(
    (isRight: Tensor, [miss, isDue]: readonly [Tensor, Tensor]) => {
      const next = multiply(isRight, subtract(constant(graph, [batch], 1), miss));
      return [next, multiply(next, isDue)];
    },
    one,
    [misses, mask] as const,
  );
  const due = broadcast(sum(mask, { axis: 0 }), { axis: 0, count: time });
  return sum(sum(divide(subtract(mask, right), due)));
}
