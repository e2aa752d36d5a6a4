#!/usr/bin/env node
/**
 * Runs every example in its real host, with the packed package. Ends with a line of counts.
 *
 *   --tarball FILE   takes this package instead of packing one
 *   --only PATTERN   only examples whose name matches
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { browserProgram } from "../hosts/debian.js";
import { installPackages } from "../hosts/packages.js";
import { checkAlignment } from "./alignment.mjs";
import { hearChecks } from "./hear.mjs";
import { checks } from "./http.mjs";
import { checkConnectFour } from "./connectFour.mjs";
import { checkMicrophone } from "./microphone.mjs";
import { checkOwnPairs } from "./ownPairs.mjs";
import { checkPage } from "./page.mjs";
import { checkProgram } from "./program.mjs";
import { checkPrograms } from "./programs.mjs";
import { checkPronounceWorker } from "./pronounceWorker.mjs";
import { checkWeight, pronounceChecks } from "./pronounce.mjs";
import { checkSweeps } from "./sweeps.mjs";
import { checkTrace } from "./trace.mjs";
import { servers, start } from "./servers.mjs";
import { makeWorkspace } from "./workspace.mjs";

const { values: options } = parseArgs({
  options: { tarball: { type: "string" }, only: { type: "string", default: "" } },
});
const only = new RegExp(options.only);
const total = { passed: 0, failed: 0, skipped: 0 };

await installPackages(console.log);
const workspace = await makeWorkspace(options.tarball);
try {
  for (const name of workspace.names.filter((each) => only.test(each))) {
    if (name === "browser") await pages(name, [checkTrace, checkAlignment, checkProgram, checkPage]);
    else if (name === "microphone") await pages(name, [checkMicrophone]);
    else if (name === "connect-four") await pages(name, [checkConnectFour]);
    else if (name === "sweeps") await sweeps(workspace.folderOf(name));
    else if (name === "programs") await programs(workspace.folderOf(name));
    else for (const server of servers[name]) await serve(name, server, workspace.folderOf(name));
  }
} finally {
  await workspace.remove();
}
const { passed, failed, skipped } = total;
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed || !passed ? 1 : 0;

async function serve(name, server, folder) {
  const title = `${name} (${server.host})`;
  const [file] = server.command("0");
  if (!existsSync(file)) return skip(title, Object.keys(checks).length, `${file} is missing`);
  console.log(`\n${title}`);
  let running;
  if (!(await check("starts", async () => (running = await start(server, folder))))) return;
  for (const [claim, verify] of Object.entries(checks)) await check(claim, () => verify(running.url));
  if (name === "cloudflare-worker") {
    for (const [claim, verify] of Object.entries({ ...pronounceChecks, ...hearChecks }))
      await check(claim, () => verify(running.url));
    await check("weighs little enough for an edge", () => checkWeight(folder));
    await checkOwnPairs(folder, server, check);
    await checkPronounceWorker(folder, server, check);
  }
  await running.stop();
}

async function programs(folder) {
  console.log("\nprograms (Node)");
  await checkPrograms(folder, check);
}

async function sweeps(folder) {
  console.log("\nsweeps (Node)");
  await checkSweeps(folder, check, skip);
}

/** Checks of pages in Chromium. */
async function pages(name, each) {
  let chromium;
  try {
    chromium = await browserProgram("chromium");
  } catch (error) {
    return skip(name, each.length, error.message);
  }
  console.log(`\n${name} (Chromium)`);
  for (const checkAll of each) {
    try {
      await checkAll(workspace.folderOf(name), chromium, check);
    } catch (error) {
      // What a page never gets to is one failure, and no end of the other examples.
      await check("all of its checks are made", () => Promise.reject(error));
    }
  }
}

/** Counts a check and prints its line; what it returns, if it returns a text, is printed too. */
async function check(claim, verify) {
  try {
    const note = await verify();
    console.log(`  ✓ ${claim}${typeof note === "string" ? `: ${note}` : ""}`);
    ++total.passed;
    return true;
  } catch (error) {
    console.log(`  ✗ ${claim}\n${excerpt(error)}`);
    ++total.failed;
    return false;
  }
}

function skip(title, count, reason) {
  console.log(`\n${title}: skipped, since ${reason}`);
  total.skipped += count;
}

/** Browsers put their whole log into a message. */
function excerpt({ stack }) {
  return stack.split("\n").slice(0, 12).join("\n").replace(/^/gm, "      ");
}
