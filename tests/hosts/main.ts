/**
 * Tests the packed library in every host: `npm run test:hosts`. Installs what that takes, and says which hosts it could
 * not find.
 *
 *   npm run test:hosts -- --only 'firefox|deno'    some of them
 *   npm run hashes                                 and writes docs/hashes.json and docs/hashes.md
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installPackages, packagedProgram } from "./packages.js";

await installPackages(console.log);
// Some drivers need a newer Node than the library does.
const node = newestNode() ?? process.execPath;
const script = fileURLToPath(new URL("run.ts", import.meta.url));
const args = ["--import", "tsx", script, "--node", process.execPath, ...process.argv.slice(2)];
const child = spawn(node, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => (process.exitCode = code ?? 1));

function newestNode(): string | undefined {
  try {
    return packagedProgram("node24/bin/node");
  } catch {
    return undefined; // hosts that need it will say so
  }
}
