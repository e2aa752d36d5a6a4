import { linkSync, mkdtempSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseError } from "../errors.js";

/** The process that has a folder's database open. */
export interface Owner {
  readonly id: number;
  readonly host: string;
  /** Where it answers others: a socket, or a pipe on Windows. No two owners have the same. */
  readonly path: string;
}

/** This process owns the folder, until it lets go. */
export interface Ownership {
  readonly path: string;
  release(): void;
}

/** The file that says who owns a folder. */
export const OWNER = "owner.json";

/** What this process owns, by the paths: its number may have been another's, as in a container that was started again. */
const owned = new Set<string>();

/**
 * Makes this process the owner of a folder, unless another one that still runs is, or one of another host, which nobody
 * here can tell.
 * @throws an error of the file system where the folder cannot be written
 */
export function own(folder: string): Ownership | Owner {
  const head = join(folder, OWNER);
  const path = socketPath();
  const mine = `${head}.${process.pid}.${nameOf(path)}`;
  writeFileSync(mine, JSON.stringify({ id: process.pid, host: hostname(), path } satisfies Owner));
  try {
    for (;;) {
      const outcome = attempt(head, mine);
      if (outcome === "again") continue;
      if (outcome !== "owned") return outcome;
      owned.add(path);
      return { path, release: () => release(head, path) };
    }
  } finally {
    rmSync(mine, { force: true });
    if (!owned.has(path)) removeSocket(path);
  }
}

export const isOwned = (it: Ownership | Owner): it is Ownership => "release" in it;

/**
 * Many may find a dead owner at the same time, and only one may follow it: who makes the file that is named after the dead
 * owner, which is the only one of that name as long as the dead one's own is the head. Then it takes the head's place.
 */
function attempt(head: string, mine: string): "owned" | "again" | Owner {
  if (linked(mine, head)) return "owned";
  const first = readOwner(head);
  const followers: string[] = [];
  for (let last = first; last; last = readOwner(followers.at(-1)!)) {
    if (isRunning(last)) return last;
    const follower = `${head}.after.${nameOf(last.path)}`;
    followers.push(follower);
    if (!linked(mine, follower)) continue; // its owner may have died before it had taken the head's place
    if (readOwner(head)?.path !== first!.path) {
      rmSync(follower, { force: true });
      return "again"; // somebody else has followed, and ended
    }
    renameSync(mine, head);
    for (const file of followers) rmSync(file, { force: true });
    removeSocket(first!.path);
    return "owned";
  }
  return "again"; // it has just let go
}

/** Whether there was no file of that name, whoever else tries. */
function linked(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Undefined where there is none any more. @throws DatabaseError for a file that this library has not written */
function readOwner(file: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
  try {
    return JSON.parse(text) as Owner;
  } catch (cause) {
    throw new DatabaseError(`Cannot read who has the database open: ${file} is no JSON; delete it if nobody has`, {
      cause,
    });
  }
}

function release(head: string, path: string): void {
  if (readOwner(head)?.path === path) rmSync(head, { force: true });
  owned.delete(path);
  removeSocket(path);
}

/** In a folder of this user's alone; names in the database's own folder may be longer than a socket's can be. */
function socketPath(): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\tapehead-${process.pid}-${Date.now()}-${owned.size}`;
  return join(mkdtempSync(join(tmpdir(), "tapehead-")), "database");
}

/** What tells a path from all others, as a part of a file's name. */
const nameOf = (path: string): string => path.replace(/[^\w-]+/g, ".");

function removeSocket(path: string): void {
  if (process.platform === "win32") return;
  try {
    rmSync(path, { force: true });
    rmdirSync(dirname(path));
  } catch {
    // another user's, or gone
  }
}

function isRunning({ id, host, path }: Owner): boolean {
  if (host !== hostname()) return true;
  if (id === process.pid) return owned.has(path);
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}
