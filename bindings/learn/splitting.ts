import { Random } from "../common/random/philox.js";

/** A text and what it is to be turned into; an empty target says that the text is to be refused. */
export type TextPair = readonly [source: string, target: string];

/** A source, and every target that it has; an empty one says that it is to be refused. */
export interface Example {
  readonly source: string;
  readonly targets: readonly string[];
}

/** Examples of one source each, in three parts that share no source. */
export interface Split {
  readonly training: readonly Example[];
  /** Those that training is stopped by, and the answers' probabilities are calibrated on. */
  readonly development: readonly Example[];
  /** Those that nothing but the report has seen. */
  readonly test: readonly Example[];
  /** Sources that are in no part, since those of one's own test are not learned from. */
  readonly leftOut: number;
}

/** The part of the sources that each of the two other parts has, and the most of them. */
const HELD_OUT = 0.1;
const MOST_HELD_OUT = 2000;
/** Development pairs that there should be, since fewer than 100 promise nothing, and the part that they may be for that. */
const ENOUGH = 200;
const MOST_PART = 0.2;

/** Sources that differ only in case and blanks, which must not be on two sides. */
const familyOf = (source: string): string => source.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** Examples by source: a pair that is there twice counts once, and targets of one source are all right. */
export function examplesOf(pairs: readonly TextPair[]): Example[] {
  const targets = new Map<string, Set<string>>();
  for (const [source, target] of pairs) {
    const key = source.normalize("NFC").trim();
    const known = targets.get(key) ?? targets.set(key, new Set()).get(key)!;
    known.add(target.normalize("NFC").trim());
  }
  return Array.from(targets, ([source, each]) => ({ source, targets: [...each] }));
}

/**
 * Examples in three parts, at random by a seed. Sources that are the same, or differ only in case and blanks, are in one
 * part, with all of their targets. Where `heldOut` is given, it is the test, and its sources are in no other part.
 */
export function splitExamples(examples: readonly Example[], seed: number, heldOut?: readonly Example[]): Split {
  const families = new Map<string, Example[]>();
  for (const example of examples) {
    const family = familyOf(example.source);
    const members = families.get(family);
    if (members) members.push(example);
    else families.set(family, [example]);
  }
  for (const { source } of heldOut ?? []) families.delete(familyOf(source));
  const left = [...families.values()].reduce((sum, { length }) => sum + length, 0);
  const inOrder = [...families.values()];
  const all = Array.from(new Random(seed, SPLITTING).permutation(inOrder.length), (i) => inOrder[i]!);
  const count = Math.min(MOST_HELD_OUT, Math.ceil(HELD_OUT * all.length));
  const more = Math.max(count, Math.min(ENOUGH, Math.floor(MOST_PART * all.length)));
  const test = heldOut ?? all.splice(0, count).flat();
  const development = all.splice(0, more).flat();
  return { training: all.flat(), development, test, leftOut: examples.length - left };
}

/** The random stream of splits; training and evaluation take others. */
const SPLITTING = 7;
