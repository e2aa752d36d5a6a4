/** Fewest symbols to insert, delete or replace to make one sequence of another. Levenshtein 1966. */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  a.forEach((symbol, i) => {
    const next = [i + 1];
    b.forEach((other, j) => {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + Number(symbol !== other)));
    });
    row = next;
  });
  return row[b.length]!;
}
