import { median } from "../markdown.js";

/** How well scores tell what a proof needs from what it does not. */
export interface PremiseMeasures {
  /** The part of all facts on whose need a threshold on the score alone is right. */
  readonly accuracy: number;
  /**
   * The same where a problem's facts are needed if they score above the median of its facts: this knows that about half of a
   * problem's facts are needed, which a threshold on one fact does not.
   */
  readonly withinProblem: number;
  /** How likely a needed fact scores above an unneeded one, of all problems; equals are a half. */
  readonly areaUnderCurve: number;
  /** Of each problem, the part of its needed facts among the k that score highest; the mean of the problems. */
  readonly recall: Readonly<Record<number, number>>;
  /** 1 by the rank of the first needed fact of a problem; the mean of the problems. */
  readonly meanReciprocalRank: number;
  readonly facts: number;
  readonly problems: number;
}

/** Facts that recall looks at. */
export const RECALLED = [1, 2, 4, 8, 16] as const;

/** A problem's scores: of the needed facts, and of the others. */
export interface ScoredProblem {
  readonly needed: readonly number[];
  readonly unneeded: readonly number[];
}

/**
 * Measures scores. Facts with equal scores stand in the worst order, unneeded ones first, so that a score that says
 * nothing is not rewarded. Problems without a needed fact count for accuracy and area alone.
 */
export function judgePremises(problems: readonly ScoredProblem[], threshold: number): PremiseMeasures {
  const all = problems.flatMap(({ needed, unneeded }) => [
    ...needed.map((score) => ({ score, isNeeded: true })),
    ...unneeded.map((score) => ({ score, isNeeded: false })),
  ]);
  const right = all.filter(({ score, isNeeded }) => score > threshold === isNeeded).length;
  const within = problems.reduce((sum, problem) => sum + rightAboveMedian(problem), 0);
  const ranked = problems.filter(({ needed }) => needed.length).map(ranksOf);
  const mean = (value: (ranks: readonly number[]) => number): number =>
    ranked.reduce((sum, ranks) => sum + value(ranks), 0) / ranked.length;
  return {
    accuracy: right / all.length,
    withinProblem: within / all.length,
    areaUnderCurve: areaUnderCurve(all),
    recall: Object.fromEntries(
      RECALLED.map((k) => [k, mean((ranks) => ranks.filter((rank) => rank <= k).length / ranks.length)]),
    ),
    meanReciprocalRank: mean((ranks) => 1 / ranks[0]!),
    facts: all.length,
    problems: problems.length,
  };
}

function rightAboveMedian({ needed, unneeded }: ScoredProblem): number {
  const middle = median([...needed, ...unneeded]);
  return needed.filter((score) => score > middle).length + unneeded.filter((score) => score <= middle).length;
}

/** Ranks of the needed facts among all of a problem, from 1, the best first. */
function ranksOf({ needed, unneeded }: ScoredProblem): number[] {
  const best = [...needed].sort((a, b) => b - a);
  return best.map((score, before) => 1 + before + unneeded.filter((other) => other >= score).length);
}

/** By the sum of ranks: Mann & Whitney 1947. */
function areaUnderCurve(all: readonly { readonly score: number; readonly isNeeded: boolean }[]): number {
  const sorted = [...all].sort((a, b) => a.score - b.score);
  let [area, below, needed] = [0, 0, 0];
  for (let begin = 0, end = 0; begin < sorted.length; begin = end) {
    let [equalNeeded, equalUnneeded] = [0, 0];
    for (; end < sorted.length && sorted[end]!.score === sorted[begin]!.score; ++end) {
      if (sorted[end]!.isNeeded) ++equalNeeded;
      else ++equalUnneeded;
    }
    area += equalNeeded * (below + equalUnneeded / 2);
    below += equalUnneeded;
    needed += equalNeeded;
  }
  return area / (needed * below);
}
