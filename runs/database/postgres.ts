import type { Pool, PoolClient } from "pg";
import { DatabaseError } from "../errors.js";
import type { Database, Row, Statement } from "./database.js";
import { peer } from "./peers.js";

/** Connections of one process: a claim, what it finishes, and a look at the state. */
const MOST_CONNECTIONS = 4;
/** Milliseconds to wait for a connection. */
const PATIENCE = 10_000;
/** SQLSTATE of what the server has undone, and asks to be done again: serialization_failure, deadlock_detected. */
const UNDONE = ["40001", "40P01"];
/** How often, where that goes on. */
const MOST_TRIES = 10;

/**
 * A database on a server, by its address, such as postgres://user@host/name.
 * @throws DatabaseError for an address that is none, and for a server that does not let us in
 */
export async function openPostgres(address: string): Promise<Database> {
  const { default: pg } = await peer("pg", () => import("pg"));
  const url = addressOf(address);
  const pool = new pg.Pool({
    connectionString: address,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    application_name: "tapehead",
  });
  // A connection that breaks while it is idle is made again by the next query.
  pool.on("error", () => undefined);
  const place = `${url.protocol}//${url.host}${url.pathname}`;
  try {
    await pool.query("select 1");
  } catch (cause) {
    await pool.end();
    throw new DatabaseError(`Cannot use the database ${place}: ${messageOf(cause as Error)}`, { cause });
  }
  return new Postgres(pool, place);
}

/** Where all addresses of a host fail, the first error says it. */
const messageOf = ({ message, errors }: Error & { errors?: readonly Error[] }): string =>
  message || (errors?.[0]?.message ?? "it said nothing");

function addressOf(address: string): URL {
  try {
    return new URL(address);
  } catch (cause) {
    throw new DatabaseError(`"${address.replace(/:[^:@]*@/, ":…@")}" is no address of a database`, { cause });
  }
}

class Postgres implements Database {
  readonly #pool: Pool;
  readonly place: string;

  constructor(pool: Pool, place: string) {
    this.#pool = pool;
    this.place = place;
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    if (values.length) return untilDone(async () => rowsOf(await this.#pool.query(text, bytesToBuffers(values))));
    // Statements that begin a transaction, and fail before they end it, would leave who gets the connection next inside.
    return untilDone(() => this.#withClient((client) => client.query(text).then(rowsOf)));
  }

  async transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    const perform = async (client: PoolClient): Promise<readonly (readonly Row[])[]> => {
      await client.query("begin");
      const results: (readonly Row[])[] = [];
      for (const { text, values = [] } of statements) {
        results.push(rowsOf(await client.query(text, bytesToBuffers(values))));
      }
      await client.query("commit");
      return results;
    };
    return untilDone(() => this.#withClient(perform));
  }

  /** Uses one connection, and leaves no transaction open on it. */
  async #withClient<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // A connection that breaks inside a transaction also says so by an event, which nobody else listens to.
    const ignore = (): void => undefined;
    client.on("error", ignore);
    let broken: Error | undefined;
    try {
      return await use(client);
    } catch (error) {
      await client.query("rollback").catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Does once more what the server has undone, since another transaction was in its way. */
async function untilDone<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; ++tries) {
    try {
      return await ask();
    } catch (error) {
      if (!UNDONE.includes((error as { code?: string }).code ?? "") || tries === MOST_TRIES) throw error;
    }
  }
}

/** Rows of the last of several statements. */
const rowsOf = (result: { rows: Row[] } | { rows: Row[] }[]): readonly Row[] =>
  (Array.isArray(result) ? result.at(-1)! : result).rows;

/** The driver takes other bytes for JSON. */
const bytesToBuffers = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value,
  );
