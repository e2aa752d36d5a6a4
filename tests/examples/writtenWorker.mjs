/** What checks of workers share that `tapehead compile --worker` writes. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { request } from "./http.mjs";

/** The command of the package that is installed in a folder, run there. */
export const commandIn = (folder) => {
  const command = join(folder, "node_modules/tapehead/dist/cli.js");
  return (...words) => execFileSync(process.execPath, [command, ...words], { cwd: folder, encoding: "utf8" });
};

/** Asks a worker, and gives its status and its answer. */
export const ask = async (url, query, init) => {
  const response = await request(`${url}/?${new URLSearchParams(query)}`, init);
  return { status: response.status, body: await response.json() };
};
