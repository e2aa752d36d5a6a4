import { percent } from "../../markdown.js";
import type { Run } from "../../run.js";

/** Up to which part of the longest expressions may be wrong where a seed counts as one that has learned them. */
export const LEARNED = 0.01;

/** The part of a test that is wrong. */
export const wrong = ({ tests }: Run, test: string): string => percent(tests[test]!["sequenceError"]!);

/** "**100.0%**" or "**95.0%**, the worst seed 20.0%": the part of a test that is right, of the best of the seeds. */
export function right(seeds: readonly Run[], test: string): string {
  const parts = seeds.map(({ tests }) => 1 - tests[test]!["sequenceError"]!);
  const [best, worst] = [Math.max(...parts), Math.min(...parts)].map(percent);
  return best === worst ? `**${best}**` : `**${best}**, the worst seed ${worst}`;
}
