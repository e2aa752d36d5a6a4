#!/usr/bin/env node
/**
 * All checks and tests, whatever fails, in this order. A step that fails prints what it said. Ends with a line
 * of counts: the tests that uvu counted, and each other step as one.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const steps = [
  ["format", ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."]],
  ["types", ["node_modules/typescript/bin/tsc", "-p", "."]],
  ["lint", ["node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."]],
  ["docs", ["node_modules/typedoc/bin/typedoc", "--logLevel", "Warn", "--emit", "none"]],
  ["build", ["scripts/build.mjs"]],
  ["tests", ["--import", "tsx", "node_modules/uvu/bin.js", "--no-color", "tests", "\\.test\\.ts$"]],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const runs = [];
const run = (step) => (runs[step] ??= node(steps[step][1]));
for (const [step, [name]] of steps.entries()) {
  // Two cores are the least there is; only the tests need what comes before them.
  run(step);
  if (step + 1 < steps.length - 1) run(step + 1);
  const { code, output, seconds } = await run(step);
  const counts =
    name === "tests" ? countTests(code, output) : { passed: +(code === 0), failed: +(code !== 0), skipped: 0 };
  for (const key of Object.keys(total)) total[key] += counts[key];
  const note = name === "tests" ? summary(counts) : name === "build" && code === 0 ? output.trim() : "";
  console.log(`${counts.failed ? "✗" : "✓"} ${name.padEnd(7)} ${seconds.toFixed(1).padStart(5)} s  ${note}`.trimEnd());
  if (counts.failed) console.log(output.trimEnd());
}
console.log(summary(total));
process.exitCode = total.failed ? 1 : 0;

/** From uvu's own summary. If uvu died, or says nothing that can be read, that is one failure more. */
function countTests(code, output) {
  const count = (label) => Number([...output.matchAll(new RegExp(`^ *${label}: +(\\d+)$`, "gm"))].at(-1)?.[1] ?? NaN);
  const [all, passed, skipped] = [count("Total"), count("Passed"), count("Skipped")];
  if (![all, passed, skipped].every(Number.isFinite)) return { passed: 0, failed: 1, skipped: 0 };
  return { passed, failed: Math.max(all - passed, +(code !== 0 || all === 0)), skipped };
}

function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

function node(args) {
  const begin = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("close", (code) => {
      const seconds = (performance.now() - begin) / 1000;
      resolve({ code, output: stripVTControlCharacters(output), seconds });
    });
  });
}
