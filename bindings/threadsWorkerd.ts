/** `tapehead/threads` for workerd, which has no threads: one does the work, with the same bits. */
import type { Engine as CoreEngine } from "./engine/engine.js";
import { expectThreadsOptions, type ThreadsOptions } from "./engine/threadsOptions.js";
import { Engine as SingleEngine } from "./engine/hosts/fullWorkerd.js";

/** The engine, on the one thread there is. */
export class Engine extends SingleEngine {
  /**
   * An engine, ready to run and train models; `engine.threads` is 1, whatever was asked for.
   *
   * @throws LoadError when the host cannot compile WebAssembly.
   * @example
   * const engine = await Engine.create({ threads: 4 });
   */
  static override async create(options: ThreadsOptions = {}): Promise<CoreEngine> {
    expectThreadsOptions(options);
    return super.create();
  }
}

export { ThreadError } from "./engine/threadError.js";
export type { ThreadsOptions } from "./engine/threadsOptions.js";
export * from "./library.js";
