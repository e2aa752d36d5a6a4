#!/usr/bin/env node
/**
 * Runs test files again after each change of a source file: `npm run watch scan` those with "scan" in their path,
 * `npm run watch` all. A change during a run ends that run and begins another. Ctrl-C ends it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const sources = ["assembly", "bindings", "runs", "cli", "reproduce", "scripts", "tests"];
/** Editors write a file in several steps; milliseconds. */
const PAUSE = 150;
const words = process.argv.slice(2);
const args = ["scripts/test.mjs", ...(words.length ? words : ["tests/"])];

let running, timer;
let latest = 0;
for (const folder of sources) {
  watch(folder, { recursive: true }, (_, file) => {
    // What editors and tests write beside sources begins with a dot, or is no source.
    if (!/(^|[\\/])[^.\\/]+\.[\w.]*(ts|mjs|json)$/.test(file ?? "")) return;
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  });
}
await run();

async function run() {
  const mine = ++latest;
  if (running?.exitCode === null && running.signalCode === null) {
    running.kill("SIGTERM"); // it ends what it has started
    await once(running, "close");
  }
  if (mine !== latest) return;
  running = spawn(process.execPath, args, { stdio: "inherit" });
  await once(running, "close");
  if (mine === latest) console.log("waiting for a change; Ctrl-C ends it");
}
