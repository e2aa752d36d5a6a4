import type { ConnectFour } from "../../bindings/games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import { has, squareAt, union, type Stones } from "../../bindings/games/connectFour/layout.js";

/** Lines of four squares. */
function linesOf({ layout }: ConnectFour): (readonly Stones[])[] {
  const lines: (readonly Stones[])[] = [];
  for (let column = 0; column < layout.columns; ++column) {
    for (let row = 0; row < layout.rows; ++row) {
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
        [1, 1],
        [1, -1],
      ] as const) {
        const [endColumn, endRow] = [column + 3 * dx, row + 3 * dy];
        if (endColumn >= layout.columns || endRow >= layout.rows || endRow < 0) continue;
        lines.push([0, 1, 2, 3].map((i) => squareAt(layout, column + i * dx, row + i * dy)));
      }
    }
  }
  return lines;
}

/** What a line is worth that has so many stones of one player and none of the other. */
const WORTH = [0, 0.01, 0.1, 1];
const WON = 1000;

/**
 * A player that looks so many plies ahead and counts lines that are still open, worth ten times as much with every stone
 * more: the baseline of AlphaZero.jl. A win is better the sooner it comes.
 */
export function minimaxPlayer(game: ConnectFour, depth: number): (state: ConnectFourState) => number {
  const lines = linesOf(game).map((squares) => ({ squares, all: squares.reduce(union) }));
  const guess = ({ own, all }: ConnectFourState): number => {
    let worth = 0;
    for (const { squares, all: line } of lines) {
      const other: Stones = [all[0] & ~own[0], all[1] & ~own[1]];
      const [mine, theirs] = [has(own, line), has(other, line)];
      if (mine === theirs) continue;
      const count = squares.filter((square) => has(all, square)).length;
      worth += (mine ? 1 : -1) * WORTH[count]!;
    }
    return worth;
  };
  const search = (state: ConnectFourState, plies: number, alpha: number, beta: number): number => {
    const ended = game.value(state);
    if (ended !== undefined) return ended * (WON + plies);
    if (plies === 0) return guess(state);
    let best = -Infinity;
    for (const move of game.moves(state)) {
      best = Math.max(best, -search(game.next(state, move), plies - 1, -beta, -Math.max(alpha, best)));
      if (best >= beta) break;
    }
    return best;
  };
  return (state) => {
    let [chosen, best] = [-1, -Infinity];
    for (const move of game.moves(state)) {
      const value = -search(game.next(state, move), depth - 1, -Infinity, -best);
      if (value > best) [chosen, best] = [move, value];
    }
    return chosen;
  };
}
