import type { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([logp, scores, lengths, ended]: readonly NDArray[], { lengthPenalty }: { lengthPenalty: number }) {
    const [beams, classes] = logp.shape as [number, number];
    const candidates = Array.from({ length: beams }, (_, parent) => {
      const over = ended.data[parent] !== 0;
      const length = lengths.data[parent] + (over ? 0 : 1);
      return Array.from({ length: over ? 1 : classes }, (_, symbol) => {
        const score = scores.data[parent] + (over ? 0 : logp.data[parent * classes + symbol]);
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
  },
  cases: [0, 1, Math.fround(0.7)].flatMap((lengthPenalty) =>
    [
      [1, 1],
      [1, 5],
      [2, 3],
      [5, 4],
      [4, 17],
    ].map(([beams, classes]) => ({
      shapes: [[beams, classes], [beams], [beams], [beams]],
      attributes: { lengthPenalty },
      // every third beam has ended; the last has never begun
      inputs: (random: Random): NDArray[] => {
        const each = (value: (beam: number) => number): NDArray =>
          array(
            [beams],
            Array.from({ length: beams }, (_, beam) => value(beam)),
          );
        return [
          uniform(random, [beams, classes], -4, 0),
          each((beam) => (beam && beam === beams - 1 ? -Infinity : Math.fround(-3 - beam))),
          each((beam) => 2 + (beam % 3)),
          each((beam) => Number(beam % 3 === 1)),
        ];
      },
    })),
  ),
  peer: "tfjs has none: beam search",
});
