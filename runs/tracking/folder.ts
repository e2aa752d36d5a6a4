import { mkdirSync, statSync } from "node:fs";
import { LogError, onFile } from "./errors.js";

/** Makes a folder for logs, and those it is in, where they are not there. @throws LogError */
export function makeFolder(folder: string): void {
  const isFile = onFile("write", folder, () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false);
  if (isFile) throw new LogError(`Cannot log into ${folder}: it is a file, and must be a folder`, folder);
  onFile("write", folder, () => mkdirSync(folder, { recursive: true }));
}
