import { checkOptions, whole } from "../../common/options.js";
import type { ConnectFour } from "./connectFour.js";
import type { ConnectFourState } from "./state.js";
import { columnSearch, type ColumnSearch } from "./columnSearch.js";

/** How much a solver remembers. */
export interface ConnectFourSolverOptions {
  /** Positions in its table, as a power of 2: 2^22 of them are 36 MB. Default: 22. */
  tableBits?: number;
}

/**
 * Plays Connect Four perfectly: the exact value of any position, by alpha-beta search with a table of positions. On the
 * full board it takes milliseconds from about 14 plies on, seconds from about 8, and many minutes for the empty board.
 *
 * @example
 * const game = connectFour();
 * const solver = new ConnectFourSolver(game);
 * const state = game.position("44444326");
 * solver.value(state); // 1, 0 or −1: the player to move wins, draws or loses
 * solver.moveValues(state); // the same of each move, NaN where a column is full
 */
export class ConnectFourSolver {
  readonly game: ConnectFour;
  readonly #search: ColumnSearch;

  /** @throws TypeError or RangeError when an option is unknown or not allowed. */
  constructor(game: ConnectFour, options: ConnectFourSolverOptions = {}) {
    const { tableBits } = checkOptions("ConnectFourSolver", options, { tableBits: [22, whole(4, { most: 26 })] });
    this.game = game;
    this.#search = columnSearch(game.layout, tableBits);
  }

  /** Positions looked at so far. */
  get nodes(): number {
    return this.#search.nodes();
  }

  /** What perfect play comes to, for the player to move: 1 wins, 0 draws and −1 loses. */
  value(state: ConnectFourState): number {
    const ended = this.game.value(state);
    if (ended !== undefined) return ended;
    // Two windows of no width look at fewer positions than one of both.
    if (this.#solve(state, 0, 1) > 0) return 1;
    return this.#solve(state, -1, 0) < 0 ? -1 : 0;
  }

  /**
   * How far perfect play is from its end, as `score` and the number of moves that are left: the winner wins as soon, and
   * the loser loses as late as can be. The score is that of Pascal Pons's tests: above 0 the player to move wins, with so
   * many stones in hand, the last one counted; below 0 the other does.
   */
  score(state: ConnectFourState): { readonly score: number; readonly movesLeft: number } {
    const { rows, columns } = this.game.layout;
    const cells = rows * columns;
    const ended = this.game.value(state);
    const score = ended === undefined ? this.#exact(state) : ended * Math.floor((cells + 2 - state.plies) / 2);
    if (ended !== undefined) return { score, movesLeft: 0 };
    if (score === 0) return { score, movesLeft: cells - state.plies };
    // A score s is of a win with stone cells + 2 − 2|s|, or the one before: the winner's own.
    const last = cells + 2 - 2 * Math.abs(score) - state.plies;
    return { score, movesLeft: last % 2 === (score > 0 ? 1 : 0) ? last : last - 1 };
  }

  /** What perfect play comes to after each move, for the player who makes it: 1, 0 or −1, and NaN where it is illegal. */
  moveValues(state: ConnectFourState): number[] {
    const values = Array<number>(this.game.actions).fill(NaN);
    for (const move of this.game.moves(state)) values[move] = -this.value(this.game.next(state, move)) || 0;
    return values;
  }

  /**
   * What perfect play comes to, and the moves that keep it, none when the game is over. Faster than the values of all
   * moves: of each it is only asked whether it is worse.
   */
  best(state: ConnectFourState): { readonly value: number; readonly moves: readonly number[] } {
    const value = this.value(state);
    const moves = this.game.moves(state);
    if (value === -1) return { value, moves };
    const keeps = (move: number): boolean => {
      const after = this.game.next(state, move);
      const ended = this.game.value(after);
      // With no more than the value to come, the other's is at least −value: it keeps what is not above that.
      return ended === undefined ? this.#solve(after, -value, 1 - value) <= -value : -ended === value;
    };
    return { value, moves: moves.filter(keeps) };
  }

  /** A score that is exact within (alpha, beta), and a bound outside. */
  #solve({ own, all, plies }: ConnectFourState, alpha: number, beta: number): number {
    return this.#search.solve(own[0], own[1], all[0], all[1], plies, alpha, beta);
  }

  /** The exact score, between bounds that windows of no width bring together, the halves nearer to 0 first. */
  #exact(state: ConnectFourState): number {
    const { rows, columns } = this.game.layout;
    const cells = rows * columns;
    let least = -Math.floor((cells - state.plies) / 2);
    let most = Math.floor((cells + 1 - state.plies) / 2);
    while (least < most) {
      let middle = least + Math.floor((most - least) / 2);
      if (middle <= 0 && Math.trunc(least / 2) < middle) middle = Math.trunc(least / 2);
      else if (middle >= 0 && Math.trunc(most / 2) > middle) middle = Math.trunc(most / 2);
      const score = this.#solve(state, middle, middle + 1);
      if (score <= middle) most = score;
      else least = score;
    }
    return least;
  }
}
