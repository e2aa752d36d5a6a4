import type { Stones } from "./layout.js";

/** A position of Connect Four. */
export interface ConnectFourState {
  /** Stones of the player to move. */
  readonly own: Stones;
  /** Stones of both. */
  readonly all: Stones;
  /** Stones on the board: the first player moves when it is even. */
  readonly plies: number;
}
