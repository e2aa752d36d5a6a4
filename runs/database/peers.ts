import { DatabaseError } from "../errors.js";

/** Packages that only sweeps need, so that nobody else installs them. */
const PEERS = "pg-boss@10 pg @electric-sql/pglite";

/** Imports an optional package. @throws DatabaseError that says how to install it. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw cause;
    throw new DatabaseError(`Sweeps need the package ${name}: npm install ${PEERS}`, { cause });
  }
}
