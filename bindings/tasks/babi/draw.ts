import type { Random } from "../../common/random/philox.js";

/** One of several, each as likely as the next. */
export const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.integer(0, all.length - 1)]!;

/** One of several that is none of some. */
export const another = <T>(random: Random, all: readonly T[], none: readonly (T | undefined)[]): T =>
  oneOf(
    random,
    all.filter((each) => !none.includes(each)),
  );

/** All of them, in random order. */
export const shuffled = <T>(random: Random, all: readonly T[]): T[] =>
  Array.from(random.permutation(all.length), (i) => all[i]!);

/** Whether what happens with so much probability happens. */
export const happens = (random: Random, probability: number): boolean => random.uniform() < probability;
