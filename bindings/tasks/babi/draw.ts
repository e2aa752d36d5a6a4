import type { Random } from "../../common/random/philox.js";

/** One of several, each as likely as the next. */
export const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.integer(0, all.length - 1)]!;

/** All of them, in random order. */
export const shuffled = <T>(random: Random, all: readonly T[]): T[] =>
  Array.from(random.permutation(all.length), (i) => all[i]!);

/** Whether what happens with so much probability happens. */
export const happens = (random: Random, probability: number): boolean => random.uniform() < probability;
