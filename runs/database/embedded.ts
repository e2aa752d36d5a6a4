import type { PGlite } from "@electric-sql/pglite";
import type { Database, Row, Statement } from "./database.js";
import { peer } from "./peers.js";

/** PostgreSQL in this process, with its files in a folder that no other process has open. */
export async function openEmbedded(folder: string): Promise<Database> {
  const { PGlite } = await peer("@electric-sql/pglite", () => import("@electric-sql/pglite"));
  return new Embedded(await PGlite.create(folder, bytesAsHex), folder);
}

class Embedded implements Database {
  readonly #pglite: PGlite;
  readonly place: string;

  constructor(pglite: PGlite, place: string) {
    this.#pglite = pglite;
    this.place = place;
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return await run(this.#pglite, { text, values });
    } catch (error) {
      // Statements that begin a transaction, and fail before they end it, would leave everybody else inside.
      if (!values.length) await this.#pglite.exec("rollback").catch(() => undefined);
      throw error;
    }
  }

  async transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    return this.#pglite.transaction(async (transaction) => {
      const results: (readonly Row[])[] = [];
      for (const statement of statements) results.push(await run(transaction, statement));
      return results;
    });
  }

  async close(): Promise<void> {
    await this.#pglite.close();
  }
}

/** Several statements without values go to the simple protocol, the only one that takes them. */
async function run(to: Pick<PGlite, "query" | "exec">, { text, values = [] }: Statement): Promise<readonly Row[]> {
  if (!values.length) return ((await to.exec(text)).at(-1)?.rows ?? []) as Row[];
  return (await to.query<Row>(text, [...values])).rows;
}

/** Type of bytes, as PostgreSQL numbers its types. */
const BYTEA = 17;

/** How bytes go there and back. PGlite's own way is slower: it takes eight seconds to write a model of 24 MB, and this one. */
const bytesAsHex = {
  serializers: {
    [BYTEA]: (bytes: Uint8Array) =>
      `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
  },
  parsers: { [BYTEA]: (text: string) => new Uint8Array(Buffer.from(text.slice("\\x".length), "hex")) },
};
