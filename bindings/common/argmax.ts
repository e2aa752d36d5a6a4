/** Where the highest of some probabilities is, the first of them if there are several, and what it is. */
export function highest(probabilities: ArrayLike<number>): [index: number, probability: number] {
  let best = 0;
  for (let i = 1; i < probabilities.length; ++i) if (probabilities[i]! > probabilities[best]!) best = i;
  return [best, probabilities[best]!];
}
