import { execFile } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bundle } from "./support/bundle.js";
import { entrySets } from "./support/entrySets.js";
import { installPacked } from "./support/packed.js";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync(join(root, "dist/index.d.ts"))) throw new Error("There is no dist/index.d.ts; npm run build makes it");
const installed = await installPacked();
const { folder } = installed;
const home = join(folder, "node_modules/tapehead");
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
  exports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
};

const contents = suite("the tarball");

const expected = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(core|compile|decode|decodeWav|graph|layers|declarations|import|learn|listen|metamath|models|parse|pronounce|questions|search|sweep|tasks|trace|(index|full|run|threads)(Workerd|EdgeLight)?|chunk-[A-Z0-9]+)\.js(\.map)?$/,
  /^checkpoints\/(README\.md|((connect-four|copy|dates|digits|grammar|looking|pronunciation-small|proving|stories|table)\.safetensors|ql\.mm\.gz))$/,
  /^dist\/(cli(-[A-Z0-9]+)?|runWorker|worker|(worker|page|alignment)\.script)\.js$/,
  /^dist\/(index|core|compile|decode|graph|layers|full|import|learn|listen|metamath|models|parse|pronounce|questions|search|sweep|tasks|trace|run|threads|worker)\.d\.ts$/,
  /^dist\/tapehead(\.full|\.run|\.threads)?\.wasm(\.js)?$/,
  /^dist\/tapehead\.wasm\.d\.ts$/,
  /^dist\/types\/(bindings|assembly|cli|runs)\/[\w/]+\.d\.ts$/,
];

contents("holds nothing but the library, its declarations and maps, the command, and what says what it is", () => {
  assert.equal(
    installed.files.filter((file) => !expected.some((pattern) => pattern.test(file))),
    [],
  );
});

contents("holds everything that package.json names", () => {
  const named = Object.values(manifest.exports).flatMap((to) => (typeof to === "string" ? [to] : Object.values(to)));
  for (const file of [...named, ...Object.values(manifest.bin)])
    assert.ok(existsSync(join(home, file.replace("*", ""))), file);
});

contents("holds declarations only where a public one leads to them", () => {
  const entries = Object.values(manifest.exports).flatMap((to) => (typeof to === "object" ? [to["types"]!] : []));
  const program = ts.createProgram(
    entries.map((file) => join(home, file)),
    { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext },
  );
  const used = program.getSourceFiles().map(({ fileName }) => fileName);
  const unused = installed.files.filter((file) => file.endsWith(".d.ts") && !used.some((name) => name.endsWith(file)));
  assert.equal(unused, []);
});

contents("names no place of the machine that built it", () => {
  const texts = installed.files.filter((file) => /\.(js|ts|map|json)$/.test(file));
  assert.equal(
    texts.filter((file) => readFileSync(join(home, file), "utf8").includes(root)),
    [],
  );
});
contents.run();

const shaking = suite("what a bundler takes of it");

