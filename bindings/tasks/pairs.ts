import { bytesOf } from "../common/encodings.js";
import { crc32 } from "../common/crc32.js";
import { categoricalCrossEntropy, classMisses, divide, max, sum } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { checkOptions, orNull, whole } from "../common/options.js";
import type { Random } from "../common/random/philox.js";
import { shown } from "../common/shown.js";
import { isVocabulary, Vocabulary } from "../common/vocabulary.js";
import { expectCount, seedRule } from "./lengths.js";
import { fillPairs } from "./fillPairs.js";
import type { Answer, AnyTask } from "./task.js";

/** A sequence of symbols, and what it is to be turned into. */
export type Pair = readonly [source: readonly string[], target: readonly string[]];

/** What is measured while the truth is fed to the decoder, not what it said itself. */
export type PairMetric = "symbolError" | "sequenceError";

/** A task of turning sequences of symbols into others. */
export interface PairTask extends AnyTask<PairMetric> {
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
  readonly metrics: {
    /** The part of a sequence's symbols that are wrong, its end included. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a sequence with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

/** What pairsTask draws from. */
export interface PairsTaskOptions {
  /** What to learn from. */
  pairs: readonly Pair[];
  /** What the task is called. Default: "pairs". */
  name?: string;
  /** Default: those of the pairs, in the order of their code units. */
  sourceSymbols?: readonly string[];
  /** Default: those of the pairs, in the order of their code units. */
  targetSymbols?: readonly string[];
  /**
   * Pairs of like length from which a batch is drawn: more mix better, fewer leave less padding. Default: 2,048.
   */
  bucket?: number;
  /** The pairs' checksum, if it must be a certain one. */
  crc32?: number | null;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** What a checkpoint keeps of the options: all but the pairs. */
export interface PairsTaskRecord extends Readonly<Record<string, unknown>> {
  readonly sourceSymbols: readonly string[];
  readonly targetSymbols: readonly string[];
  readonly bucket: number;
  readonly crc32: number;
  readonly seed: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const pairsRules = ({ pairs = [], sourceSymbols, targetSymbols }: Partial<PairsTaskOptions> = {}) =>
  ({
    sourceSymbols: [sourceSymbols ?? symbolsOf(pairs, 0), isVocabulary],
    targetSymbols: [targetSymbols ?? symbolsOf(pairs, 1), isVocabulary],
    bucket: [2048, whole(1)],
    crc32: [null, orNull(whole(0, { most: 0xffff_ffff }))],
    seed: seedRule(),
  }) as const;

/**
 * Pairs of sequences: a batch's are drawn at random from a stretch of all that are sorted by length, so that little of
 * it is padding. Measured are the part of the symbols, the end included, and of the sequences that are wrong.
 *
 * The options that the task keeps hold the vocabularies and a checksum, but not the pairs. A symbol of a source that is
 * not in the vocabulary is the unknown one; a target with such a symbol is refused.
 *
 * @throws RangeError when there are no pairs, one has no source, a target has unknown symbols, or the checksum is another.
 * @example
 * const task = pairsTask({ pairs: [[[..."cab"], ["K", "AE", "B"]]], seed: 1 });
 */
export function pairsTask(options: PairsTaskOptions): PairTask & { readonly options: PairsTaskRecord } {
  const { pairs, name = "pairs", ...rest } = options;
  expectPairs(pairs);
  if (typeof name !== "string") throw new TypeError(`pairsTask: name is ${shown(name)}, and must be a string`);
  const { bucket, ...checked } = checkOptions("pairsTask", rest, pairsRules(options));
  const { sourceSymbols, targetSymbols, seed } = checked;
  const checksum = checksumOf(pairs);
  if (checked.crc32 !== null && checked.crc32 !== checksum) {
    throw new RangeError(`pairsTask: the pairs' CRC-32 is ${checksum}, and must be ${checked.crc32}: they are others`);
  }
  const numbers = numbered(pairs, new Vocabulary(sourceSymbols), new Vocabulary(targetSymbols));
  return {
    name,
    options: { sourceSymbols, targetSymbols, bucket, crc32: checksum, seed },
    sourceSymbols,
    targetSymbols,
    seed,
    generate(random, count, batch) {
      expectCount("pairsTask", count);
      fillPairs(batch, drawn(random, count, numbers, bucket));
    },
    ...pairLosses,
  };
}

/** Cross-entropy in nats, and what is wrong of it, for whatever turns sequences of symbols into others. */
export const pairLosses: Required<Pick<PairTask, "loss" | "metrics">> = {
  loss: (answer) => categoricalCrossEntropy(...choice(answer)),
  metrics: {
    symbolError: (answer) => {
      const misses = sum(classMisses(...choice(answer)), { axis: 0 });
      return sum(divide(misses, sum(answer.mask, { axis: 0 })));
    },
    sequenceError: (answer) => sum(max(classMisses(...choice(answer)), { axis: 0 })),
  },
};

const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;

type Numbers = readonly [source: Uint32Array, target: Uint32Array];

/** Pairs of like length at random: those within half a bucket of one that is drawn from all. */
function drawn(random: Random, count: number, numbers: readonly Numbers[], bucket: number): Numbers[] {
  const middle = random.integer(0, numbers.length - 1);
  const size = Math.min(bucket, numbers.length);
  const begin = Math.min(Math.max(0, middle - (size >> 1)), numbers.length - size);
  return Array.from({ length: count }, () => numbers[begin + random.integer(0, size - 1)]!);
}

/** Shortest first. */
function numbered(pairs: readonly Pair[], source: Vocabulary, target: Vocabulary): Numbers[] {
  const numbers = pairs.map(([from, to], i): Numbers => [
    Uint32Array.from(from, (symbol) => source.numberOf(symbol) ?? 0),
    Uint32Array.from(to, (symbol) => {
      const number = target.numberOf(symbol);
      if (number) return number;
      throw new RangeError(`pairsTask: target ${i} holds ${shown(symbol)}, which is not in its vocabulary`);
    }),
  ]);
  return numbers.sort(([a, b], [c, d]) => a.length - c.length || b.length - d.length);
}

function symbolsOf(pairs: readonly Pair[], side: 0 | 1): string[] {
  const symbols = new Set<string>();
  for (const pair of pairs) for (const symbol of pair[side]) symbols.add(symbol);
  return [...symbols].sort((a, b) => (a < b ? -1 : 1));
}

/** Of all symbols, in UTF-8, with marks between symbols, sides and pairs. */
function checksumOf(pairs: readonly Pair[]): number {
  const text = pairs.map(([source, target]) => `${source.join("\u001f")}\u001e${target.join("\u001f")}`).join("\u001d");
  return crc32(bytesOf(text));
}

function expectPairs(pairs: unknown): asserts pairs is readonly Pair[] {
  if (!Array.isArray(pairs) || !pairs.length) {
    throw new RangeError(`pairsTask: pairs is ${shown(pairs)}, and must be an array of pairs, at least one`);
  }
  const isSide = (side: unknown): boolean => Array.isArray(side) && side.every((symbol) => typeof symbol === "string");
  (pairs as readonly unknown[]).forEach((pair, i) => {
    const [source, target] = (Array.isArray(pair) ? pair : []) as readonly unknown[];
    if (isSide(source) && isSide(target) && (source as readonly string[]).length) return;
    throw new RangeError(`pairsTask: pair ${i} must be two arrays of symbols, the first not empty`);
  });
}
