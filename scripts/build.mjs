#!/usr/bin/env node
/**
 * Builds all that is published: wasm into build/ and dist/, JavaScript and declarations into dist/.
 * Prints what failed, or one line of sizes. `--fast` leaves out what only tests and types need.
 */
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { embedWasm } from "./embedWasm.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const fast = process.argv.includes("--fast");

/** Entry points of the library; those of one subpath have the same types. */
const entries = ["index", "workerd", "edgeLight", "core", "run", "runWorkerd", "runEdgeLight"];

const common = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  logLevel: "warning",
};

const asc = (target) =>
  node("node_modules/assemblyscript/bin/asc.js", ["--config", "asconfig.json", "--target", target]);
const release = async () => {
  await asc("release");
  await node("scripts/hoistConstants.mjs", ["build/tapehead.raw.wasm", "build/tapehead.wasm"]);
};
const declarations = () => node("node_modules/typescript/bin/tsc", ["-p", "scripts/declarations.json"]);

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
// The release binary goes into the library, so JavaScript waits for it, and for nothing else.
await Promise.all([
  release().then(() => Promise.all([copyFile("build/tapehead.wasm", "dist/tapehead.wasm"), library(), cli()])),
  ...(fast ? [] : [asc("debug"), declarations().then(entryDeclarations)]),
]);
console.log(await sizes());

/** The library, for every host: nothing imported but its own chunks, and by some entries the binary beside them. */
function library() {
  return build({
    ...common,
    entryPoints: entries.map((entry) => `bindings/${entry}.ts`),
    platform: "neutral",
    mainFields: ["module", "main"],
    splitting: true,
    chunkNames: "chunk-[hash]",
    plugins: [embedWasm],
    // Classes keep their names, since messages and files say them.
    keepNames: true,
  });
}

/** The command line, on top of the entries beside it. Its own packages are CommonJS and `require` parts of Node. */
function cli() {
  const library = {
    name: "library",
    setup: ({ onResolve }) =>
      onResolve({ filter: /\/bindings\/(index|run)\.js$/ }, ({ path }) => {
        return { path: path.replace(/.*\/bindings/, "."), external: true };
      }),
  };
  const banner = `#!/usr/bin/env node
import { createRequire as $createRequire } from "node:module";
const require = $createRequire(import.meta.url);`;
  return build({
    ...common,
    entryPoints: { cli: "cli/main.ts" },
    platform: "node",
    target: "node20",
    banner: { js: banner },
    plugins: [library],
  }).then(() => chmod("dist/cli.js", 0o755));
}

/** What TypeScript finds beside the entry points. `dispose` needs a library that is not in every configuration. */
async function entryDeclarations() {
  for (const entry of ["index", "core", "run"]) {
    const text = `/// <reference lib="esnext.disposable" />\nexport * from "./types/bindings/${entry}.js";\n`;
    await writeFile(`dist/${entry}.d.ts`, text);
  }
}

async function sizes() {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const zipped = async (entry) => {
    const texts = await Promise.all([...(await withImports(entry))].map((file) => readFile(`dist/${file}`)));
    return kB(texts.reduce((sum, text) => sum + gzipSync(text).length, 0));
  };
  const wasm = kB((await readFile("dist/tapehead.wasm")).length);
  const library = `library with it ${await zipped("index.js")} gzipped, tapehead/run ${await zipped("run.js")}`;
  return `tapehead.wasm ${wasm}, ${library}, cli ${kB((await readFile("dist/cli.js")).length)}`;
}

/** A file and all that it imports. */
async function withImports(file, files = new Set()) {
  if (files.has(file)) return files;
  files.add(file);
  const text = await readFile(`dist/${file}`, "utf8");
  for (const [, from] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await withImports(from, files);
  return files;
}

function node(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("close", (code) => {
      if (code === 0) return resolve();
      process.stderr.write(output);
      process.exit(1);
    });
  });
}