shaking("no file does anything by being imported, as `sideEffects: false` says", async () => {
  // Beside no package.json, bundlers believe what they see.
  const loose = join(folder, "loose");
  cpSync(join(home, "dist"), loose, { recursive: true });
  // What these are there for is to do something: `sideEffects` names them.
  const isScript = (name: string): boolean => /^(cli|runWorker|sweep|worker)\b/.test(name);
  // Tables of a decoder that is not ours, which `sideEffects: false` leaves out all the same.
  const isDecoder = (name: string): boolean =>
    name === "decodeWav.js" || readFileSync(join(loose, name), "utf8").includes("// node_modules/@audio/decode-wav/");
  const scripts = readdirSync(loose).filter((name) => name.endsWith(".js"));
  const decoders = scripts.filter(isDecoder).map((name) => `./${name}`);
  const library = scripts.filter((name) => !isScript(name) && !isDecoder(name));
  for (const file of library) {
    // What is imported later is a file of its own, as bundlers that split leave it; in one file it would be wrapped.
    const external = file === "threads.js" ? ["./full.js"] : decoders;
    const { text } = await bundle(folder, `import "./loose/${file}"`, { external });
    // Numbers made of numbers may stay: where nothing is called and no property is read, nothing happens.
    assert.match(text, /^(var [\w$=*<,-]+;|import[^";]*"[^"]+";|\s)*$/, `${file}: ${text.slice(0, 300)}`);
  }
});

for (const { name, code, conditions, most, without, within } of entrySets) {
  shaking(
    `${name}: at most ${most / 1000} kB gzipped${without ? `, and nothing of ${without.join(", ")}` : ""}`,
    async () => {
      const { gzipped, sources } = await bundle(folder, code, { conditions });
      assert.ok(gzipped <= most, `has ${gzipped} bytes`);
      const from = (part: string): string[] => [...sources].filter((source) => source.includes(part));
      for (const part of without ?? []) assert.equal(from(part), []);
      for (const part of within) assert.ok(from(part).length, `has nothing of ${part}`);
    },
  );
}
shaking.run();

const maps = suite("source maps");
const run = promisify(execFile);

/** What a program that fails writes. */
async function failureOf(file: string): Promise<string> {
  const failed = run(process.execPath, ["--enable-source-maps", file], { cwd: folder }).then(
    () => assert.unreachable("did not fail"),
    (error: { stderr: string }) => error.stderr,
  );
  return failed as Promise<string>;
}

/** The line of our source that a stack names for a file, from the place it names on. */
function placeIn(stack: string, file: string): string {
  const [, line, column] = new RegExp(`${file.replace(/[.]/g, "\\.")}:(\\d+):(\\d+)`).exec(stack) ?? [];
  assert.ok(line, `${file} is not in ${stack}`);
  return readFileSync(join(root, file), "utf8")
    .split("\n")
    [+line! - 1]!.slice(+column! - 1);
}

const wrong = `import { NeuralTuringMachine } from "tapehead";
new NeuralTuringMachine({ inputSize: 0, outputSize: 8 });`;

maps("lead from the package to the line and column of our sources", async () => {
  writeFileSync(join(folder, "wrong.js"), wrong);
  const stack = await failureOf("wrong.js");
  assert.match(placeIn(stack, "bindings/common/options.ts"), /^(throw )?new RangeError\(`\$\{what\} is /);
  assert.match(
    placeIn(stack, "bindings/systems/neuralTuringMachine/neuralTuringMachine.ts"),
    /^checkOptions\(this\.name, options, neuralTuringMachineRules\(\)\);$/,
  );
});

maps("lead there from a user's minified bundle, too", async () => {
  const { text, map } = await bundle(folder, wrong);
  writeFileSync(join(folder, "bundle.js"), `${text}\n//# sourceMappingURL=bundle.js.map\n`);
  writeFileSync(join(folder, "bundle.js.map"), map);
  const stack = await failureOf("bundle.js");
  assert.match(placeIn(stack, "bindings/common/options.ts"), /^(throw )?new RangeError\(`\$\{what\} is /);
  assert.match(
    placeIn(stack, "bindings/systems/neuralTuringMachine/neuralTuringMachine.ts"),
    /^checkOptions\(this\.name, options, neuralTuringMachineRules\(\)\);$/,
  );
});

maps("carry every source they name", () => {
  for (const file of installed.files.filter((name) => name.endsWith(".map"))) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(home, file), "utf8")) as {
      sources: string[];
      sourcesContent: (string | null)[];
    };
    sources.forEach((source, i) => {
      const truth = readFileSync(join(root, "dist", source), "utf8");
      assert.is(sourcesContent[i], truth, `${file}: ${source}`);
    });
  }
});
maps.run();

const types = suite("declarations");

for (const [moduleResolution, module] of [
  ["bundler", "esnext"],
  ["nodenext", "nodenext"],
]) {
  types(`hold for a strict user of all of them, with moduleResolution ${moduleResolution}`, () => {
    const samples = join(root, "tests/package");
    for (const file of readdirSync(samples)) cpSync(join(samples, file), join(folder, file));
    const json = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8")) as { compilerOptions: object };
    const config = { files: ["publicApi.ts"], compilerOptions: { ...json.compilerOptions, module, moduleResolution } };
    const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const program = ts.createProgram(fileNames, options);
    const faults = [...errors, ...ts.getPreEmitDiagnostics(program)];
    assert.is(ts.formatDiagnostics(faults, formatHost), "");

    const sample = program.getSourceFile(join(folder, "publicApi.ts"))!;
    const checker = program.getTypeChecker();
    const index = checker.getSymbolAtLocation(program.getSourceFile(join(home, "dist/index.d.ts"))!)!;
    const names = checker.getExportsOfModule(index).map(({ name }) => name);
    assert.ok(names.includes("Engine"));
    assert.equal(
      names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sample.text)),
      [],
    );
  });
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => folder,
  getNewLine: () => "\n",
};
types.after(() => installed.remove());
types.run();
