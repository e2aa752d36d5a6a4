import type { Evaluator } from "../../../bindings/search/evaluator.js";
import type { Game } from "../../../bindings/search/game.js";

/** Nine squares, of the player to move (1), the other (−1) and nobody. */
export type Squares = readonly number[];

const LINES = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
];

export const ticTacToe: Game<Squares> = {
  players: 2,
  actions: 9,
  planes: [3, 3, 2],
  start: () => Array<number>(9).fill(0),
  moves: (squares) => squares.flatMap((square, i) => (square ? [] : [i])),
  next: (squares, move) => squares.map((square, i) => (i === move ? -1 : -square || 0)),
  value(squares) {
    if (LINES.some((line) => line.every((i) => squares[i] === -1))) return -1;
    return squares.includes(0) ? undefined : 0;
  },
  encode(squares, into) {
    squares.forEach((square, i) => {
      into[2 * i] = Number(square === 1);
      into[2 * i + 1] = Number(square === -1);
    });
  },
  key: (squares) => squares.join(),
};

/** The exact value of a state for the player to move, by trying everything. */
export function minimax<State>(game: Game<State>, known = new Map<unknown, number>()): (state: State) => number {
  return function valueOf(state): number {
    const key = game.key!(state);
    const before = known.get(key);
    if (before !== undefined) return before;
    const sign = game.players === 2 ? -1 : 1;
    const value = game.value(state) ?? Math.max(...game.moves(state).map((m) => sign * valueOf(game.next(state, m))));
    known.set(key, value);
    return value;
  };
}

/** Knows nothing of moves, and values states so; nothing of them either by default. */
export const uniform =
  <State>(game: Game<State>, valueOf: (state: State) => number = () => 0): Evaluator<State> =>
  (states) =>
    states.map((state) => ({ policy: Array<number>(game.actions).fill(1 / game.actions), value: valueOf(state) }));
