import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Engine } from "../bindings/core.js";

/** An engine on what was built: one thread from the binary alone, several from the package. */
export async function engineOf(root: string, threads: number): Promise<Engine> {
  if (threads === 1) return Engine.create({ bytes: readFileSync(join(root, "dist/tapehead.full.wasm")) });
  const { Engine: Threaded } = (await import(pathToFileURL(join(root, "dist/threads.js")).href)) as {
    Engine: { create(options: { threads: number }): Promise<Engine> };
  };
  return Threaded.create({ threads });
}
