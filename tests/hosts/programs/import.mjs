/** Prints the proof, with a library that was imported. For Node, Deno and Bun. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prove } from "./proof.js";

const [entry, options] = process.argv.slice(2);
const tapehead = await import(entry);
const checkpoint = readFileSync(fileURLToPath(import.meta.resolve("tapehead/checkpoints/copy.safetensors")));
const systems = entry === "tapehead" ? [] : (await import("./systems.js")).systems;
console.log(JSON.stringify(await prove(tapehead, checkpoint, JSON.parse(options) ?? undefined, systems)));
