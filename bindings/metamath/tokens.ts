import { shown } from "../common/shown.js";
import { MetamathError } from "./metamathError.js";

/** A token of a database, and its line, from 1. */
export interface Token {
  readonly text: string;
  readonly line: number;
}

const PRINTABLE = /^[!-~]+$/;

/**
 * Tokens of a database without its comments: printable ASCII between white space (Metamath book, section 4.1.1).
 *
 * @throws MetamathError for a character outside ASCII, a comment within a comment, and one that never ends.
 */
export function* tokensOf(text: string): Generator<Token> {
  let line = 1;
  let comment: number | undefined;
  for (const { 0: found } of text.matchAll(/\n|[^\s]+|[^\S\n]+/g)) {
    if (found === "\n") line++;
    else if (!found.trim()) continue;
    else if (comment === undefined) {
      if (!PRINTABLE.test(found)) throw new MetamathError("token", `${shown(found)} is not printable ASCII`, { line });
      if (found === "$(") comment = line;
      else if (found === "$)") throw new MetamathError("token", "$) ends a comment that does not begin", { line });
      else yield { text: found, line };
    } else if (found === "$)") comment = undefined;
    else if (found.includes("$(") || found.includes("$)")) {
      throw new MetamathError("token", `${shown(found)} is within a comment, which may have neither $( nor $)`, {
        line,
      });
    }
  }
  if (comment !== undefined)
    throw new MetamathError("cut off", "the comment that begins here never ends", { line: comment });
}
