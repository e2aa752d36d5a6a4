import { between, checkOptions, expectValue, oneOf, whole, type Check } from "../../common/options.js";
import { binaryCrossEntropy, bitMisses, broadcast, divide, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import { sequenceError } from "../../tasks/sequenceError.js";
import type { Answer, Curriculum, Task } from "../../tasks/task.js";
import { levelsOf } from "./episode.js";
import { powerOfTwo } from "./powerOfTwo.js";
import { accessesOf, drawExample, isRaw, leastLeaves, PROBLEMS, sizesOf, type TreeProblem } from "./treeProblems.js";

/** What treeTask draws. */
export interface TreeTaskOptions {
  /**
   * What is to be learned: "reverse", "search", "merge", "sort" or "add" from what leaves are filled with, or "stack",
   * "queue" or "priority-queue", which a raw memory learns to be. Default: "sort".
   */
  problem?: TreeProblem;
  /** Bits of a symbol, an even number: half a key or a priority, half a value. Add has its own. Default: 10. */
  bits?: number;
  /** Leaves that are filled, at least, or instructions. Default: what the problem needs, and of a raw memory maxLength. */
  minLength?: number;
  /** Leaves that are filled, at most, or instructions. Default: 8. */
  maxLength?: number;
  /** Leaves of the tree, a power of two. Default: the smallest that holds maxLength. */
  leaves?: number;
  /**
   * Steps of training after which the tree may be twice as large, at the earliest: at first it has the fewest leaves
   * that the problem needs. 0: all leaves from the start. Default: 0.
   */
  curriculum?: number;
  /** Recent bit error that is low enough for the tree to be twice as large. Default: 0.02. */
  curriculumError?: number;
  /**
   * The part of the examples of search that have up to four different keys: many leaves of one key are what a tree of a
   * million is made of. Default: 0.
   */
  fewKeys?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

const even: Check<number> = (value) =>
  typeof value === "number" && value % 2 === 0 && value >= 2 && value <= 24 ? undefined : "an even number from 2 to 24";

const none: Check<number> = (value) => (value === 0 ? undefined : "0, since the problem is not search");

/** The smallest power of two, from 2 up, that is not below this. */
function leavesFor(length: number): number {
  let leaves = 2;
  while (leaves < length) leaves *= 2;
  return leaves;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const treeRules = (options?: TreeTaskOptions) => {
  const { problem = "sort", maxLength = Math.max(8, options?.minLength ?? 1) } = options ?? {};
  return {
    problem: ["sort", oneOf(...PROBLEMS)],
    bits: [10, even],
    minLength: [isRaw(problem) ? maxLength : leastLeaves(problem), whole(leastLeaves(problem))],
    maxLength: [Math.max(8, options?.minLength ?? 1), whole(leastLeaves(problem), { most: 0x10_0000 })],
    leaves: [leavesFor(maxLength), powerOfTwo],
    curriculum: [0, whole(0)],
    curriculumError: [0.02, between(0, 1)],
    fewKeys: [0, problem === "search" ? between(0, 1) : none],
    seed: seedRule(),
  } as const;
};

/** A task of a tree: leaves that are filled, or instructions for a raw memory. */
export interface TreeTask extends Task<"sequenceError" | "bitError"> {
  readonly metrics: {
    /** 1 for a sequence with any bit wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
    /** The part of a sequence's bits that are wrong. */
    readonly bitError: (answer: Answer) => Tensor;
  };
  /** Leaves of the tree. */
  readonly leaves: number;
  /** Whether it is for a raw memory. */
  readonly raw: boolean;
  /** Accesses between two outputs, η. */
  readonly accesses: number;
}

/** Part of the error so far in the recent error. */
const KEPT = 0.95;

/** Part of the examples of training that have smaller trees than the curriculum's. */
const SMALLER = 0.2;

/**
 * Algorithms on the leaves of a tree, Andrychowicz & Kurach 2016, arXiv:1602.03218, section 4: an example's length is
 * the number of its filled leaves, or of its instructions. With a curriculum the tree begins small and doubles.
 *
 * For a memory of any other kind, such as an LSTM, what leaves would hold comes one a step, and then the outputs.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = treeTask({ problem: "sort", maxLength: 32, seed: 1 });
 */
export function treeTask(options: TreeTaskOptions = {}): TreeTask {
  const owner = "treeTask";
  const { fewKeys, ...others } = checkOptions(owner, options, treeRules(options));
  // The record of a task of before is what it was.
  const checked = { ...others, ...(fewKeys && { fewKeys }) };
  const { problem, bits, minLength, maxLength, leaves, curriculum } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  expectOrder(owner, ["maxLength", maxLength], ["leaves", leaves]);
  const raw = isRaw(problem);
  const { inputSize, outputSize } = sizesOf(problem, bits);
  const levels = levelsOf(leaves);
  const first = levelsOf(leavesFor(leastLeaves(problem)));
  const ofBits = ({ logits, targets, mask }: Answer): Tensor => {
    const each = [...logits.shape, 1];
    return bitMisses(reshape(logits, each), reshape(targets, each), broadcast(mask, { axis: 2, count: outputSize }));
  };

  return {
    name: "tree",
    options: checked,
    seed: checked.seed,
    inputSize,
    outputSize,
    targetSize: outputSize,
    leaves,
    raw,
    accesses: accessesOf(problem),
    ...(curriculum && { curriculum: doubling(checked, { first: Math.min(first, levels), levels }) }),
    generate(random, count, batch, { length, difficulty = length, progress } = {}) {
      if (difficulty !== undefined) {
        expectValue(`${owner}: length`, difficulty, whole(leastLeaves(problem), { most: leaves }));
      }
      const depths = Array.from({ length: count }, () => {
        if (difficulty !== undefined || !progress) return levels;
        const [level] = progress as readonly [number];
        return random.uniform() < SMALLER ? random.integer(Math.min(first, level), level) : level;
      });
      const lengths =
        progress && difficulty === undefined
          ? depths.map((depth) =>
              random.integer(Math.min(raw ? 1 << depth : minLength, maxLength), Math.min(1 << depth, maxLength)),
            )
          : drawLengths(owner, random, count, checked, difficulty);
      const examples = lengths.map((length) => {
        const isOfFew = fewKeys > 0 && random.uniform() < fewKeys;
        return drawExample(random, problem, length, bits, { fewKeys: isOfFew });
      });
      const isTree = "depth" in batch.layout;
      const before = (i: number): number => (isTree || raw ? 0 : examples[i]!.input.length);
      const steps = examples.map(({ target }, i) => before(i) + target.length);
      batch.reset(longestOf(steps), count);
      examples.forEach(({ input, target }, i) => {
        batch.lengths[i] = steps[i]!;
        if (isTree) batch.block("depth")[i] = depths[i]!;
        input.forEach((row, at) => {
          if (!isTree) return batch.inputs.set(row, batch.inputAt(at, i));
          if (raw) return batch.block("asked").set(row, (at * count + i) * inputSize);
          batch.block("used")[i * leaves + at] = 1;
          batch.inputs.set(row, (i * leaves + at) * inputSize);
        });
        target.forEach((row, t) => {
          if (!row) return;
          batch.targets.set(row, batch.targetAt(before(i) + t, i));
          batch.expect(before(i) + t, i);
        });
      });
    },
    loss: ({ logits, targets, mask }) => binaryCrossEntropy(logits, targets, mask),
    metrics: {
      sequenceError: (answer) => sequenceError(ofBits(answer)),
      bitError: (answer) => {
        const { mask } = answer;
        const wanted = sum(sum(broadcast(mask, { axis: 2, count: outputSize })), { axis: 0 });
        return sum(divide(sum(sum(ofBits(answer)), { axis: 0 }), wanted));
      },
    },
  };
}

/** Levels of the tree, which is twice as large once the recent error is low enough. */
function doubling(
  { curriculum, curriculumError }: Pick<Required<TreeTaskOptions>, "curriculum" | "curriculumError">,
  { first, levels }: { readonly first: number; readonly levels: number },
): Curriculum {
  return {
    first: [first, 0, 1],
    next([level, steps, error], means) {
      const [seen, recent] = [steps! + 1, KEPT * error! + (1 - KEPT) * means["bitError"]!];
      const isLearned = seen >= curriculum && recent <= curriculumError && level! < levels;
      return isLearned ? [level! + 1, 0, 1] : [level!, seen, recent];
    },
  };
}
