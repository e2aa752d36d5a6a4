import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Where test files are as JavaScript. */
export const BUNDLED = "build/tests";
const HERE = "$here";

/**
 * Bundles test files, each with the sources that it imports: it starts in a tenth of a second instead of a whole one.
 * Resolves to what is wrong with those that cannot be bundled, by file.
 */
export async function bundleSuites(files) {
  const faults = new Map();
  // All at once reads every source once, and one that is wrong keeps all from being written.
  const each = (file) => bundle([file]).catch(({ message }) => faults.set(file, message));
  await bundle(files).catch(() => Promise.all(files.map(each)));
  return faults;
}

function bundle(files) {
  return build({
    entryPoints: files,
    outbase: "tests",
    outdir: BUNDLED,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    define: { "import.meta.url": HERE },
    sourcemap: true,
    logLevel: "silent",
    plugins: [here, embedded, peer],
  });
}

/** Modules keep the address of their source, by which they find files. */
const here = {
  name: "here",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      // Before all else, and in the first line, so that lines keep their numbers.
      return { contents: `var ${HERE} = ${JSON.stringify(pathToFileURL(path).href)}; ${text}`, loader: "ts" };
    }),
};

/** What the build embeds is not there, as tests/support/commandLine.ts has it where a suite runs from its sources. */
const embedded = {
  name: "embedded",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\?(embed|script)$/ }, ({ path }) => ({ path, namespace: "embedded" }));
    onLoad({ filter: /.*/, namespace: "embedded" }, ({ path }) => ({
      contents: path.endsWith("?script") ? "export default ''" : "export default { alphabet: [], text: '' }",
    }));
  },
};

/** TensorFlow.js is loaded when something of it is used: most suites that have the references have no use for peers. */
const peer = {
  name: "peer",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@tensorflow\/tfjs$/ }, ({ path }) => ({ path, namespace: "peer" }));
    onLoad({ filter: /.*/, namespace: "peer" }, ({ path }) => ({
      contents: `import { createRequire } from "node:module";
        let loaded;
        const load = () => (loaded ??= createRequire(${JSON.stringify(resolve("package.json"))})(${JSON.stringify(path)}));
        export default new Proxy({}, { get: (_, name) => load()[name] });`,
    }));
  },
};
