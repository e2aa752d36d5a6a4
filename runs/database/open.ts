import type { Database } from "./database.js";
import { openFolder } from "./folder.js";
import { openPostgres } from "./postgres.js";

/** The folder of a database whose place nobody says. */
export const USUAL_FOLDER = "tapehead-runs";

const isAddress = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

/**
 * A database by its address, postgres://…, or by a folder, which then needs no server.
 * @throws DatabaseError where there is none, or `create` is false and the folder has none
 */
export const openDatabase = (place: string = USUAL_FOLDER, options: { create?: boolean } = {}): Promise<Database> =>
  isAddress(place) ? openPostgres(place) : openFolder(place, options);
