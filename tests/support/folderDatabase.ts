import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEmbedded } from "../../runs/database/embedded.js";

/** What a folder with a database has in it. */
const DATA = "postgresql";

/**
 * A folder with an empty database that nobody has open, gone with the process. It is a copy: to make one takes PGlite nine
 * seconds of a core.
 */
export async function databaseFolder(): Promise<string> {
  const template = await templateFolder();
  const folder = mkdtempSync(join(tmpdir(), "tapehead-database-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  cpSync(template, join(folder, DATA), { recursive: true });
  return folder;
}

/** Made once for each version of PGlite, and kept in build/. */
async function templateFolder(): Promise<string> {
  const build = fileURLToPath(new URL("../../build/", import.meta.url));
  const main = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const about = JSON.parse(readFileSync(join(dirname(main), "..", "package.json"), "utf8")) as { version: string };
  const template = join(build, `pglite-${about.version}`);
  if (existsSync(template)) return template;
  mkdirSync(build, { recursive: true });
  const fresh = mkdtempSync(`${template}.`);
  const database = await openEmbedded(fresh);
  await database.close();
  try {
    renameSync(fresh, template);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(template)) throw error; // else another process was faster
  }
  return template;
}
