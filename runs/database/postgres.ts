import type { Pool } from "pg";
import { DatabaseError } from "../errors.js";
import type { Database, Row, Statement } from "./database.js";
import { peer } from "./peers.js";

/** Connections of one process: a claim, what it finishes, and a look at the state. */
const MOST_CONNECTIONS = 4;
/** Milliseconds to wait for a connection. */
const PATIENCE = 10_000;

/** A database on a server, by its address, such as postgres://user@host/name. @throws DatabaseError for none. */
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
  return new Postgres(pool, `${url.protocol}//${url.host}${url.pathname}`);
}

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
    return rowsOf(await this.#pool.query(text, bytesToBuffers(values)));
  }

  async transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    const client = await this.#pool.connect();
    // A connection that breaks inside a transaction also says so by an event, which nobody else listens to.
    const ignore = (): void => undefined;
    client.on("error", ignore);
    let broken: Error | undefined;
    try {
      await client.query("begin");
      const results: (readonly Row[])[] = [];
      for (const { text, values = [] } of statements) {
        results.push(rowsOf(await client.query(text, bytesToBuffers(values))));
      }
      await client.query("commit");
      return results;
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

/** Rows of the last of several statements. */
const rowsOf = (result: { rows: Row[] } | { rows: Row[] }[]): readonly Row[] =>
  (Array.isArray(result) ? result.at(-1)! : result).rows;

/** The driver takes other bytes for JSON. */
const bytesToBuffers = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value,
  );
