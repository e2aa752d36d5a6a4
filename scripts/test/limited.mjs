import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** Processes that run, so that none outlives this one. */
const running = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));
process.on("exit", () => running.forEach(end));

/**
 * A script of Node, run to its end or to its limit in seconds, at which it is killed with all that it has started.
 * Resolves to the exit code, what the script wrote, and the seconds it took.
 */
export function limited(args, limit) {
  const begin = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, which is how POSIX kills a process with its children.
    detached: process.platform !== "win32",
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const timer = setTimeout(() => {
    output += `\nIt had not ended after ${limit} s, which is its limit, and was killed.\n`;
    end(child);
  }, limit * 1000);
  return new Promise((resolve) => {
    child.on("error", (error) => (output += `${error.message}\n`));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      end(child); // what it left behind
      running.delete(child);
      if (signal) output += `\nIt was ended by ${signal}.\n`;
      const seconds = (performance.now() - begin) / 1000;
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output), seconds });
    });
  });
}

function end(child) {
  if (child.pid === undefined) return;
  try {
    if (process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
    else if (child.exitCode === null) spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
  } catch {
    // there is nobody left
  }
}
