/** Copies of the examples in a temporary folder, each with the packed package installed as a user would. */
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];

/** @param {string | undefined} tarball a package that is packed already */
export async function makeWorkspace(tarball) {
  const folder = await mkdtemp(join(tmpdir(), "tapehead-examples-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const packed = tarball ? resolve(tarball) : await pack(folder);
    const entries = await readdir(join(root, "examples"), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    for (const name of names) {
      const target = join(folder, name);
      const isSource = (path) => !path.includes("node_modules");
      await cp(join(root, "examples", name), target, { recursive: true, filter: isSource });
      npm(["install", "--no-save", "--no-package-lock", ...quiet, packed], target);
    }
    return { names, folderOf: (name) => join(folder, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What npm prints is the build's too, so the file is looked for. */
async function pack(destination) {
  npm(["pack", "--loglevel=error", "--pack-destination", destination], root);
  const packed = (await readdir(destination)).find((name) => name.endsWith(".tgz"));
  return join(destination, packed);
}

export const npm = (args, cwd) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
