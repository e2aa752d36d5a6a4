/** A row of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** SQL with the values of $1, $2, …: text, numbers, booleans, null, bytes, or what is written as JSON. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/**
 * A PostgreSQL database, on a server or in a process. What belongs together is said at once, as one list of statements: no
 * transaction is ever open while somebody thinks, or has died.
 */
export interface Database {
  /** Where it is, in words without a password. */
  readonly place: string;
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** All of the statements, or none of them. */
  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  close(): Promise<void>;
}
