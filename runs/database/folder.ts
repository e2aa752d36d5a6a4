import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseError } from "../errors.js";
import type { Database, Row, Statement } from "./database.js";
import { openEmbedded } from "./embedded.js";
import { isOwned, own, OWNER } from "./owner.js";
import { connectDatabase, GoneError, serveDatabase, type DatabaseServer } from "./socket.js";

/** Milliseconds for which an owner is waited for that has begun to open the database, or is about to end. */
const PATIENCE = 60_000;
const PAUSE = 100;

/**
 * The database of a folder. One process has it open and lets the others in; when that process ends, the next one that asks
 * opens it. A folder that is not there is made. @throws DatabaseError where the folder holds something else
 */
export async function openFolder(folder: string, { create = true } = {}): Promise<Database> {
  expectFolder(folder, create);
  mkdirSync(folder, { recursive: true });
  return new Folder(folder, await enter(folder));
}

/** What a folder with a database has in it. */
const DATA = "postgresql";

function expectFolder(folder: string, create: boolean): void {
  if (existsSync(join(folder, DATA))) return;
  if (!existsSync(folder)) {
    if (create) return;
    throw new DatabaseError(`There is no database in ${folder}: \`tapehead sweep\` makes one`);
  }
  const others = readdirSync(folder).filter((name) => !name.startsWith(OWNER));
  if (others.length || !create) {
    throw new DatabaseError(
      `The folder ${folder} holds ${others.slice(0, 3).join(", ") || "nothing"}, and no database`,
    );
  }
}

/** The database as this process has it now. */
interface Entered {
  readonly database: Database;
  close(): Promise<void>;
}

async function enter(folder: string): Promise<Entered> {
  for (const until = Date.now() + PATIENCE; ;) {
    const owned = own(folder);
    if (isOwned(owned)) {
      let server: DatabaseServer;
      let database: Database;
      try {
        database = await openEmbedded(join(folder, DATA));
        server = await serveDatabase(database, owned.path);
      } catch (error) {
        owned.release();
        throw error;
      }
      const close = async (): Promise<void> => {
        server.close();
        await database.close();
        owned.release();
      };
      return { database, close };
    }
    const { id, host } = owned;
    const mistaken = `if that is not so any more, delete ${join(folder, OWNER)}`;
    if (host !== hostname()) {
      throw new DatabaseError(
        `The process ${id} on ${host} has ${folder} open, and hosts can only share a server's database; ${mistaken}`,
      );
    }
    try {
      const database = await connectDatabase(owned.path, folder);
      return { database, close: () => database.close() };
    } catch (cause) {
      if (Date.now() > until) {
        throw new DatabaseError(`The process ${id} has ${folder} open, and does not answer; ${mistaken}`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/** Goes on by itself where the owner ends: a statement that it did not answer is asked again of the next. */
class Folder implements Database {
  readonly place: string;
  #entered: Entered;
  #again: Promise<void> | undefined;
  #isClosed = false;

  constructor(place: string, entered: Entered) {
    this.place = place;
    this.#entered = entered;
  }

  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    return this.#attempt((database) => database.query(text, values));
  }

  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    return this.#attempt((database) => database.transaction(statements));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#again?.catch(() => undefined); // what has just been opened must be closed, too
    await this.#entered.close();
  }

  /**
   * What had been done when the owner ended is done again: everything that is asked may be asked twice. What is under way
   * when this process closes the folder is not: it would open it anew, and nobody would close it.
   */
  async #attempt<T>(ask: (database: Database) => Promise<T>): Promise<T> {
    for (;;) {
      const { database } = this.#entered;
      try {
        return await ask(database);
      } catch (error) {
        if (!(error instanceof GoneError) || this.#isClosed) throw error;
        if (this.#entered.database !== database) continue;
        this.#again ??= enter(this.place)
          .then((entered) => void (this.#entered = entered))
          .finally(() => (this.#again = undefined));
        await this.#again;
      }
    }
  }
}
