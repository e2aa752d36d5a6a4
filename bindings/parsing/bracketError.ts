import { excerpt } from "../common/shown.js";

/** A text is no tree in brackets: the message says what is wrong, and where. */
export class BracketError extends Error {
  override readonly name = "BracketError";

  constructor(
    what: string,
    /** Characters in front of the place. */
    readonly at: number,
  ) {
    super(`At character ${at + 1}: ${excerpt(what)}`);
  }
}
