/** How a user of each bundler builds a page and a worker: what docs/bundlers.md says, word for word. */
import { copyFile, cp, readFile, writeFile } from "node:fs/promises";
import { inHosts, run, runScript } from "./hosts.mjs";

const esbuild = (args) => (folder) => run(inHosts("esbuild/bin/esbuild"), args, folder);
const vite = (args) => (folder) => runScript("vite/bin/vite.js", ["build", ...args], folder);
const webpack = (args) => (folder) => runScript("webpack/bin/webpack.js", ["--mode", "production", ...args], folder);
const wrangler = (args) => (folder) => runScript("wrangler/bin/wrangler.js", args, folder);

/** A page that does not come out of the bundler is written by hand. */
const withPage = (build) => async (folder) => {
  await build(folder);
  await copyFile(`${folder}/index.html`, `${folder}/dist/index.html`);
};

/** A page, into dist/. No word about wasm, and no configuration at all. */
export const pages = {
  vite: vite([]),
  webpack: withPage(webpack(["--entry", "./page.js", "--output-filename", "page.js"])),
  esbuild: withPage(esbuild(["page.js", "--bundle", "--minify", "--format=esm", "--outdir=dist"])),
};

const importMap = `<script type="importmap">{ "imports": { "tapehead": "./tapehead/index.js" } }</script>`;

/** The page as it was written, beside the library as it is published. */
export async function unbundled(folder) {
  await cp(`${folder}/node_modules/tapehead/dist`, `${folder}/dist/tapehead`, { recursive: true });
  for (const file of ["page.js", "work.js"]) await copyFile(`${folder}/${file}`, `${folder}/dist/${file}`);
  const page = await readFile(`${folder}/index.html`, "utf8");
  await writeFile(`${folder}/dist/index.html`, page.replace("<script", `${importMap}\n<script`));
}

const module = ["worker.js", "--bundle", "--minify", "--format=esm", "--loader:.wasm=copy", "--outdir=dist"];

/** A worker. Wrangler, and Vite with Cloudflare's plugin, know what workerd wants; the others must be told. */
export const workers = {
  wrangler: { build: wrangler(["deploy", "--dry-run", "--outdir", "dist"]), main: "worker.js" },
  "vite and @cloudflare/vite-plugin": { build: vite([]), main: "sample/index.js" },
  esbuild: { build: esbuild([...module, "--conditions=workerd"]), main: "worker.js" },
  webpack: {
    build: async (folder) => {
      await webpack([])(folder);
      await copyFile(`${folder}/node_modules/tapehead/dist/tapehead.wasm`, `${folder}/dist/tapehead.wasm`);
    },
    main: "main.mjs",
  },
};

/** A worker for who knows what, not for workerd. */
export const plainWorker = { build: esbuild(module), main: "worker.js" };
