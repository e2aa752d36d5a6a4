/** A user's project: a sample and the installed package, in a folder of its own. */
import { cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { inHosts } from "./hosts.mjs";

const samples = fileURLToPath(new URL("samples/", import.meta.url));
let made = 0;

/** Makes a project of a sample and builds it. */
export async function makeProject(installed, sample, build) {
  const folder = join(installed.folder, `${sample}-${++made}`);
  await cp(join(samples, sample), folder, { recursive: true });
  await cp(join(samples, "work.js"), join(folder, "work.js"));
  await cp(join(installed.folder, "package.json"), join(folder, "package.json"));
  await mkdir(join(folder, "node_modules"));
  await cp(join(installed.folder, "node_modules/tapehead"), join(folder, "node_modules/tapehead"), { recursive: true });
  await symlink(inHosts("@cloudflare"), join(folder, "node_modules/@cloudflare"));
  await build(folder);
  return folder;
}

/** The code and the wasm that a build left, by their paths. */
export async function builtFiles(folder) {
  const dist = join(folder, "dist");
  const names = (await readdir(dist, { recursive: true })).filter((name) => /\.(m?js|wasm)$/.test(name));
  return Promise.all(names.map(async (name) => [name, await readFile(join(dist, name))]));
}

/** How large that is, in words. */
export function sizeOf(files) {
  const count = (bytes) => bytes.toLocaleString("en");
  const sum = (measure) => files.reduce((total, [, contents]) => total + measure(contents), 0);
  return `${count(sum((contents) => contents.length))} bytes, ${count(sum((contents) => gzipSync(contents).length))} gzipped`;
}
