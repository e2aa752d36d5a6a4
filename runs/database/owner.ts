import { linkSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The process that has a folder's database open. */
interface Owner {
  readonly id: number;
  /** Where it answers others: a socket, or a pipe on Windows. */
  readonly path: string;
}

/** This process owns the folder, until it lets go. */
export interface Ownership {
  readonly path: string;
  release(): void;
}

const NAME = "owner.json";

/**
 * Makes this process the owner of a folder, unless another one that still runs is.
 * @throws an error of the file system where the folder cannot be written
 */
export function own(folder: string): Ownership | Owner {
  const file = join(folder, NAME);
  const path = socketPath();
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ id: process.pid, path } satisfies Owner));
  try {
    for (;;) {
      try {
        linkSync(mine, file); // there is no second file of that name, whoever else tries
        return { path, release: () => release(file, path) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = readOwner(file);
      if (owner && isRunning(owner.id)) return owner;
      if (owner) evict(file, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

export const isOwned = (owned: Ownership | Owner): owned is Ownership => "release" in owned;

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined; // it has just let go
  }
}

/** Takes away the file of a process that has died; puts it back if it was, meanwhile, another's. */
function evict(file: string, dead: Owner): void {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else did
  }
  if (readOwner(aside)?.id !== dead.id) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string, path: string): void {
  if (readOwner(file)?.path === path) rmSync(file, { force: true });
}

/** In a folder of this user's alone; names in the database's own folder may be longer than a socket's can be. */
function socketPath(): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\tapehead-${process.pid}-${Date.now()}`;
  return join(mkdtempSync(join(tmpdir(), "tapehead-")), "database");
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}
