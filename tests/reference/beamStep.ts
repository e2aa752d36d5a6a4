import { array, type NDArray } from "../support/array.js";

export function beamStep(
  [logp, scores, lengths, ended]: readonly NDArray[],
  { lengthPenalty }: { lengthPenalty: number },
): NDArray[] {
  const [beams, classes] = logp!.shape as [number, number];
  const candidates = Array.from({ length: beams }, (_, parent) => {
    const over = ended!.data[parent] !== 0;
    const length = lengths!.data[parent]! + (over ? 0 : 1);
    return Array.from({ length: over ? 1 : classes }, (_, symbol) => {
      const score = scores!.data[parent]! + (over ? 0 : logp!.data[parent * classes + symbol]!);
      return { score, length, ended: Number(symbol === 0), parent, symbol, rank: score / length ** lengthPenalty };
    });
  }).flat();
  const best = candidates.filter(({ rank }) => rank > -Infinity).sort((a, b) => b.rank - a.rank); // keeps equals in order
  const none = { score: -Infinity, length: 1, ended: 1, parent: 0, symbol: 0, rank: -Infinity };
  const next = Array.from({ length: beams }, (_, i) => best[i] ?? none);
  const names = ["score", "length", "ended", "parent", "symbol", "rank"] as const;
  return names.map((name) =>
    array(
      [beams],
      next.map((beam) => beam[name]),
    ),
  );
}
