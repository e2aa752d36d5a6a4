import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import about from "../../package.json" with { type: "json" };
import { FileError } from "../errors.js";
import { writeWhole } from "../files.js";
import { workerFiles, type WorkerKind } from "./source.js";

/**
 * Writes a worker into a folder, all but the model: what `npx wrangler deploy` needs. Files that are there are kept, since
 * their owner may have changed them, and named in what is returned.
 *
 * @throws FileError when the folder cannot be made, or written to.
 */
export async function writeWorker(folder: string, file: string, kind: WorkerKind): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === "EEXIST" || cause.code === "ENOTDIR" ? "it is a file" : cause.message;
    throw new FileError(`Cannot write into ${folder}: ${reason}`, { cause });
  });
  const kept: string[] = [];
  for (const [name, text] of Object.entries(workerFiles(named(file), about.version, kind))) {
    const path = join(folder, name);
    if (existsSync(path)) kept.push(name);
    else await writeWhole(path, new TextEncoder().encode(text));
  }
  return kept;
}

/** A name that workers may have: small letters, digits and dashes. */
const named = (file: string): string =>
  basename(file)
    .replace(/\.safetensors$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 54) || "model";
