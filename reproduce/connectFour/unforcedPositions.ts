import type { ConnectFour } from "../../bindings/games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import { isForced } from "../../bindings/games/connectFour/isForced.js";
import { mirrored } from "../../bindings/games/connectFour/mirrored.js";

/**
 * Positions after so many plies that are not over, and in which the player to move can neither win at once nor has to
 * answer a threat; of a position and its mirror image only the first. After 8 plies of the full board these are the
 * 67,557 of UCI's table "Connect-4" (Tromp 1995, https://archive.ics.uci.edu/dataset/26/connect+4).
 */
export function unforcedPositions(game: ConnectFour, plies: number): ConnectFourState[] {
  let level = new Map([[game.key(game.start()), game.start()]]);
  for (let ply = 0; ply < plies; ++ply) {
    const next = new Map<string, ConnectFourState>();
    for (const state of level.values()) {
      for (const move of game.moves(state)) {
        const after = game.next(state, move);
        const key = game.key(after);
        if (!next.has(key) && !next.has(game.key(mirrored(game.layout, after)))) next.set(key, after);
      }
    }
    level = next;
  }
  return [...level.values()].filter((state) => game.value(state) === undefined && !isForced(game, state));
}
