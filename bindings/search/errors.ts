import { excerpt, shown } from "../common/shown.js";

/** A move is not legal in a state: the message says why, and which are. */
export class IllegalMoveError extends RangeError {
  override readonly name = "IllegalMoveError";

  constructor(
    readonly move: unknown,
    /** Why it is not. */
    readonly reason: string,
    /** The moves that are legal. */
    readonly legal: readonly unknown[],
  ) {
    const instead = legal.length ? `legal are ${excerpt(legal.join(", "))}` : "no move is legal";
    super(`Cannot play ${shown(move)}: ${excerpt(reason)}; ${instead}`);
  }
}

/** No play from the start leads to a position: the message names it, and says what is wrong with it. */
export class ImpossiblePositionError extends RangeError {
  override readonly name = "ImpossiblePositionError";

  constructor(
    readonly position: string,
    /** What is wrong with it. */
    readonly reason: string,
  ) {
    super(`The position ${shown(position)} cannot arise: ${excerpt(reason)}`);
  }
}

/** There is no move to search for: the state is terminal, or its rules give none. */
export class NoMoveError extends RangeError {
  override readonly name = "NoMoveError";

  constructor(
    /** The value of the terminal state for the player to move; undefined where the rules give no move. */
    readonly value: number | undefined,
  ) {
    super(
      value === undefined
        ? "Cannot search for a move: the state is not terminal, but its rules give no move"
        : `Cannot search for a move: the game is over, with the value ${value} for the player to move`,
    );
  }
}

/** What guides a search returned something of the wrong length, or numbers that are none: the message says which. */
export class EvaluationError extends RangeError {
  override readonly name = "EvaluationError";
}
