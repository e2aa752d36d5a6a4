import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { build, type Plugin } from "esbuild";
import { hasSystems, type Run } from "./host.js";
import type { Project } from "./project.js";

export interface Bundle {
  readonly code: string;
  /** Binaries that the code imports, by file name. */
  readonly binaries: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

interface Options {
  /** Under which a platform's bundler resolves a package's entries. */
  readonly conditions: readonly string[];
  readonly format: "esm" | "iife";
  /** The module that stands for a binary; without it, its import stays as it is. */
  readonly moduleOf?: (file: string) => string;
}

/**
 * A program as a platform deploys it: one file, and apart from it the binaries, which the platform compiles. `program`
 * may use `tapehead`, `prove` and `systems`.
 */
export async function bundle(
  { folder }: Project,
  { entry }: Run,
  program: string,
  { conditions, format, moduleOf }: Options,
): Promise<Bundle> {
  const binaries = new Map<string, Uint8Array<ArrayBuffer>>();
  const wasm: Plugin = {
    name: "wasm",
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === "resolved") return undefined;
        const { path: full, errors } = await resolve(path.replace("?module", ""), { ...from, pluginData: "resolved" });
        if (errors.length) return { errors };
        const file = basename(full);
        binaries.set(file, new Uint8Array(await readFile(full)));
        return moduleOf ? { path: file, namespace: "wasm" } : { path: `./${file}`, external: true };
      });
      onLoad({ filter: /.*/, namespace: "wasm" }, ({ path }) => ({ contents: moduleOf!(path), loader: "js" }));
    },
  };
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `import * as tapehead from ${JSON.stringify(entry)};`,
        `import { prove } from "./proof.js";`,
        hasSystems({ entry }) ? `import { systems } from "./systems.js";` : "const systems = [];",
        program,
      ].join("\n"),
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2022",
    format,
    conditions: [...conditions],
    plugins: [wasm],
    logLevel: "silent",
  });
  return { code: outputFiles[0]!.text, binaries };
}
