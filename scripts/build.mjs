#!/usr/bin/env node
/**
 * Builds all that is published: wasm into build/ and dist/, JavaScript and declarations into dist/.
 * Prints what failed, or one line of sizes. `--fast` leaves out what only tests and types need.
 */
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { embed } from "./embed.mjs";
import { pruneDeclarations } from "./pruneDeclarations.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const fast = process.argv.includes("--fast");

/** Entry points of the library; those of one subpath have the same types. */
const entries = ["index", "full", "run", "threads"]
  .flatMap((entry) => [entry, `${entry}Workerd`, `${entry}EdgeLight`])
  .concat("core", "compile", "import", "models", "tasks", "trace");

const common = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
};

const asc = (target, entries = []) =>
  node("node_modules/assemblyscript/bin/asc.js", [...entries, "--config", "asconfig.json", "--target", target]);
const hoist = (name) => node("scripts/hoistConstants.mjs", [`build/${name}.raw.wasm`, `build/${name}.wasm`]);
const release = () => asc("release").then(() => hoist("tapehead"));
const full = () => asc("full").then(() => hoist("tapehead.full"));
const run = () => asc("run").then(() => hoist("tapehead.run"));
const threads = () => asc("threads", ["assembly/threads.ts"]).then(() => hoist("tapehead.threads"));
const declarations = () => node("node_modules/typescript/bin/tsc", ["-p", "scripts/declarations.json"]);

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
// The binaries go into the library, so JavaScript waits for them, and for nothing else.
await Promise.all([
  Promise.all([release().then(full), run().then(threads)]).then(() =>
    Promise.all([copyBinaries(), library(), worker(), cli()]),
  ),
  ...(fast ? [] : [asc("debug"), declarations().then(entryDeclarations)]),
]);
console.log(await sizes());

/** The library, for every host: nothing imported but its own chunks, and by some entries the binary beside them. */
function library() {
  const options = {
    ...common,
    platform: "neutral",
    mainFields: ["module", "main"],
    chunkNames: "chunk-[hash]",
    // Not minified: bundlers must see what is pure to leave it out, and they minify; people read stacks.
    sourcemap: true,
    plugins: [embed],
  };
  const files = (names) => names.map((entry) => ({ in: `bindings/${entry}.ts`, out: entry }));
  // What is there to start fast is one file, whose parts nobody has to look up: a sixth of its start.
  const alone = "run";
  return Promise.all([
    build({
      ...options,
      // The command line shares the classes with a user's own import of them: "declarations" is no entry of the package.
      entryPoints: files([...entries.filter((entry) => entry !== alone), "declarations"]),
      splitting: true,
    }),
    build({ ...options, entryPoints: files([alone]) }),
  ]);
}

function copyBinaries() {
  const copy = (name) => copyFile(`build/${name}.wasm`, `dist/${name}.wasm`);
  return Promise.all(["tapehead", "tapehead.full", "tapehead.run", "tapehead.threads"].map(copy));
}

/** The script of a thread, for pages that may not make one of text. */
async function worker() {
  await build({ ...common, format: "iife", minify: true, entryPoints: { worker: "bindings/engine/worker.ts" } });
  await writeFile("dist/worker.d.ts", "export {};\n");
}

/** The command line, on top of the entries beside it. Its own packages are CommonJS and `require` parts of Node. */
function cli() {
  const library = {
    name: "library",
    setup: ({ onResolve }) =>
      onResolve({ filter: /\/bindings\/[a-z]+\.js$/ }, ({ path }) => {
        return { path: path.replace(/.*\//, "./"), external: true };
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
  const write = (entry, types) => {
    const text = `/// <reference lib="esnext.disposable" />\nexport * from "./types/bindings/${types}.js";\n`;
    return writeFile(`dist/${entry}.d.ts`, text);
  };
  for (const entry of entries.filter((name) => !/Workerd|EdgeLight/.test(name))) await write(entry, entry);
  await copyFile("scripts/tapehead.wasm.d.ts", "dist/tapehead.wasm.d.ts");
  await pruneDeclarations("dist");
}

/** Of the binary, of the library as a user's bundler delivers it, and of the command. */
async function sizes() {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const zipped = async (entry) => {
    const bundled = {
      entryPoints: [`dist/${entry}`],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      logLevel: "error",
    };
    return kB(gzipSync((await build(bundled)).outputFiles[0].contents).length);
  };
  const [wasm, command] = await Promise.all(["dist/tapehead.wasm", "dist/cli.js"].map((file) => stat(file)));
  const library = `minified and gzipped with it: library ${await zipped("index.js")}, tapehead/run ${await zipped("run.js")}`;
  return `tapehead.wasm ${kB(wasm.size)}; ${library}; cli ${kB(command.size)}`;
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
