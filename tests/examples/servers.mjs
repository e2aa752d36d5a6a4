/** How each server example is started in its host. A server is ready when it answers well. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PATIENCE } from "../support/soon.js";
import { node24, program } from "./hosts.mjs";
import { npm } from "./workspace.mjs";

const script = (name) => fileURLToPath(new URL(name, import.meta.url));

/** By example: command lines for a folder and a port. */
export const servers = {
  "node-server": [{ host: `Node ${process.versions.node}`, command: () => [process.execPath, "server.js"] }],
  deno: [{ host: "Deno", command: (port) => [program("deno"), "serve", "--allow-read", "--port", port, "main.js"] }],
  bun: [{ host: "Bun", command: () => [program("bun"), "server.js"] }],
  "cloudflare-worker": [{ host: "workerd", command: (port) => [node24, script("workerd.mjs"), port] }],
  "vercel-edge": [
    // Bundlers that know the condition "edge-light" import the binary as a module; `vercel dev` does not know it.
    { host: "edge-runtime", command: (port) => [process.execPath, script("vercel.mjs"), port, "edge-light"] },
    { host: "edge-runtime, no condition", command: (port) => [process.execPath, script("vercel.mjs"), port] },
  ],
};

/** Starts a server, and waits until it answers well at a path. */
export async function start({ command }, folder, path = "/?text=ready") {
  const port = await freePort();
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (scripts.build) npm(["run", "build", "--silent"], folder);
  const [file, ...args] = command(String(port));
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...process.env, PORT: String(port), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = async () => {
    child.kill();
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(timer);
  };
  const url = `http://localhost:${port}`;
  for (const deadline = performance.now() + PATIENCE; ;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}:\n${output}`);
    if (await answers(`${url}${path}`)) return { url, stop, output: () => output };
    if (performance.now() > deadline) {
      await stop();
      throw new Error(`${file} does not answer:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const answers = (url) =>
  fetch(url).then(
    (response) => response.arrayBuffer().then(() => response.ok),
    () => false,
  );

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
