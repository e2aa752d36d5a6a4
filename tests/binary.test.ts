import binaryen from "binaryen";
import { existsSync, readFileSync } from "node:fs";
import ts from "typescript";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { unembed, type EmbeddedBinary } from "../bindings/engine/embedded.js";
import { faultsOf } from "./support/binary.js";

const dist = new URL("../dist/", import.meta.url);
if (!existsSync(new URL("index.js", dist))) throw new Error("There is no dist/index.js; npm run build makes it");
const wasm = readFileSync(new URL("tapehead.wasm", dist));

function binaryOf(text: string): Uint8Array {
  const module = binaryen.parseText(`(module ${text})`);
  module.setFeatures(binaryen.Features.All);
  return module.emitBinary();
}

const binary = suite("the shipped binary");

binary("is functions over memory, and runs everywhere with the same bits", () => {
  assert.equal(faultsOf(wasm), []);
});

binary("the one that only runs models is the same, without what trains", () => {
  const bytes = readFileSync(new URL("tapehead.run.wasm", dist));
  assert.equal(faultsOf(bytes), []);
  const full = readFileSync(new URL("tapehead.full.wasm", dist)); // which runs and trains the same systems
  assert.ok(bytes.length < 0.5 * full.length, `has ${bytes.length} bytes`);
});

binary("the one with the kernels of every model is the same, with more", () => {
  const bytes = readFileSync(new URL("tapehead.full.wasm", dist));
  assert.equal(faultsOf(bytes), []);
  assert.ok(bytes.length > wasm.length, `has ${bytes.length} bytes`);
});

binary("the one for threads is the same, but for a memory that is shared and imported", () => {
  const bytes = readFileSync(new URL("tapehead.threads.wasm", dist));
  assert.equal(faultsOf(bytes, { threads: true }), []);
  assert.ok(faultsOf(bytes).includes("has a shared memory"));
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  assert.equal(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});

binary("has at most 100 kB", () => {
  assert.ok(wasm.length <= 100_000, `has ${wasm.length} bytes`);
});

binary("offers its memory and one function", () => {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  assert.equal(names.sort(), ["memory", "run"]);
});

const faulty: readonly (readonly [text: string, fault: string])[] = [
  [`(import "env" "abort" (func))`, "imports the function env.abort"],
  [`(import "env" "memory" (memory 1)) (import "env" "g" (global i32))`, "imports the global env.g"],
  [`(import "env" "memory" (memory 1 1 shared))`, "has a shared memory"],
  [`(memory 1 1 shared)`, "has a shared memory"],
  [`(global i32 (i32.const 11)) (global (mut i32) (i32.const 0))`, "global 1 is mutable"],
  [`(memory 1) (data (i32.const 0) "x")`, "has data"],
  [`(func $f) (start $f)`, "has a start function"],
  [
    `(func (param v128) (result v128)
       (f32x4.relaxed_madd (local.get 0) (local.get 0) (local.get 0)))`,
    "has the instruction f32x4.relaxed_madd",
  ],
  [
    `(memory 1) (func (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))`,
    "has the instruction i32.atomic.rmw.add",
  ],
  [`(memory 1) (func (atomic.fence))`, "has the instruction atomic.fence"],
];
for (const [text, fault] of faulty) {
  binary(`the check finds a module that ${fault}`, () => {
    assert.ok(faultsOf(binaryOf(text)).includes(fault), faultsOf(binaryOf(text)).join());
  });
}

binary("the check has nothing against a module that is right", () => {
  assert.equal(faultsOf(binaryOf(`(import "env" "memory" (memory 1)) (global i32 (i32.const 1)) (func)`)), []);
});
binary.run();

/** A file and all that it imports, each once. */
function withImports(name: string, files = new Map<string, string>()): Map<string, string> {
  if (files.has(name)) return files;
  const text = readFileSync(new URL(name, dist), "utf8");
  files.set(name, text);
  for (const { fileName } of ts.preProcessFile(text).importedFiles) {
    assert.match(fileName, /^\.\//, `${name} imports ${fileName}`);
    if (!/\.wasm(\?module)?$/.test(fileName)) withImports(fileName.slice(2), files);
  }
  return files;
}

const library = suite("the shipped library");

const variants = (entry: string): string[] => ["", "Workerd", "EdgeLight"].map((host) => `${entry}${host}.js`);
for (const entry of ["core.js", ...["index", "full", "run", "threads"].flatMap(variants)]) {
  library(`${entry} imports nothing but what is beside it`, () => assert.ok(withImports(entry).size >= 2));
}

library("the binary inside is the binary beside it", async () => {
  const embedded = (await import(new URL("tapehead.wasm.js", dist).href)) as { default: EmbeddedBinary };
  assert.equal(unembed(embedded.default), Uint8Array.from(wasm));
});

library("has nothing that only Node has", () => {
  const text = [...withImports("index.js").values()].join("\n");
  assert.not.match(text, /\bnode:/);
  assert.not.match(text, /\bBuffer\b/);
});

library("touches WebAssembly only when an engine is made, and says so where there is none", async () => {
  const host = globalThis as { WebAssembly?: typeof WebAssembly };
  const { WebAssembly: kept } = host;
  delete host.WebAssembly;
  try {
    // A query makes it a module of its own, which no other test has loaded.
    const library = (await import(new URL("index.js?without", dist).href)) as typeof import("../bindings/index.js");
    const error = await library.Engine.create().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, library.LoadError);
    assert.match(String(error), /^LoadError: This host has no WebAssembly/);
  } finally {
    host.WebAssembly = kept!;
  }
});
library.run();
