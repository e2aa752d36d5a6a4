import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CheckpointError } from "../../bindings/checkpoint/checkpointError.js";
import { FileError, UsageError } from "../../cli/errors.js";
import { DisposedError } from "../../bindings/engine/engine.js";
import { LoadError } from "../../bindings/engine/load.js";
import { MemoryError } from "../../bindings/graph/memoryError.js";
import { ShapeError } from "../../bindings/graph/shape.js";
import { NotFiniteError } from "../../bindings/training/errors.js";

const classes = [
  CheckpointError,
  DisposedError,
  FileError,
  LoadError,
  MemoryError,
  NotFiniteError,
  ShapeError,
  UsageError,
];
const builtins = [TypeError, RangeError];

/** What engines say of their own accord. Text from a host's loader may be quoted in a LoadError. */
const internal =
  /Cannot (read|set|convert|mix|destructure)|not (a function|iterable|defined|extensible)|call stack|array length|Array buffer alloc|out of bounds|unreachable|\[object |BigInt value|is not JSON: Unexpected/;

/**
 * Why an error is not one of ours, or undefined if it is: an instance of our classes, or a TypeError or RangeError
 * that a `new` expression in our source made, and none that the engine threw while it ran our source.
 */
export function whyNotOurs(error: unknown): string | undefined {
  if (!(error instanceof Error)) return "it is no Error";
  if (!error.message) return "it says nothing";
  if (error.message.length > 2000) return "its message is endless";
  if (internal.test(error.message) && !(error instanceof LoadError)) return "its message is the engine's";
  if (classes.some((Class) => error instanceof Class)) return undefined;
  if (!builtins.some((Class) => error.constructor === Class)) return `it is a ${error.constructor.name}`;
  const made = madeAt(error);
  return made === undefined || made.startsWith(`new ${error.name}(`) ? undefined : `it was made at: ${made}`;
}

/** Throws unless an error is one of ours. */
export function expectOurs(error: unknown): void {
  const reason = whyNotOurs(error);
  if (reason) throw new Error(`Not one of our errors, since ${reason}: ${String(error)}`, { cause: error });
}

/** What a call returns, or undefined if it throws one of our errors. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    expectOurs(error);
    return undefined;
  }
}

/** As `attempt`, for promises. */
export async function attemptAsync<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    expectOurs(error);
    return undefined;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = new Map<string, string[]>();

/** The source text where an error was made, as far as the line goes; tsx maps stacks back to it. */
function madeAt({ stack = "" }: Error): string | undefined {
  const frame = /\n {4}at ([^\n]*)/.exec(stack)?.[1] ?? "";
  const [, path, line, column] = /(?:file:\/\/)?(\/[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (!path?.startsWith(`${root}bindings/`) && !path?.startsWith(`${root}cli/`)) return `outside of ours, ${frame}`;
  let lines = sources.get(path);
  if (!lines) sources.set(path, (lines = readFileSync(path, "utf8").split("\n")));
  return lines[Number(line) - 1]!.slice(Number(column) - 1);
}
