import { excerpt, shown } from "../common/shown.js";

/** Kind of fault in a database, a proof or a formula, for programs that tell them apart. */
export type MetamathFault =
  /** The text ends inside a comment, a statement or a block. */
  | "cut off"
  /** A token with characters that it may not have, or one that may not stand where it does. */
  | "token"
  /** A math symbol that is not declared, declared twice, or of the wrong kind. */
  | "symbol"
  /** A label that is used twice, or missing. */
  | "label"
  /** A file that includes another. */
  | "include"
  /** A proof that names a statement that does not exist, comes later or is out of scope. */
  | "unknown label"
  /** A proof that leaves a step open, by "?" or by being empty. */
  | "incomplete"
  /** A compressed proof with letters that are no numbers, or numbers that stand for nothing. */
  | "compressed"
  /** A step that takes more from the stack than there is. */
  | "underflow"
  /** A step whose hypotheses are not what lies on the stack. */
  | "mismatch"
  /** A substitution that breaks a condition of distinct variables. */
  | "distinct"
  /** A proof that ends in another statement, or with more than one. */
  | "conclusion"
  /** An expression longer than the limit of the checker or the parser. */
  | "too long"
  /** A formula that the syntax axioms do not derive. */
  | "syntax";

/** A Metamath database, proof or formula is not right: the message says where, in which statement, and what is wrong. */
export class MetamathError extends Error {
  override readonly name = "MetamathError";
  /** Label of the statement that is wrong, if it has one. */
  readonly statement: string | undefined;
  /** Line of the database, from 1. */
  readonly line: number | undefined;
  /** Place of the token that is wrong in its proof or formula, from 0. */
  readonly at: number | undefined;

  constructor(
    readonly fault: MetamathFault,
    what: string,
    { statement, line, at }: { readonly statement?: string; readonly line?: number; readonly at?: number } = {},
  ) {
    const where = [
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(statement === undefined ? [] : [`statement ${shown(statement)}`]),
    ].join(", ");
    super(where ? `${where[0]!.toUpperCase()}${where.slice(1)}: ${excerpt(what)}` : excerpt(what));
    this.statement = statement;
    this.line = line;
    this.at = at;
  }
}
