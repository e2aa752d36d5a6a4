/**
 * Serves the worker in the current folder on a port, as `npx wrangler dev` would: bundled by esbuild under Wrangler's
 * conditions, with the modules that its configuration names beside the code, in workerd.
 */
import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { hostsRequire } from "./hosts.mjs";

const { build } = hostsRequire("esbuild");
const { Miniflare } = hostsRequire("miniflare");

/** Type of a module by its ending: Wrangler's own rule for wasm, and those of the configurations. */
const types = { ".wasm": "CompiledWasm", ".safetensors": "Data", ".tape": "Data" };

export async function bundleWorker(entry) {
  const modules = [];
  const attachModules = {
    name: "attach-modules",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\.(wasm|safetensors|tape)$/ }, async ({ path, kind, resolveDir, pluginData }) => {
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
    // Of a package that is there by a link, esbuild says which of its chunks it leaves out.
    logOverride: { "ignored-bare-import": "silent" },
  });
  return [{ type: "ESModule", path: "worker.js", contents: outputFiles[0].text }, ...modules];
}

/** Modules as `bundleWorker` makes them, in a workerd of their own. */
export function startWorker(modules, options = {}) {
  const rooted = modules.map(({ type, path, contents }) => ({ type, path: `/${path}`, contents }));
  return new Miniflare({ modulesRoot: "/", modules: rooted, compatibilityDate: "2026-06-01", ...options });
}

if (process.argv[1] === import.meta.filename) {
  const [config] = (await readdir(".")).filter((name) => /^wrangler\.(jsonc|toml)$/.test(name));
  const [, main] = /^\s*"?main"?\s*[:=]\s*"(.*)"/m.exec(await readFile(config, "utf8"));
  const miniflare = startWorker(await bundleWorker(main), { port: Number(process.argv[2]) });
  await miniflare.ready;
  process.on("SIGTERM", () => miniflare.dispose().finally(() => process.exit()));
}
