/** Deletes the declarations in a folder that its own `*.d.ts` do not lead to: the inner parts of the library. */
import { readFile, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

const SPECIFIER = /(?:\bfrom|\bimport\()\s*"(\.[^"]+)\.js"/g;

export async function pruneDeclarations(folder) {
  const declarations = async (options) =>
    (await readdir(folder, options)).filter((name) => name.endsWith(".d.ts")).map((name) => resolve(folder, name));
  const reached = new Set(await declarations());
  for (const file of reached) {
    for (const [, specifier] of (await readFile(file, "utf8")).matchAll(SPECIFIER)) {
      reached.add(`${resolve(join(file, ".."), specifier)}.d.ts`);
    }
  }
  const all = await declarations({ recursive: true });
  await Promise.all(all.filter((file) => !reached.has(file)).map((file) => rm(file)));
}
