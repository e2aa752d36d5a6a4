import { checkOptions, expectValue, oneOf, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { categoricalCrossEntropy, classMisses, divide, max, sum } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { curriculumRules, drawRisen, risingLengths, type CurriculumOptions } from "../../tasks/curriculum.js";
import { drawLengths, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import type { Answer, AnyTask } from "../../tasks/task.js";

/** What becomes of the symbols on the input tape. */
export type Transformation = "copy" | "duplicated-input" | "reverse" | "repeat-copy";

/** What tapeTask draws. */
export interface TapeTaskOptions extends CurriculumOptions {
  /**
   * What becomes of the symbols: "copy", as they are; "duplicated-input", each stands three times on the input and is
   * put out once; "reverse", from the last to the first; "repeat-copy", as often as the first cell says. Default: "copy".
   */
  transformation?: Transformation;
  /** Different symbols, beside the blank. Default: 7. */
  symbols?: number;
  /** Symbols to put out once, at least. Default: 1. */
  minLength?: number;
  /** Symbols to put out once, at most. Default: 5. */
  maxLength?: number;
  /** Most repeats of "repeat-copy", from 2. Default: 3, and 1 where nothing is repeated. */
  repeats?: number;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const tapeRules = (options?: TapeTaskOptions) =>
  ({
    transformation: ["copy", oneOf("copy", "duplicated-input", "reverse", "repeat-copy")],
    symbols: [7, whole(1, { most: 0xfffe })],
    minLength: [1, whole(1)],
    maxLength: [Math.max(5, options?.minLength ?? 1), whole(1)],
    repeats: [options?.transformation === "repeat-copy" ? 3 : 1, whole(1, { most: 0xfffe })],
    ...curriculumRules(),
    seed: seedRule(),
  }) as const;

/** A task of putting out symbols that stand on an input tape, and then 0, the end. */
export interface TapeTask extends AnyTask<"sequenceError" | "symbolError"> {
  readonly metrics: {
    /** 1 for a sequence with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
    /** The part of a sequence's symbols that are wrong, the end included. */
    readonly symbolError: (answer: Answer) => Tensor;
  };
  /** Symbols there are, 0 included. */
  readonly symbols: number;
  loss(answer: Answer): Tensor;
  /** Steps of an episode that is long enough, for so many symbols to put out once. */
  steps(length: number): number;
}

/** Numbers of cells of an input, of predictions, and of steps that a machine has for them. */
const STEPS: Readonly<Record<Transformation, (length: number, repeats: number) => number>> = {
  copy: (length) => 2 * length + 2,
  "duplicated-input": (length) => 4 * length + 2,
  reverse: (length) => 2 * length + 4,
  "repeat-copy": (length, repeats) => 2 * repeats * (length + 1),
};

/**
 * Symbols to be written onto another tape, one at a time, with an end: the tasks of Zaremba & Sutskever 2015,
 * arXiv:1505.00521, section 5. Inputs are random symbols, from 1 up, with blanks, 0, behind them.
 *
 * With a curriculum lengths are drawn as there, around a level that rises as the part of the symbols that are wrong falls.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * const task = tapeTask({ transformation: "reverse", maxLength: 5, seed: 1 });
 */
export function tapeTask(options: TapeTaskOptions = {}): TapeTask {
  const owner = "tapeTask";
  const checked = checkOptions(owner, options, tapeRules(options));
  const { transformation, symbols, minLength, maxLength, repeats: most } = checked;
  expectOrder(owner, ["minLength", minLength], ["maxLength", maxLength]);
  const isRepeated = transformation === "repeat-copy";
  if (isRepeated !== most > 1) {
    throw new RangeError(
      `${owner}: repeats are ${most}, and must be ${isRepeated ? "2 or more" : `1: nothing is repeated by ${transformation}`}`,
    );
  }
  if (isRepeated && most > symbols) {
    throw new RangeError(
      `${owner}: repeats are ${most}, and must be at most symbols, ${symbols}: the first cell says how often`,
    );
  }
  const steps = (length: number): number => STEPS[transformation](length, most);
  return {
    name: "tape",
    options: checked,
    seed: checked.seed,
    symbols: symbols + 1,
    steps,
    ...risingLengths(checked, owner, "symbolError"),
    generate(random, count, batch, { length, difficulty = length, repeats, progress } = {}) {
      if (repeats !== undefined) expectValue(`${owner}: repeats`, repeats, whole(2, { most: symbols }));
      const lengths =
        difficulty === undefined && progress
          ? Array.from({ length: count }, () => drawRisen(random, checked, progress))
          : drawLengths(owner, random, count, checked, difficulty);
      const examples = lengths.map((length) => draw(random, length, checked, repeats));
      const time = STEPS[transformation](longestOf(lengths), Math.max(most, repeats ?? 0));
      batch.reset(time, count);
      examples.forEach(({ input, target }, i) => {
        input.forEach((symbol, t) => (batch.inputs[batch.inputAt(t, i)] = symbol));
        target.forEach((symbol, t) => {
          batch.targets[batch.targetAt(t, i)] = symbol;
          batch.expect(t, i);
        });
      });
    },
    loss: ({ logits, targets, mask }) => categoricalCrossEntropy(logits, targets, mask),
    metrics: {
      sequenceError: ({ logits, targets, mask }) => sum(max(classMisses(logits, targets, mask), { axis: 0 })),
      symbolError: ({ logits, targets, mask }) =>
        sum(divide(sum(classMisses(logits, targets, mask), { axis: 0 }), sum(mask, { axis: 0 }))),
    },
  };
}

/** Of one sequence. */
export interface TapeExample {
  readonly input: readonly number[];
  /** With its end. */
  readonly target: readonly number[];
}

function draw(
  random: Random,
  length: number,
  options: Required<TapeTaskOptions>,
  asked: number | undefined,
): TapeExample {
  const drawn = Array.from({ length }, () => random.integer(1, options.symbols));
  const isRepeated = options.transformation === "repeat-copy";
  return exampleOf(drawn, options, isRepeated ? (asked ?? random.integer(2, options.repeats)) : undefined);
}

/** What stands on both tapes, for what is to be put out once, and of repeat-copy how often. */
export function exampleOf(
  once: readonly number[],
  { transformation }: Pick<Required<TapeTaskOptions>, "transformation">,
  repeats = 2,
): TapeExample {
  switch (transformation) {
    case "copy":
      return { input: once, target: [...once, 0] };
    case "duplicated-input":
      return { input: once.flatMap((symbol) => [symbol, symbol, symbol]), target: [...once, 0] };
    case "reverse":
      return { input: once, target: [...once.toReversed(), 0] };
    case "repeat-copy":
      return { input: [repeats, ...once], target: [...Array.from({ length: repeats }, () => once).flat(), 0] };
  }
}
