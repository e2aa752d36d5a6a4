#!/usr/bin/env node
/**
 * Builds all that is published: wasm into build/ and dist/, JavaScript and declarations into dist/.
 * Prints what failed, or one line of sizes. `--fast` leaves out what only tests and types need.
 */
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { embed } from "./embed.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const fast = process.argv.includes("--fast");

/** Entry points of the library; those of one subpath have the same types. */
const entries = ["index", "workerd", "edgeLight", "core", "threads", "threadsWorkerd", "threadsEdgeLight"];

const common = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  logLevel: "warning",
};

const asc = (target, entries = []) =>
  node("node_modules/assemblyscript/bin/asc.js", [...entries, "--config", "asconfig.json", "--target", target]);
const hoist = (name) => node("scripts/hoistConstants.mjs", [`build/${name}.raw.wasm`, `build/${name}.wasm`]);
const release = () => asc("release").then(() => hoist("tapehead"));
const threads = () => asc("threads", ["assembly/threads.ts"]).then(() => hoist("tapehead.threads"));
const declarations = () => node("node_modules/typescript/bin/tsc", ["-p", "scripts/declarations.json"]);

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
// The binaries go into the library, so JavaScript waits for them, and for nothing else.
await Promise.all([
  Promise.all([release(), threads()]).then(() => Promise.all([copyBinaries(), library(), worker(), cli()])),
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
    plugins: [embed],
    // Classes keep their names, since messages and files say them.
    keepNames: true,
  });
}

function copyBinaries() {
  const copy = (name) => copyFile(`build/${name}.wasm`, `dist/${name}.wasm`);
  return Promise.all([copy("tapehead"), copy("tapehead.threads")]);
}

/** The script of a thread, for pages that may not make one of text. */
function worker() {
  return build({ ...common, format: "iife", entryPoints: { worker: "bindings/engine/worker.ts" } });
}

/** The command line, on top of the library beside it. Its own packages are CommonJS and `require` parts of Node. */
function cli() {
  const library = {
    name: "library",
    setup: ({ onResolve }) =>
      onResolve({ filter: /\/bindings\/index\.js$/ }, () => ({ path: "./index.js", external: true })),
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
  for (const entry of ["index", "core", "threads"]) {
    const text = `/// <reference lib="esnext.disposable" />\nexport * from "./types/bindings/${entry}.js";\n`;
    await writeFile(`dist/${entry}.d.ts`, text);
  }
}

async function sizes() {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const wasm = await readFile("dist/tapehead.wasm");
  const files = (await readdir("dist")).filter((file) => /^(index|chunk-.*)\.js$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(`dist/${file}`)));
  const zipped = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  const library = `library with it ${kB(zipped)} gzipped`;
  return `tapehead.wasm ${kB(wasm.length)}, ${library}, cli ${kB((await readFile("dist/cli.js")).length)}`;
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
