import { excerpt } from "../common/shown.js";

/** A text is no tree in brackets: the message says what is wrong, and where. */
export class BracketError extends Error {
  override readonly name = "BracketError";

  constructor(
    readonly what: string,
    /** Characters in front of the place. */
    readonly at: number,
    /** The line, from 1, of several. */
    readonly line?: number,
  ) {
    super(`${line === undefined ? "At" : `Line ${line}, at`} character ${at + 1}: ${excerpt(what)}`);
  }

  /** The same of a line among several. */
  inLine(line: number): BracketError {
    return new BracketError(this.what, this.at, line);
  }
}
