#!/usr/bin/env node
/**
 * Writes every generated file. Each module of scripts/generate/ exports a function that returns the files it makes,
 * as text by path.
 *
 *   generate.mjs            writes what differs
 *   generate.mjs --check    writes nothing; names what differs, and fails if anything does
 */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { formatted } from "./format.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const check = process.argv.includes("--check");

const differing = [];
const modules = (await readdir("scripts/generate")).filter((file) => file.endsWith(".mjs")).sort();
// Pages of results come last: to make them, the project is loaded, with what the others have written.
const last = "results.mjs";
for (const name of [...modules.filter((file) => file !== last), last]) {
  const { default: generate } = await import(`./generate/${name}`);
  for (const [path, text] of Object.entries(await generate())) {
    const content = await formatted(path, text);
    if ((await readFile(path, "utf8").catch(() => undefined)) === content) continue;
    differing.push(path);
    if (check) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
if (check && differing.length) {
  console.error(`These files are not what scripts/generate makes of the tree: ${differing.join(", ")}`);
  console.error("Run: npm run generate");
  process.exitCode = 1;
} else if (differing.length) console.log(`written: ${differing.join(", ")}`);
