import { Random } from "../bindings/core.js";
import { linearise } from "../bindings/parsing/linear.js";
import { treeWords } from "../bindings/parsing/tree.js";
import { mostSymbols } from "../bindings/systems/attentionSeq2Seq/parsing/parseSentences.js";
import { datesTask, grammarTask, type Pair } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import { lettersOf, pronunciations, type PairsFile } from "./pairs.js";

/** Where held-out pairs come from: the options of the model's task, and files that the command line names. */
export interface HeldOutFrom {
  readonly options: Readonly<Record<string, unknown>>;
  readonly pairs?: PairsFile;
  /** Sources that are no held-out ones. */
  readonly except?: PairsFile;
}

/** Sentences that are drawn: a tree takes longer than a date. */
const SENTENCES = 2_000;

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

function freshSentences({ options, pairs, except }: HeldOutFrom): Pair[] {
  if (pairs ?? except) throw new UsageError("Sentences are drawn at random: leave --pairs and --except out");
  const task = grammarTask(options);
  const random = new Random(FRESH.seed, FRESH.stream);
  return Array.from({ length: SENTENCES }, () => {
    const tree = task.draw(random);
    return [treeWords(tree).reverse(), linearise(tree)] as const;
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
  grammar: freshSentences,
  pronunciation: unseenWords,
};

/** The most symbols of a target by those of its source, of tasks where a target is several times as long. */
export const targetLimits: Readonly<Record<string, (length: number) => number>> = { grammar: mostSymbols };
