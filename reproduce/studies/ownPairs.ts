import type { Engine } from "../../bindings/core.js";
import { learn, type LearningReport, type Sides } from "../../bindings/learn.js";
import { numberWordPairs, romanPairs, snakeCasePairs, type OwnPairs } from "../ownPairs.js";
import type { StudyOptions } from "../page.js";

/** Pairs that are learned with nothing said but the pairs, and the part of the held-out ones that must be right. */
export const SETS: Readonly<
  Record<string, { readonly make: () => OwnPairs; readonly bar: number; readonly what: string }>
> = {
  roman: { make: romanPairs, bar: 0.99, what: "Roman numerals of 1 to 3999 to numbers, every seventh held out" },
  "number words": {
    make: numberWordPairs,
    bar: 0.98,
    what: "numbers below a million to English, from 5,000 pairs, 1,000 others held out",
  },
  "snake case": {
    make: snakeCasePairs,
    bar: 0.98,
    what: "camelCase with acronyms to snake_case, from 2,000 pairs, 1,000 others held out",
  },
};

/** One training, with the defaults. */
export interface OwnPairsResult {
  readonly name: string;
  readonly sides: Pick<Sides, "source" | "target">;
  readonly parameters: number;
  /** Of the processor, on one thread: a busy machine takes longer, and as many of these. */
  readonly seconds: number;
  readonly report: LearningReport;
}

export interface OwnPairsStudy {
  readonly machine: string;
  readonly results: readonly OwnPairsResult[];
}

/** What the defaults of `learn` make of each set of pairs. */
export async function studyOwnPairs(
  engine: Engine,
  { quick, machine, report: say }: StudyOptions,
): Promise<OwnPairsStudy> {
  const results: OwnPairsResult[] = [];
  for (const [name, { make }] of Object.entries(SETS)) {
    const { pairs, heldOut } = make();
    const before = process.cpuUsage();
    const learned = await learn(engine, pairs, { heldOut, seed: 1, ...(quick && { steps: 3, hiddenSize: 8 }) });
    const { user, system } = process.cpuUsage(before);
    const { source, target } = learned.sides;
    const { report, model } = learned;
    const seconds = Math.round((user + system) / 1e6);
    results.push({ name, sides: { source, target }, parameters: model.parameterCount, seconds, report });
    say(`${name}: ${(100 * report.exact).toFixed(1)}% of ${report.sources.test} exactly right, ${seconds} s`);
  }
  return { machine, results };
}
