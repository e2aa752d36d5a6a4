import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../bindings/core.js";

const bytes = readFileSync(new URL("../build/tapehead.wasm", import.meta.url));
const load = suite("loading");

const sources = {
  bytes: () => ({ bytes }),
  "a module": () => ({ module: new WebAssembly.Module(bytes) }),
  "a namespace with a module": () => ({ module: { default: new WebAssembly.Module(bytes) } }),
  // As Vercel's runtime does; no instanceof knows it.
  "a module compiled in another realm": () => ({
    module: runInNewContext("new WebAssembly.Module(bytes)", { bytes }) as WebAssembly.Module,
  }),
};
for (const [name, source] of Object.entries(sources)) {
  load(`an engine is made from ${name}`, async () => {
    using engine = await Engine.create(source());
    assert.ok(engine.memory.allocate(1024) > 0);
    assert.ok(engine.memory.f32.length >= 256);
  });
}

load.run();
