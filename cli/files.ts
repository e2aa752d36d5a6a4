import { constants } from "node:fs";
import { access, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { loadCheckpoint, type ModelClass } from "../bindings/full.js";
import { models } from "../bindings/models.js";
import { loadCompiled, type CompiledModel } from "../bindings/run.js";
import { reasonOf } from "../runs/common/reasons.js";
import { FileError, UsageError } from "./errors.js";
import { UnknownModelError } from "../bindings/declarations.js";
import { heldBy, type Held } from "./held.js";
import type { AnyModel, Saved } from "./models.js";
import { classOf, type OwnModule } from "./ownModule.js";
import { visible } from "../bindings/common/visible.js";

const read = (file: string): Promise<Uint8Array> => readFile(file).catch((error) => fail(`Cannot read ${file}`, error));

/**
 * A saved model of a class of ours, or of a user's module.
 * @throws FileError when the file cannot be read, UsageError when its model is of another class, CheckpointError when it
 * cannot be loaded.
 */
export async function readCheckpoint(file: string, own?: OwnModule): Promise<{ checkpoint: Saved; bytes: Uint8Array }> {
  const bytes = await read(file);
  return { checkpoint: loadSaved(bytes, file, own), bytes };
}

function loadSaved(bytes: Uint8Array, file: string, own?: OwnModule): Saved {
  const known: readonly ModelClass<AnyModel>[] = models;
  try {
    return loadCheckpoint(bytes, { file, models: own ? [classOf(own), ...known] : known });
  } catch (error) {
    if (!(error instanceof UnknownModelError)) throw error;
    const here = own ? `, and ${own.file} exports a ${own.model.name}` : "";
    const advice =
      "Name the module that exports such a model: `--module ./mine.js` for run, trace, inspect and compile, " +
      "`tapehead train ./mine.js` for --resume and --from";
    throw new UsageError(`${file} holds a ${visible(error.model)}, which is no class of Tapehead's${here}. ${advice}`, {
      cause: error,
    });
  }
}

/** The bytes of any file. @throws FileError when it cannot be read. */
export const readBytes = async (file: string): Promise<Uint8Array> => new Uint8Array(await read(file));

/** A saved model or a compiled one. @throws as readCheckpoint does. */
export async function readModel(
  file: string,
  own?: OwnModule,
): Promise<{ model: Saved | CompiledModel; bytes: Uint8Array }> {
  const bytes = await read(file);
  return {
    model: isCompiled(bytes) ? loadCompiled(bytes, { file }) : loadSaved(bytes, file, own),
    bytes,
  };
}

/** The same, as commands take it. @throws as readModel does. */
export async function readHeld(file: string, own?: OwnModule): Promise<Held> {
  const { model } = await readModel(file, own);
  return heldBy(file, model, own);
}

/** Whether a file says that it is a compiled model; whether that is true, loading finds out. */
function isCompiled(bytes: Uint8Array): boolean {
  return headerOf(bytes).includes('"format":"tapehead compiled"');
}

/** Whether a saved model's numbers have half the bits, so that it is written again as it was. */
export const isHalf = (bytes: Uint8Array): boolean => headerOf(bytes).includes('"dtype":"F16"');

/** The header of a safetensors file, or what there is of it. */
function headerOf(bytes: Uint8Array): string {
  if (bytes.length < 8) return "";
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  return new TextDecoder("latin1").decode(bytes.subarray(8, 8 + Math.min(size, bytes.length)));
}

/** Finds out before hours of work whether a file can be written at the end of them. */
export async function expectWritable(file: string): Promise<void> {
  const attempt = `Cannot write ${file}`;
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) {
    throw new FileError(`${attempt}: it is ${there.isDirectory() ? "a folder" : "no plain file"}`);
  }
  try {
    if (there) await access(file, constants.W_OK);
    await removeLeftovers(file);
    await (await open(temporary(file), "w")).close();
    await unlink(temporary(file));
  } catch (error) {
    fail(attempt, error);
  }
}

/** Writes a file whole or not at all: under another name in the same folder first. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  try {
    const handle = await open(temporary(file), "w");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary(file), file);
    await syncFolder(dirname(file));
  } catch (error) {
    await unlink(temporary(file)).catch(() => undefined);
    fail(`Cannot write ${file}`, error);
  }
}

/** Makes the new name last through a loss of power, on systems that let a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Milliseconds after which nobody writes to a temporary file any more. */
const STALE = 600_000;

/**
 * Removes what processes left that were killed while they wrote this file. Others may be at work on another machine or
 * in another container, where we do not see them, so a file must be old, too.
 */
async function removeLeftovers(file: string): Promise<void> {
  const folder = dirname(file);
  const [before, after] = [`.${basename(file)}.`, ".tmp"];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const id = name.slice(before.length, -after.length);
    if (!/^\d+$/.test(id) || isRunning(Number(id))) continue;
    const path = join(folder, name);
    const { mtimeMs = Infinity } = (await stat(path).catch(() => undefined)) ?? {};
    if (Date.now() - mtimeMs > STALE) await unlink(path).catch(() => undefined);
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}

const temporary = (file: string): string => join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);

function fail(attempt: string, error: unknown): never {
  const missing = attempt.startsWith("Cannot read") ? "there is no such file" : "there is no such folder";
  throw new FileError(`${attempt}: ${reasonOf(error, missing)}`, { cause: error });
}
