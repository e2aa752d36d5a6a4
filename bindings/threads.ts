/** Tapehead with threads: the same bits, sooner. Where a host has none to offer, one thread does the work. */
import binary from "../build/tapehead.threads.wasm?embed";
import source from "./engine/worker.ts?script";
import { unembed } from "./engine/embedded.js";
import { Engine as CoreEngine } from "./engine/engine.js";
import { ThreadedEngine } from "./engine/threaded.js";
import type { ThreadsOptions } from "./engine/threadsOptions.js";

/** The engine, on as many threads as the machine has cores. */
export class Engine extends ThreadedEngine {
  /**
   * An engine, ready to run and train models; `engine.threads` says how many threads it got.
   *
   * In Node, Deno and Bun and in workers the calling thread is one of them. On a page it is not: training leaves the
   * page free, and `run` and `session`, which answer at once, compute on the page's own thread.
   *
   * @throws ThreadError when a thread cannot be started, LoadError when the host may not compile WebAssembly.
   * @example
   * const engine = await Engine.create({ threads: 4 });
   */
  static override create(options: ThreadsOptions = {}): Promise<CoreEngine> {
    const alone = async (): Promise<CoreEngine> => (await import("./full.js")).Engine.create();
    return this.start(options, { binary: () => ({ bytes: unembed(binary) }), source, alone });
  }
}

export { ThreadError } from "./engine/threadError.js";
export type { ThreadsOptions } from "./engine/threadsOptions.js";
export * from "./library.js";
