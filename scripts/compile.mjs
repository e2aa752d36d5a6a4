#!/usr/bin/env node
/**
 * Compiles binaries by AssemblyScript, each by its target in asconfig.json: `compile.mjs release full`. All in one
 * process, since the optimizer is itself WebAssembly: its own compilation takes as long as that of a binary.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// The optimizer has many functions that these binaries never need.
setFlagsFromString("--wasm-lazy-compilation");
const { default: asc } = await import("assemblyscript/asc");
const { hoistConstants } = await import("./hoistConstants.mjs");

/** What a target has beside the entries and options of the configuration. */
const entries = { threads: ["assembly/threads.ts"] };
const { targets } = JSON.parse(readFileSync("asconfig.json", "utf8"));

for (const target of process.argv.slice(2)) {
  const args = [...(entries[target] ?? []), "--config", "asconfig.json", "--target", target];
  const { error } = await asc.main(args, { stdout: process.stdout, stderr: process.stderr });
  if (error) throw error;
  const { outFile } = targets[target];
  const hoisted = outFile.replace(/\.raw\.wasm$/, ".wasm");
  if (hoisted !== outFile) writeFileSync(hoisted, hoistConstants(readFileSync(outFile)));
}
