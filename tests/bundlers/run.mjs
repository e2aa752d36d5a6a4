#!/usr/bin/env node
/**
 * Builds a page and a worker with every bundler from the packed package, and runs them: `npm run test:bundlers`.
 * Installs what it needs (tests/hosts, and Debian's chromium where it may), and hands over to a Node that miniflare
 * runs on. Ends with a line of counts.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";

const hosts = fileURLToPath(new URL("../hosts", import.meta.url));
const node = `${hosts}/node_modules/node24/bin/node`;
const run = (command, args, options) => spawnSync(command, args, { stdio: "inherit", ...options }).status === 0;

const wanted = ["vite", "webpack", "wrangler", "@cloudflare/vite-plugin", "publint", "@arethetypeswrong/cli"];
const isInstalled = () => existsSync(node) && wanted.every((name) => existsSync(`${hosts}/node_modules/${name}`));
if (!isInstalled()) {
  console.log("Installing the bundlers: npm ci in tests/hosts");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: hosts });
  if (!isInstalled()) fail("npm ci in tests/hosts did not install them");
}

const has = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
if (!has("chromium") && process.getuid?.() === 0 && has("apt-get")) {
  console.log("Installing chromium: apt-get install chromium");
  const quiet = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  run("apt-get", ["update"], quiet);
  run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], quiet);
}

process.exitCode = run(node, [fileURLToPath(new URL("main.mjs", import.meta.url))]) ? 0 : 1;

function fail(reason) {
  console.log(`Cannot test the bundlers: ${reason}\n0 passed, 1 failed`);
  process.exit(1);
}
