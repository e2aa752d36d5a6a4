import { readFileSync } from "node:fs";
import { Engine } from "../../bindings/engine/engine.js";
import { ThreadedEngine, type ThreadsOptions } from "../../bindings/engine/threaded.js";

/** An engine on the debug build, whose assertions hold, or on the binary that is shipped. */
export function testEngine(build: "debug" | "release" = "debug"): Promise<Engine> {
  return Engine.create({ bytes: built(build === "debug" ? "build/tapehead.debug.wasm" : "build/tapehead.wasm") });
}

/** An engine with threads, as `tapehead/threads` makes it. */
export function threadedTestEngine(options: ThreadsOptions, { patience = 20_000 } = {}): Promise<Engine> {
  const binary = { bytes: built("build/tapehead.threads.wasm") };
  const source = built("dist/worker.js").toString();
  return ThreadedEngine.start(options, { binary: () => binary, source, alone: () => testEngine("release"), patience });
}

const built = (file: string): Buffer<ArrayBuffer> => readFileSync(new URL(`../../${file}`, import.meta.url));
