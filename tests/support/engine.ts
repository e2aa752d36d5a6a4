import { readFileSync } from "node:fs";
import { Engine } from "../../bindings/engine/engine.js";

/** An engine on the debug build, whose assertions hold, or on the binary that is shipped. */
export function testEngine(build: "debug" | "release" = "debug"): Promise<Engine> {
  const file = build === "debug" ? "tapehead.debug.wasm" : "tapehead.wasm";
  return Engine.create({ bytes: readFileSync(new URL(`../../build/${file}`, import.meta.url)) });
}

/** Bytes that somebody keeps in an engine's memory. The arena is not kept: every run shares it. */
export const keptIn = (engine: Engine): number => engine.memory.used - Math.ceil(engine.arena(0).bytes / 64) * 64;
