import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";

/** Says when a part was last built. Its own files do not, since compilers may leave alone what would not change. */
const stamp = (part) => `build/${part}.built`;

/** Whether a part is to be made: a file of it is missing, or one of its sources is younger than the last build. */
export async function isStale(part, { files, sources }) {
  if (!files.every((file) => existsSync(file))) return true;
  const time = Number(await readFile(stamp(part), "utf8").catch(() => 0));
  return time < (await youngest(sources));
}

/** Makes a part, and remembers when that was begun. */
export async function built(part, make) {
  const begin = Date.now();
  await rm(stamp(part), { force: true });
  await make();
  await mkdir("build", { recursive: true });
  await writeFile(stamp(part), `${begin}\n`);
}

/** The time of the latest change of files and folders; a folder changes when something in it comes or goes. */
async function youngest(paths) {
  const inside = await Promise.all(
    paths.map(async (path) => [
      path,
      ...(await readdir(path, { recursive: true }).catch(() => [])).map((file) => `${path}/${file}`),
    ]),
  );
  return Math.max(...(await Promise.all(inside.flat().map(async (path) => (await stat(path)).mtimeMs))));
}
