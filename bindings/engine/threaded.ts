import { Engine } from "./engine.js";
import { load, compile, type BinarySource, type ThreadsBinary } from "./load.js";
import { Memory } from "./memory.js";
import { MemoryError } from "../graph/memoryError.js";
import { ThreadPool, type Patience } from "./threadPool.js";
import { hasThreads, mayBlock } from "./thread.js";
import { expectThreadsOptions, LEAST, type ThreadsOptions } from "./threadsOptions.js";

/** What an engine with threads is made of. */
export interface ThreadsParts {
  readonly binary: () => BinarySource;
  /** The script of a thread. */
  readonly source: string;
  /** Makes an engine where there are no threads. */
  readonly alone: () => Promise<Engine>;
  readonly patience?: Patience;
}

const PAGE = 65_536;
const GIBI = 0x4000_0000;

/** An engine whose work is shared by threads. */
export class ThreadedEngine extends Engine {
  /** @throws ThreadError when a thread cannot be started, MemoryError when the host does not give the memory. */
  static async start(options: ThreadsOptions, parts: ThreadsParts): Promise<Engine> {
    const { threads = cores(), memory: bytes, worker, ...given } = options;
    expectThreadsOptions({ threads, ...(bytes !== undefined && { memory: bytes }) });
    if (!hasThreads() || (threads === 1 && mayBlock())) return parts.alone();
    const shared = bytes === undefined ? largest() : sharedMemory(bytes);
    const module = await compile(Object.keys(given).length ? given : parts.binary());
    const binary = await load<ThreadsBinary>(module, shared);
    const memory = new Memory(shared);
    const { source, patience } = parts;
    const pool = await ThreadPool.start({
      binary,
      module,
      memory,
      threads,
      worker,
      source,
      ...(patience && { patience }),
    });
    return new this(binary, memory, pool);
  }
}

function cores(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  const os = process()?.getBuiltinModule?.("node:os") as { availableParallelism?(): number } | undefined;
  return Math.max(1, os?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1);
}

const process = (): { getBuiltinModule?(name: string): unknown } | undefined =>
  (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;

/** Some hosts refuse a large memory even where nothing of it is used yet. */
function largest(): WebAssembly.Memory {
  for (let bytes = GIBI; ; bytes /= 2) {
    try {
      return sharedMemory(bytes);
    } catch (error) {
      if (bytes <= 4 * LEAST) throw error;
    }
  }
}

/** Shared memory that has all its pages from the start: letting it grow is broken in some engines. */
function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    throw new MemoryError(bytes, 0);
  }
}
