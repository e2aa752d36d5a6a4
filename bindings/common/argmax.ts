/** Index of the highest value, the first of equals. */
export function argmaxOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; ++i) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Argmax of a distribution, and its probability. */
export function likeliest(probabilities: ArrayLike<number>): [index: number, probability: number] {
  const index = argmaxOf(probabilities);
  return [index, probabilities[index]!];
}
