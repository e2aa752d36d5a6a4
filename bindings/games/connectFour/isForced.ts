import type { ConnectFour } from "./connectFour.js";
import type { ConnectFourState } from "./state.js";
import { hasFour, union, type Stones } from "./layout.js";

/** Whether either player would win with a stone here and now. */
export function isForced(game: ConnectFour, state: ConnectFourState): boolean {
  const { all, own } = state;
  const other: Stones = [all[0] & ~own[0], all[1] & ~own[1]];
  return game.moves(state).some((move) => {
    const after = game.next(state, move).all;
    const stone: Stones = [after[0] & ~all[0], after[1] & ~all[1]];
    return [own, other].some((stones) => hasFour(game.layout, union(stones, stone)));
  });
}
