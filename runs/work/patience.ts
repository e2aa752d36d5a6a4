import { DatabaseError } from "../errors.js";

/**
 * SQLSTATE of a server that is not there, is starting, ending, or lets nobody else in, and of a transaction that stood in
 * another's way; PostgreSQL, appendix A.
 */
const AWAY = /^(08\w{3}|57P0[1235]|53300|25P0[34]|40001|40P01|55P03)$/;
const CODES = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
];
/** What the driver says without a code. */
const SAYS = /connection terminated|timeout exceeded when trying to connect|connection ended|not queryable/i;

/** Whether the database is not to be reached at the moment, rather than asked for what cannot be. */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseError && error.cause) return isAway(error.cause);
  const { code = "", message = "", errors } = error as { code?: string; message?: string; errors?: unknown[] };
  if (Array.isArray(errors) && errors.length) return errors.every(isAway); // all addresses of one host
  return CODES.includes(code) || AWAY.test(code) || SAYS.test(message);
}

/** What to do while a database is away. */
export interface Patience {
  /** It has been away for so many milliseconds. */
  readonly onAway: (milliseconds: number, error: Error) => void;
  readonly onBack: () => void;
  /** Milliseconds after which nobody waits any longer. */
  readonly limit: () => number;
}

/** Milliseconds between two tries: twice as many each time, up to the last. */
const [FIRST, LAST] = [100, 5000];

/** Asks again until the database is back. @throws DatabaseError after too long; what else goes wrong, at once */
export async function withPatience<T>(ask: () => Promise<T>, { onAway, onBack, limit }: Patience): Promise<T> {
  const begin = Date.now();
  for (let pause = FIRST; ; pause = Math.min(2 * pause, LAST)) {
    try {
      const answer = await ask();
      if (pause > FIRST) onBack();
      return answer;
    } catch (error) {
      if (!isAway(error)) throw error;
      const waited = Date.now() - begin;
      if (waited > limit()) {
        const seconds = Math.round(waited / 1000);
        throw new DatabaseError(`The database has been away for ${seconds} s: ${(error as Error).message}`, {
          cause: error,
        });
      }
      onAway(waited, error as Error);
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, Math.max(0, limit() - waited) + 1)));
    }
  }
}
