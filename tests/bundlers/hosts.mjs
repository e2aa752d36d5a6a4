/** What is installed in tests/hosts, which no folder but that one resolves. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = new URL("../hosts/", import.meta.url);

/** A package of tests/hosts. */
export const hosts = createRequire(new URL("package.json", folder));

/** A path under its node_modules. */
export const inHosts = (path) => fileURLToPath(new URL(`node_modules/${path}`, folder));

const execute = promisify(execFile);

/** Runs a program in a folder. What it wrote is in the error if it fails. */
export async function run(command, args, cwd) {
  // Tools that would report home, do not.
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1", CI: "1" };
  try {
    return (await execute(command, args, { cwd, env, maxBuffer: 1 << 26 })).stdout;
  } catch ({ message, stdout, stderr }) {
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}

/** Runs the script of a package of tests/hosts. */
export const runScript = (script, args, cwd) => run(process.execPath, [inHosts(script), ...args], cwd);
