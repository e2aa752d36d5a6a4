import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** No host needs a tenth of it; it only keeps one that hangs from holding up the others. */
export const PATIENCE = 180_000;

/** Runs a program to its end and returns what it printed. @throws with what it said, when it fails. */
export function output(file: string, args: readonly string[], cwd?: string, timeout = PATIENCE): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { cwd, timeout, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const reason = error.killed ? `it had not ended after ${timeout / 1000} s` : error.message.split("\n", 1)[0]!;
      reject(new Error([reason, stderr.trim() || stdout.trim()].filter(Boolean).join("\n"), { cause: error }));
    });
  });
}

/** The first of a program's namesakes on the PATH. */
export function onPath(program: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
