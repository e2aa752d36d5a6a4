import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { invoke, type Ended, type Invocation } from "./invoke.js";

export type { Ended } from "./invoke.js";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface Given {
  stdin?: string | Uint8Array;
  env?: NodeJS.ProcessEnv;
  /** Runs it in a process of its own, for what only that shows: that it ends, what a shell gets, what pipes carry. */
  alone?: boolean;
  /** Looks at the process, which then is one of its own, at each whole line that it writes to stdout, from 1. */
  onLine?: (child: ChildProcess, line: number) => void;
}

/** The command line, in a folder of its own that is gone with the process. */
export function commandLine(): {
  readonly folder: string;
  /** Runs it to its end; words with spaces are in single quotes. */
  tapehead(args: string, given?: Given): Promise<Ended>;
} {
  if (!existsSync(program)) throw new Error("There is no dist/cli.js; npm run build makes it");
  const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    tapehead(args, { stdin = "", env = {}, alone = false, onLine } = {}) {
      const { FORCE_COLOR: _f, NO_COLOR: _n, ...inherited } = process.env;
      const words = args.match(/'[^']*'|\S+/g)!.map((word) => word.replaceAll("'", ""));
      const invocation = { words, folder, env: { ...inherited, ...env }, stdin };
      return alone || onLine ? run(invocation, onLine) : invoke(program, invocation);
    },
  };
}

function run({ words, folder, env, stdin }: Invocation, onLine: Given["onLine"]): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (ended.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (ended.stderr += text));
  let lines = 0;
  child.stdout.on("data", (text: string) => {
    for (const character of text) if (character === "\n") onLine?.(child, ++lines);
  });
  child.stdin.on("error", () => undefined); // it may end without reading
  child.stdin.end(stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

/** Lines of JSON. */
export const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
