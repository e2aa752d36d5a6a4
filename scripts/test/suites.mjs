import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { BUNDLED } from "./bundle.mjs";
import { limited } from "./limited.mjs";

/** Seconds that each suite took when it last ran. */
const TIMES = "build/test-seconds.json";
/** Seconds, four times what the slowest suite takes alone: a few steps of every result. */
const LIMIT = 1200;

/** Suites apart from `npm test`: those that start and kill dozens of processes, and a few steps of every result. */
const APART = ["tests/runs/processes/", "tests/results/"];

/** The suites whose path has one of the words in it, slowest first; without words, all but those apart. */
export async function chooseSuites(words) {
  const files = (await readdir("tests", { recursive: true }))
    .map((file) => `tests/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts") && !file.includes("/node_modules/")); // hosts install some
  const holds = (file, word) => file.toLowerCase().includes(word.toLowerCase());
  for (const word of words) {
    if (files.some((file) => holds(file, word))) continue;
    const near = files.map(nameOf).sort((a, b) => likeness(b, word) - likeness(a, word));
    throw new Error(`No test file has "${word}" in its path. Names near it: ${near.slice(0, 4).join(", ")}`);
  }
  const chosen = words.length
    ? files.filter((file) => words.some((word) => holds(file, word)))
    : files.filter((file) => !APART.some((folder) => file.startsWith(folder)));
  const costs = new Map(await Promise.all(chosen.map(async (file) => [file, await costOf(file)])));
  return chosen.sort((a, b) => costs.get(b) - costs.get(a));
}

export const nameOf = (file) => file.replace(/^tests\/|\.test\.ts$/g, "");

/** What a suite says in its head that imports sources while it runs, and must share them: it is not bundled. */
const FROM_SOURCES = "Runs from its sources.";

/** Runs a suite that was bundled, in a process of its own: what the process gave, and what uvu counted. */
export async function runSuite(file) {
  const pattern = `^${nameOf(file)}\\.test\\.js$`;
  const bundled = ["--enable-source-maps", "node_modules/uvu/bin.js", "--no-color", BUNDLED, pattern];
  const isBundled = !(await readFile(file, "utf8")).includes(FROM_SOURCES);
  const result = await limited(isBundled ? bundled : ["--import", "tsx", file], LIMIT);
  const counts = countTests(result);
  if (counts) return { ...result, counts };
  const output = `${result.output}\nIt ended with code ${result.code}, and said nothing that can be counted.\n`;
  return { ...result, output, counts: { passed: 0, failed: 1, skipped: 0 } };
}

/** From uvu's own summary, if there is one. A suite that dies after it, or has no test, has failed. */
function countTests({ code, output }) {
  const count = (label) => Number([...output.matchAll(new RegExp(`^ *${label}: +(\\d+)$`, "gm"))].at(-1)?.[1] ?? NaN);
  const [all, passed, skipped] = [count("Total"), count("Passed"), count("Skipped")];
  if (![all, passed, skipped].every(Number.isFinite)) return undefined;
  return { passed, failed: Math.max(all - passed, +(code !== 0 || all + skipped === 0)), skipped };
}

/** Remembers how long suites took, which only orders the next run. */
export async function keepTimes(seconds) {
  await mkdir(dirname(TIMES), { recursive: true });
  await writeFile(TIMES, `${JSON.stringify({ ...(await times()), ...seconds }, undefined, 1)}\n`);
}

let known;
async function times() {
  return (known ??= await readFile(TIMES, "utf8").then(JSON.parse, () => ({})));
}

/** Seconds, or for a suite that has not run here a guess by its size. */
async function costOf(file) {
  return (await times())[nameOf(file)] ?? (await stat(file)).size / 2000;
}

/** The share of the pairs of neighbouring letters that two words have in common. */
function likeness(a, b) {
  const pairs = (word) => new Set([...word.toLowerCase()].map((letter, i, all) => letter + (all[i + 1] ?? "")));
  const [left, right] = [pairs(a), pairs(b)];
  return [...left].filter((pair) => right.has(pair)).length / (left.size + right.size);
}
