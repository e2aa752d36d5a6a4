import { readFileSync } from "node:fs";
import { Engine } from "../../bindings/engine/engine.js";

/** Read once, so that a long run is not disturbed by a build. */
const binaries = new Map<string, Uint8Array<ArrayBuffer>>();

/** An engine on the debug build, whose assertions hold, or on the binary that is shipped. */
export function testEngine(build: "debug" | "release" = "debug"): Promise<Engine> {
  const file = build === "debug" ? "tapehead.debug.wasm" : "tapehead.wasm";
  let bytes = binaries.get(file);
  if (!bytes) {
    bytes = Uint8Array.from(readFileSync(new URL(`../../build/${file}`, import.meta.url)));
    binaries.set(file, bytes);
  }
  return Engine.create({ bytes });
}

/** Bytes that somebody keeps in an engine's memory. The arena is not kept: every run shares it. */
export const keptIn = (engine: Engine): number => engine.memory.used - Math.ceil(engine.arena(0).bytes / 64) * 64;
