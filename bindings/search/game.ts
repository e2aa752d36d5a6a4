/**
 * Rules of a puzzle with one player, or what those of a game begin with: states, and the moves that lead from one to the
 * next. States are never changed, so that a search may keep them.
 *
 * @example
 * // To reach 0 from 10 by halving even numbers and subtracting 1.
 * const countdown: Puzzle<number, "halve" | "subtract"> = {
 *   start: () => 10,
 *   moves: (n) => (n % 2 ? ["subtract"] : ["halve", "subtract"]),
 *   next: (n, move) => (move === "halve" ? n / 2 : n - 1),
 *   value: (n) => (n === 0 ? 1 : undefined),
 *   key: (n) => n,
 * };
 */
export interface Puzzle<State, Move = number> {
  /** The state that it starts in. */
  start(): State;
  /** The legal moves of a state that is not terminal. A puzzle may have none there, which is a dead end. */
  moves(state: State): readonly Move[];
  /**
   * The state after a legal move.
   * @throws IllegalMoveError when the move is not legal.
   */
  next(state: State, move: Move): State;
  /**
   * The value of a terminal state for the player who would move there, from −1 (lost) to 1 (won or solved); undefined
   * while the game goes on.
   */
  value(state: State): number | undefined;
  /** A key that equal states share and no others do: a search by cost then visits each but once. */
  key?(state: State): string | number | bigint;
}

/**
 * Rules of a game of perfect information in which moves are numbers below a fixed count, and what a network sees of a
 * state. Two players move in turns; where one must pass, that is a move.
 */
export interface Game<State> extends Puzzle<State> {
  readonly players: 1 | 2;
  /** Moves are whole numbers below this one: the length of a policy. */
  readonly actions: number;
  /** What a network sees of a state: the height and width of the board, and the number of planes. */
  readonly planes: readonly [height: number, width: number, planes: number];
  /**
   * Writes the planes of a state, as the player to move sees it, over (height, width, planes) numbers in row-major
   * order.
   */
  encode(state: State, into: Float32Array): void;

  /**
   * Other ways to see a state, such as the mirror image of a board: what is true of one is true of all. Default: there are
   * none.
   */
  symmetries?(state: State): readonly SymmetricState<State>[];
}

/** A state seen otherwise. */
export interface SymmetricState<State> {
  readonly state: State;
  /** What each move is there, by its number. */
  readonly moves: readonly number[];
}
