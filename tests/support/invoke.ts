import { Console } from "node:console";
import { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Invocation {
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: string | Uint8Array;
}

/** What a program of Node sees of its process, and how it is set. */
const streams = ["stdin", "stdout", "stderr"] as const;

let invocations = 0;
let latest: Promise<unknown> = Promise.resolve();

/**
 * A program as in a process of its own: a module that does its work while it is evaluated, evaluated anew in this
 * process, whose folder, environment, arguments, streams and exit code are the program's meanwhile. What the module
 * imports is evaluated once. Invocations wait for each other.
 */
export function invoke(program: string, invocation: Invocation): Promise<Ended> {
  const result = latest.then(() => evaluate(program, invocation));
  latest = result.catch(() => undefined);
  return result;
}

async function evaluate(program: string, { words, folder, env, stdin }: Invocation): Promise<Ended> {
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  const given = { stdin: Readable.from(stdin.length ? [Buffer.from(stdin)] : []), ...outputs(ended) };
  const kept = {
    console: globalThis.console,
    argv: process.argv,
    env: process.env,
    exitCode: process.exitCode,
    folder: process.cwd(),
    streams: streams.map((name) => [name, Object.getOwnPropertyDescriptor(process, name)!] as const),
  };
  for (const name of streams) Object.defineProperty(process, name, { configurable: true, value: given[name] });
  globalThis.console = new Console(given);
  process.argv = [process.execPath, program, ...words];
  process.env = env;
  process.exitCode = undefined;
  process.chdir(folder);
  invocations += 1;
  try {
    await import(`${pathToFileURL(program).href}?invocation=${invocations}`);
    ended.code = Number(process.exitCode ?? 0);
  } catch (error) {
    ended.code = 1; // as Node ends a process
    ended.stderr += (error as Error).stack;
  } finally {
    for (const [name, descriptor] of kept.streams) Object.defineProperty(process, name, descriptor);
    globalThis.console = kept.console;
    process.argv = kept.argv;
    process.env = kept.env;
    process.exitCode = kept.exitCode;
    process.chdir(kept.folder);
  }
  return ended;
}

/** Streams into text, which are no terminals. */
function outputs(ended: Ended): Record<"stdout" | "stderr", Writable> {
  const into = (name: "stdout" | "stderr"): Writable =>
    new Writable({
      decodeStrings: true,
      write(chunk: Buffer, _encoding, done) {
        ended[name] += chunk.toString();
        done();
      },
    });
  return { stdout: into("stdout"), stderr: into("stderr") };
}
