import { constants } from "node:fs";
import { access, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { loadCheckpoint } from "../bindings/full.js";
import { models } from "../bindings/models.js";
import { loadCompiled, type CompiledModel } from "../bindings/run.js";
import { FileError } from "./errors.js";
import { heldBy, type Held } from "./held.js";
import type { Saved } from "./models.js";

const read = (file: string): Promise<Uint8Array> => readFile(file).catch((error) => fail(`Cannot read ${file}`, error));

/** @throws FileError when the file cannot be read, CheckpointError when it is no model of ours. */
export async function readCheckpoint(file: string): Promise<{ checkpoint: Saved; bytes: Uint8Array }> {
  const bytes = await read(file);
  return { checkpoint: loadCheckpoint(bytes, { file, models }), bytes };
}

/** The bytes of any file. @throws FileError when it cannot be read. */
export const readBytes = async (file: string): Promise<Uint8Array> => new Uint8Array(await read(file));

/** A saved model or a compiled one. @throws as readCheckpoint does. */
export async function readModel(file: string): Promise<{ model: Saved | CompiledModel; bytes: Uint8Array }> {
  const bytes = await read(file);
  return {
    model: isCompiled(bytes) ? loadCompiled(bytes, { file }) : loadCheckpoint(bytes, { file, models }),
    bytes,
  };
}

/** The same, as commands take it. @throws as readModel does. */
export async function readHeld(file: string): Promise<Held> {
  const { model } = await readModel(file);
  return heldBy(file, model);
}

/** Whether a file says that it is a compiled model; whether that is true, loading finds out. */
function isCompiled(bytes: Uint8Array): boolean {
  const header = new TextDecoder("latin1").decode(bytes.subarray(8, 0x1_0000));
  return header.includes('"format":"tapehead compiled"');
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

const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is a file, and must be a folder",
  ENAMETOOLONG: "the name is too long",
};

function fail(attempt: string, error: unknown): never {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const missing = attempt.startsWith("Cannot read") ? "there is no such file" : "there is no such folder";
  const reason = code === "ENOENT" ? missing : (reasons[code] ?? message);
  throw new FileError(`${attempt}: ${reason}`, { cause: error });
}
