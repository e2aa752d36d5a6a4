import { Random } from "../bindings/core.js";
import { datesTask, type Pair } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import { lettersOf, pronunciations, type PairsFile } from "./pairs.js";

/** Where held-out pairs come from: the options of the model's task, and files that the command line names. */
export interface HeldOutFrom {
  readonly options: Readonly<Record<string, unknown>>;
  readonly pairs?: PairsFile;
  /** Sources that are no held-out ones. */
  readonly except?: PairsFile;
}

/** Draws that neither training, whose seeds are small, nor any test has. */
const FRESH = { seed: 3_000_000, stream: 1, count: 20_000 };

function freshDates({ options, pairs, except }: HeldOutFrom): Pair[] {
  if (pairs ?? except) throw new UsageError("Dates are drawn at random: leave --pairs and --except out");
  const task = datesTask({ ...options, leapDays: 0 }); // as often as they come
  const random = new Random(FRESH.seed, FRESH.stream);
  return Array.from({ length: FRESH.count }, () => {
    const [written, iso] = task.draw(random);
    return [[...written], [...iso]] as const;
  });
}

function unseenWords({ pairs, except }: HeldOutFrom): Pair[] {
  if (!pairs) throw new UsageError("Words that training has not seen are needed: name a file of them with --pairs");
  const seen = new Set(except?.lines.map(([word]) => lettersOf(word).join("")));
  return pronunciations(pairs).filter(([word]) => !seen.has(word.join("")));
}

/**
 * Sources that training has not seen, with what they are to become, by the task. It imports no engine: reproduce/ reads it.
 * Each throws UsageError when files are missing, or are there for nothing.
 */
export const heldOut: Readonly<Record<string, (from: HeldOutFrom) => readonly Pair[]>> = {
  dates: freshDates,
  pronunciation: unseenWords,
};
