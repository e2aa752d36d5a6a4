import binaryen from "binaryen";
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { unembed } from "../bindings/engine/embedded.js";
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
  // Not the ends of texts, such as "linear: from".
  for (const [, from] of text.matchAll(/(?:[}\w$]\s*from|\bimport)\s*"([^"]+)"/g)) {
    assert.match(from!, /^\.\//, `${name} imports ${from}`);
    if (!from!.endsWith(".wasm")) withImports(from!.slice(2), files);
  }
  return files;
}

const library = suite("the shipped library");

for (const [entry, most] of [
  ["index.js", 60_000],
  ["core.js", 32_000],
  ["workerd.js", 32_000],
] as const) {
  library(`${entry} has at most ${most / 1000} kB gzipped, and imports nothing but what is beside it`, () => {
    const size = [...withImports(entry).values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
    assert.ok(size <= most, `has ${size} bytes`);
  });
}

library("the binary inside is the binary beside it", () => {
  const [, alphabet, text] = /\{alphabet:(\[[^\]]*\]),text:"([^"]*)"\}/.exec(
    readFileSync(new URL("index.js", dist), "utf8"),
  )!;
  assert.equal(unembed({ alphabet: JSON.parse(alphabet!) as number[], text: text! }), Uint8Array.from(wasm));
});

library("touches WebAssembly only when an engine is made", () => {
  const text = [...withImports("core.js").values()].join("\n");
  assert.not.match(text, /\bnode:/);
  assert.not.match(text, /\bBuffer\b/);
});
library.run();
