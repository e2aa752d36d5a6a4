/** How often each symbol of sequences is seen, in the order in which they first are. */
export function countsOf(sequences: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const symbols of sequences) for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return counts;
}
