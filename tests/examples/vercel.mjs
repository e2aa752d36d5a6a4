/**
 * Serves the edge function in the current folder on a port, as Vercel would: bundled by esbuild, under the conditions
 * named behind the port, in Vercel's edge runtime; what is in public/ comes first.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { hostsRequire } from "./hosts.mjs";

const { build } = hostsRequire("esbuild");
const { createHandler, EdgeRuntime } = hostsRequire("edge-runtime");

const [port, ...conditions] = process.argv.slice(2);
const entry = `import handler from "./api/copy.js";
addEventListener("fetch", (event) => event.respondWith(handler(event.request)));`;

/** Modules that the host compiles when the function is deployed, as globals. */
const modules = {};
const bindModules = {
  name: "bind-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
      return { path: join(resolveDir, path.replace("?module", "")), namespace: "module" };
    });
    onLoad({ filter: /.*/, namespace: "module" }, async ({ path }) => {
      const name = `wasm_${Object.keys(modules).length}`;
      modules[name] = await WebAssembly.compile(await readFile(path));
      return { contents: `export default ${name};` };
    });
  },
};

const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: process.cwd() },
  bundle: true,
  write: false,
  format: "iife",
  platform: "browser",
  target: "es2022",
  conditions,
  plugins: [bindModules],
  logLevel: "warning",
});
if (conditions.length && !Object.keys(modules).length) throw new Error("The bundle has no module of wasm");

const runtime = new EdgeRuntime({
  initialCode: outputFiles[0].text,
  extend: (context) => Object.assign(context, modules),
});
const { handler } = createHandler({ runtime });
const { rewrites } = JSON.parse(await readFile("vercel.json", "utf8"));

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = await readFile(join("public", pathname)).catch(() => undefined);
  if (file) return response.end(file);
  const isKnown = pathname === "/api/copy" || rewrites.some(({ source }) => source === pathname);
  if (isKnown) return handler(request, response);
  response.writeHead(404).end("NOT_FOUND");
}).listen(Number(port));
