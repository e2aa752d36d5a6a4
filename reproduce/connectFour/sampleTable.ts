import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import { unforcedPositions } from "./unforcedPositions.js";

/** What positions come to for the first player, who is to move after eight plies. */
export interface Counts {
  readonly won: number;
  readonly lost: number;
  readonly drawn: number;
}

/** Of all positions of UCI's table "Connect-4" (Tromp 1995). */
export const TABLE: Counts = { won: 44_473, lost: 16_635, drawn: 6_449 };

/** Positions that the solver remembers: a hard one takes more than there are in its usual table. */
const TABLE_BITS = 22;

/** Solves so many positions of the table, drawn by a seed, none twice: about a second of a core each. */
export function solveSample(
  positions: number,
  { seed, report = () => undefined }: { readonly seed: number; readonly report?: (solved: number) => unknown },
): Counts {
  const game = connectFour();
  const all = unforcedPositions(game, 8);
  const solver = new ConnectFourSolver(game, { tableBits: TABLE_BITS });
  const random = new Random(seed, 0);
  const counts = { won: 0, lost: 0, drawn: 0 };
  for (let i = 0; i < positions; ++i) {
    const drawn = random.integer(i, all.length - 1);
    [all[i], all[drawn]] = [all[drawn]!, all[i]!];
    const value = solver.value(all[i]!);
    ++counts[value > 0 ? "won" : value < 0 ? "lost" : "drawn"];
    report(i + 1);
  }
  return counts;
}
