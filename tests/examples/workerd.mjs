/**
 * Serves the worker in the current folder on a port, as `npx wrangler dev` would: bundled by esbuild under Wrangler's
 * conditions, with the modules that wrangler.jsonc names beside the code, in workerd.
 */
import { mkdtempSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { hostsRequire } from "./hosts.mjs";

const { build } = hostsRequire("esbuild");
const { Miniflare } = hostsRequire("miniflare");

/** Type of a module by its ending: Wrangler's own rule for wasm, and the one in wrangler.jsonc. */
const types = { ".wasm": "CompiledWasm", ".safetensors": "Data" };

export async function bundleWorker(entry) {
  const modules = [];
  const attachModules = {
    name: "attach-modules",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.(wasm|safetensors)$/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (pluginData === "attached") return;
        const found = await resolve(path, { kind, resolveDir, pluginData: "attached" });
        if (found.errors.length) return found;
        const name = basename(found.path);
        const type = types[name.slice(name.lastIndexOf("."))];
        modules.push({ type, path: name, contents: await readFile(found.path) });
        return { path: `./${name}`, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    plugins: [attachModules],
    logLevel: "warning",
  });
  return [{ type: "ESModule", path: "worker.js", contents: outputFiles[0].text }, ...modules];
}

/** miniflare resolves imports of modules that are given as contents against this folder. */
export async function startWorker(modules, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tapehead-worker-"));
  for (const { path, contents } of modules) await writeFile(join(folder, path), contents);
  return new Miniflare({
    modulesRoot: folder,
    modules: modules.map(({ type, path }) => ({ type, path: join(folder, path) })),
    compatibilityDate: "2026-06-01",
    ...options,
  });
}

if (process.argv[1] === import.meta.filename) {
  const config = await readFile("wrangler.jsonc", "utf8");
  const [, main] = /"main": "(.*)"/.exec(config);
  const miniflare = await startWorker(await bundleWorker(main), { port: Number(process.argv[2]) });
  await miniflare.ready;
  process.on("SIGTERM", () => miniflare.dispose().finally(() => process.exit()));
}
