import type { Random } from "../../common/random/philox.js";

/**
 * Time words of sentences, oldest first, with empty memories at random places between them: up to a part `noise` of
 * their number. Different times from 0 up, of which the latest sentence has the least; those beyond the memory are its
 * last. "Random noise" of Sukhbaatar et al. 2015, arXiv:1503.08895, section 4.1, as the authors' code draws it.
 */
export function noisyTimes(
  random: Random,
  sentences: number,
  { noise, most }: { readonly noise: number; readonly most: number },
): number[] {
  const empty = random.integer(0, Math.ceil(noise * sentences));
  const times = Array.from(random.permutation(sentences + empty)).slice(0, sentences);
  return times.sort((a, b) => b - a).map((time) => Math.min(time, most - 1));
}
