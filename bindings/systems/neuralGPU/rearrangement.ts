import { checkOptions, oneOf, rising, whole } from "../../common/options.js";
import { expectOrder, seedRule } from "../../tasks/lengths.js";
import { longestAt } from "./binaryAddition.js";
import { symbolTask, type SymbolTask } from "./symbolTask.js";

/** What rearrangementTask draws. */
export interface RearrangementTaskOptions {
  /**
   * What becomes of the symbols: "copy", as they are; "reverse", from the last to the first; "duplicate", half as many
   * as there are positions, and then once more. Default: "copy".
   */
  transformation?: "copy" | "reverse" | "duplicate";
  /** Different symbols. Default: 2. */
  symbols?: number;
  /** Positions, at least. Default: 2. */
  minLength?: number;
  /** Positions, at most. Default: 20. */
  maxLength?: number;
  /** Steps of training after each of which sequences may be longer by one. Default: [], all from the start. */
  curriculum?: readonly number[];
  /**
   * Positions to which batches are padded, each to one of these that is drawn at random; the last holds the longest
   * sequence. Default: [], sequences of one length in a batch, without padding.
   */
  bins?: readonly number[];
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const rearrangementRules = (options?: RearrangementTaskOptions) =>
  ({
    transformation: ["copy", oneOf("copy", "reverse", "duplicate")],
    symbols: [2, whole(1, { most: 0xffff })],
    minLength: [2, whole(1)],
    maxLength: [Math.max(20, options?.minLength ?? 2), whole(1)],
    curriculum: [[], rising()],
    bins: [[], rising()],
    seed: seedRule(),
  }) as const;

/**
 * Random symbols to be copied, reversed or duplicated. Kaiser & Sutskever 2016, arXiv:1511.08228, section 3.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = rearrangementTask({ transformation: "reverse", maxLength: 20, seed: 1 });
 */
export function rearrangementTask(options: RearrangementTaskOptions = {}): SymbolTask {
  const owner = "rearrangementTask";
  const checked = checkOptions(owner, options, rearrangementRules(options));
  const { transformation, symbols, minLength, maxLength, curriculum } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  return symbolTask({
    owner,
    name: "rearrangement",
    options: checked,
    symbols: symbols + 1,
    longestAt: (step) => longestAt(step, { minLength, maxLength, curriculum }),
    positions: (length) => length,
    draw(random, length) {
      const count = transformation === "duplicate" ? length >> 1 : length;
      const drawn = Array.from({ length: count }, () => random.integer(1, symbols));
      const padded = (list: readonly number[]): number[] => Array.from({ length }, (_, i) => list[i] ?? 0);
      if (transformation === "duplicate") return { input: padded(drawn), target: padded([...drawn, ...drawn]) };
      return { input: drawn, target: transformation === "reverse" ? drawn.toReversed() : drawn };
    },
  });
}
