#!/usr/bin/env node
/**
 * Builds all that is published: wasm into build/ and dist/, JavaScript and declarations into dist/.
 * Prints what failed, or one line of sizes.
 *
 *   --fast        leaves out what only tests and types need
 *   --changed     makes only what is older than its sources, or is not there
 *   --only NAME   makes one binary or the JavaScript again, beside what is there
 */
import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { embed } from "./embed.mjs";
import { pruneDeclarations } from "./pruneDeclarations.mjs";
import { built, isStale } from "./stale.mjs";
import { restoreStaticFields } from "./staticFields.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const [fast, changed] = ["--fast", "--changed"].map((flag) => process.argv.includes(flag));

/** Entry points of the library; those of one subpath have the same types. */
const entries = ["index", "full", "run", "threads"]
  .flatMap((entry) => [entry, `${entry}Workerd`, `${entry}EdgeLight`])
  .concat(
    "core",
    "compile",
    "decode",
    "graph",
    "layers",
    "import",
    "learn",
    "listen",
    "metamath",
    "models",
    "parse",
    "pronounce",
    "questions",
    "search",
    "tasks",
    "trace",
  );

const common = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
};

/** Compiles targets one after the other, in a process of its own. */
const compile = (...targets) => node("scripts/compile.mjs", targets);

const binaries = ["tapehead", "tapehead.full", "tapehead.run", "tapehead.threads"];

/** Single parts, by the names of `--only`. */
const single = {
  ...Object.fromEntries(["debug", "release", "full", "run", "threads"].map((name) => [name, () => compile(name)])),
  scripts,
};
const only = process.argv.indexOf("--only");
if (only >= 0) {
  const build = single[process.argv[only + 1]];
  if (!build) {
    console.error(`--only takes one of ${Object.keys(single).join(", ")}`);
    process.exit(2);
  }
  await build();
  process.exit();
}

/** What is made by itself: how, the files without which it has not been made, and of what it is made. */
const assembly = [
  "assembly",
  "asconfig.json",
  "package-lock.json",
  "scripts/compile.mjs",
  "scripts/hoistConstants.mjs",
];
const makes = {
  binaries: {
    make: () =>
      Promise.all([compile("release", "full"), compile("run", "threads", ...(made.has("debug") ? ["debug"] : []))]),
    files: binaries.map((name) => `build/${name}.wasm`),
    sources: assembly,
  },
  // Where all are made, the process of two others makes this one, too.
  debug: {
    make: () => (made.has("binaries") ? compiled : compile("debug")),
    files: ["build/tapehead.debug.wasm"],
    sources: assembly,
  },
  scripts: {
    make: scripts,
    files: ["dist/index.js", "dist/cli.js", "dist/worker.js"],
    sources: [
      ...assembly,
      "bindings",
      "recipes",
      "runs",
      "cli",
      "package.json",
      "scripts/build.mjs",
      "scripts/embed.mjs",
      "scripts/staticFields.mjs",
      "tsconfig.json",
    ],
  },
  declarations: {
    make: declarations,
    files: ["dist/index.d.ts"],
    sources: [
      "assembly",
      "bindings",
      "runs",
      "cli",
      "tsconfig.json",
      "scripts/declarations.json",
      "scripts/pruneDeclarations.mjs",
    ],
  },
};
const made = new Set(fast ? ["binaries", "scripts"] : Object.keys(makes));
if (changed) {
  for (const name of made) if (!(await isStale(name, makes[name]))) made.delete(name);
} else await rm("dist", { recursive: true, force: true });
const make = (name) => made.has(name) && built(name, makes[name].make);
await mkdir("dist", { recursive: true });
const compiled = Promise.resolve(make("binaries"));
// The binaries go into the library, so JavaScript waits for them, and for nothing else.
await Promise.all([compiled.then(() => make("scripts")), make("debug"), make("declarations")]);
if (!changed) console.log(await sizes());

/** JavaScript, and the binaries beside it. Names of chunks change, so the old ones go. */
async function scripts() {
  for (const file of await readdir("dist")) if (/\.(js|map|wasm)$/.test(file)) await rm(`dist/${file}`);
  await Promise.all([copyBinaries(), library(), worker(), cli()]);
  await restoreStaticFields("dist");
}

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
  // It fills tables when it is imported: in a chunk of its own, bundlers leave it out where nothing reads WAV files.
  const decoder = { in: "@audio/decode-wav", out: "decodeWav" };
  // What is there to start fast is one file, whose parts nobody has to look up: a sixth of its start.
  const alone = "run";
  return Promise.all([
    build({
      ...options,
      // The command line shares the classes with a user's own import of them: "declarations" is no entry of the package.
      entryPoints: [...files([...entries.filter((entry) => entry !== alone), "declarations"]), decoder],
      splitting: true,
    }),
    build({ ...options, entryPoints: files([alone]) }),
  ]);
}

function copyBinaries() {
  const copy = (name) => copyFile(`build/${name}.wasm`, `dist/${name}.wasm`);
  return Promise.all(binaries.map(copy));
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
    // The command, what it shares with the library's entry for sweeps, and the processes that these start.
    entryPoints: { cli: "cli/main.ts", sweep: "cli/sweep.ts", runWorker: "cli/sweeping/child.ts" },
    splitting: true,
    chunkNames: "cli-[hash]",
    external: ["pg", "pg-boss", "@electric-sql/pglite", "tsx/esm/api"], // asked for by who uses them
    platform: "node",
    target: "node20",
    banner: { js: banner },
    // What nobody reads need not be installed; names of functions stay, since people read stacks.
    minify: true,
    keepNames: true,
    plugins: [library],
  }).then(() => chmod("dist/cli.js", 0o755));
}

/** What TypeScript finds beside the entry points. `dispose` needs a library that is not in every configuration. */
async function declarations() {
  await rm("dist/types", { recursive: true, force: true });
  // Types have a step of their own in npm test.
  const compiler = "node_modules/typescript-native/bin/tsc";
  await node(compiler, ["-p", "scripts/declarations.json", "--noCheck", "--singleThreaded"]);
  const write = (entry, folder) => {
    const text = `/// <reference lib="esnext.disposable" />\nexport * from "./types/${folder}/${entry}.js";\n`;
    return writeFile(`dist/${entry}.d.ts`, text);
  };
  for (const entry of entries.filter((name) => !/Workerd|EdgeLight/.test(name))) await write(entry, "bindings");
  await write("sweep", "cli");
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
