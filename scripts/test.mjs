#!/usr/bin/env node
/**
 * All checks and tests, whatever fails, in as many processes as there are cores. What fails prints what it said. Ends
 * with a line of counts: the tests that uvu counted, and each other step as one.
 *
 *   npm test              everything; what is built and has not changed is not built again
 *   npm test -- scan      only the test files with "scan" in their path, after building what is older than its sources
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { bundleSuites } from "./test/bundle.mjs";
import { limited } from "./test/limited.mjs";
import { pool } from "./test/pool.mjs";
import { chooseSuites, keepTimes, nameOf, runSuite } from "./test/suites.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** Seconds that a step other than a suite may take: ten times what it takes alone. */
const LIMIT = 600;
/** Slowest first, each in one thread, since others fill the other cores. Two remember in build/ what they found good. */
const checks = {
  docs: ["node_modules/typedoc/bin/typedoc", "--logLevel", "Warn", "--emit", "none"],
  types: [
    "node_modules/typescript-native/bin/tsc",
    ...["-p", ".", "--singleThreaded", "--incremental", "--tsBuildInfoFile", "build/types.cache"],
  ],
  "format of assembly": [
    "node_modules/prettier/bin/prettier.cjs",
    ...["--check", "--log-level", "warn", "assembly"],
    ...["--cache", "--cache-strategy", "content", "--cache-location", "build/format.cache"],
  ],
  generated: ["scripts/generate.mjs", "--check"],
  format: ["node_modules/oxfmt/bin/oxfmt", "--check", "--threads", "1"],
  lint: ["node_modules/oxlint/bin/oxlint", "--threads", "1"],
};

const words = process.argv.slice(2);
const suites = await chooseSuites(words).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
const start = pool(availableParallelism());
const total = { passed: 0, failed: 0, skipped: 0 };
const seconds = {};

if (words.length) {
  const build = await limited(["scripts/build.mjs", "--changed"], LIMIT);
  if (build.code === 0) await runSuites();
  else report("build", { ...build, counts: { passed: 0, failed: 1, skipped: 0 }, note: "" });
} else {
  // Suites need what is built, and what only looks at sources fills the other cores until it is.
  const build = step("build", ["scripts/build.mjs", "--changed"]);
  const others = Object.entries(checks).map(([name, script]) => step(name, script));
  await build;
  await Promise.all([...others, runSuites()]);
}
await keepTimes(seconds);
console.log(summary(total));
process.exitCode = total.failed ? 1 : 0;

async function step(name, script) {
  const result = await start(() => limited(script, LIMIT));
  const isGood = result.code === 0;
  report(name, { ...result, counts: { passed: +isGood, failed: +!isGood, skipped: 0 }, note: "" });
}

async function runSuites() {
  const faults = await bundleSuites(suites);
  await Promise.all(suites.map((file) => suite(file, faults.get(file))));
}

async function suite(file, fault) {
  if (fault !== undefined) {
    const counts = { passed: 0, failed: 1, skipped: 0 };
    return report(nameOf(file), { counts, note: summary(counts), output: fault, seconds: 0 });
  }
  const result = await start(() => runSuite(file));
  seconds[nameOf(file)] = result.seconds;
  report(nameOf(file), { ...result, note: summary(result.counts) });
}

/** A line for a step or suite, and below it what it said, if it failed. */
function report(name, { counts, note, output, seconds }) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`${counts.failed ? "✗" : "✓"} ${seconds.toFixed(1).padStart(5)} s  ${name.padEnd(24)}${note}`.trimEnd());
  if (counts.failed) console.log(output.trim());
}

function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
