import { readFileSync } from "node:fs";
import { instantiate } from "@assemblyscript/loader";
import { Engine } from "../../bindings/engine/engine.js";
import type { Binary } from "../../bindings/engine/load.js";
import { Memory } from "../../bindings/engine/memory.js";
import { ThreadedEngine } from "../../bindings/engine/threaded.js";
import type { Patience } from "../../bindings/engine/threadPool.js";
import type { ThreadsOptions } from "../../bindings/engine/threadsOptions.js";

/** With assertions, as it is shipped, or as it is shipped with `tapehead/run`. */
export type Build = "debug" | "release" | "run";

/** An engine on the debug build, whose assertions hold, or on the binary that is shipped. */
export function testEngine(build: Build = "debug"): Promise<Engine> {
  if (build === "debug") return DebugEngine.load();
  return Engine.create({ module: compiled(build === "run" ? "build/tapehead.run.wasm" : "build/tapehead.full.wasm") });
}

/** Its assertions say which one failed, through what AssemblyScript's loader imports; the shipped binary has none. */
class DebugEngine extends Engine {
  static async load(): Promise<Engine> {
    const { exports } = await instantiate(compiled("build/tapehead.debug.wasm"), {});
    const binary = exports as unknown as Binary;
    return new this(binary, new Memory(binary.memory));
  }
}

/** An engine with threads, as `tapehead/threads` makes it; what starts on a busy machine may be slow. */
export function threadedTestEngine(
  options: ThreadsOptions,
  { start = 120_000, run = 120_000 }: Partial<Patience> = {},
): Promise<Engine> {
  const binary = { bytes: built("build/tapehead.threads.wasm") };
  const source = built("dist/worker.js").toString();
  const patience = { start, run };
  return ThreadedEngine.start(options, { binary: () => binary, source, alone: () => testEngine("release"), patience });
}

const built = (file: string): Buffer<ArrayBuffer> => readFileSync(new URL(`../../${file}`, import.meta.url));

/** Read once, so that a long run is not disturbed by a build. */
const modules = new Map<string, WebAssembly.Module>();

function compiled(file: string): WebAssembly.Module {
  let module = modules.get(file);
  if (!module) modules.set(file, (module = new WebAssembly.Module(built(file))));
  return module;
}

/** Bytes that somebody keeps in an engine's memory. The arena is not kept: every run shares it. */
export const keptIn = (engine: Engine): number => engine.memory.used - Math.ceil(engine.arena(0).bytes / 64) * 64;
