import { Status } from "../../assembly/machine.js";
import { EngineCache } from "./cache.js";
import { compile, load, type Binary, type BinarySource } from "./load.js";
import { Memory } from "./memory.js";
import type { ThreadPool } from "./threadPool.js";

/** An engine was used after it was disposed of. */
export class DisposedError extends ReferenceError {
  override readonly name = "DisposedError";
}

/** Something that lives in an engine's memory and must leave it before the memory goes. */
export interface Resident {
  /** Brings home what is worth keeping. */
  leave(): void;
}

/**
 * The compute engine: one WebAssembly instance and its memory. Models run and train on it; it owns their programs and
 * buffers, and users dispose of nothing but the engine.
 */
export class Engine {
  /** Threads that programs run on. */
  readonly threads: number;
  #binary: Binary | undefined;
  #memory: Memory | undefined;
  #threadPool: ThreadPool | undefined;
  /** Buffers and frames of the program that runs; nothing in it outlasts a run. */
  #arena = { address: 0, bytes: 0 };
  readonly #residents = new Set<Resident>();
  /** What models and sessions keep here, such as loaded programs, by their own key. */
  #cache = new EngineCache();

  protected constructor(binary: Binary, memory: Memory, threadPool?: ThreadPool) {
    this.threads = threadPool?.threads ?? 1;
    this.#binary = binary;
    this.#memory = memory;
    this.#threadPool = threadPool;
  }

  /** @throws LoadError when the host cannot or may not compile WebAssembly. */
  static async create(source: BinarySource): Promise<Engine> {
    const binary = await load(await compile(source));
    return new this(binary, new Memory(binary.memory));
  }

  /**
   * @throws DisposedError after the engine was disposed of.
   *
   * @internal
   */
  get memory(): Memory {
    if (!this.#memory) throw this.#disposed();
    return this.#memory;
  }

  #disposed(): DisposedError {
    return new DisposedError("This engine was disposed of; create another with Engine.create()");
  }

  /**
   * A block for the calling thread that is at least as large as asked, the same one as long as it suffices.
   *
   * @internal
   */
  arena(bytes: number): { address: number; bytes: number } {
    const { memory } = this;
    if (bytes > this.#arena.bytes) {
      if (this.#arena.bytes) memory.free(this.#arena.address);
      this.#arena = { address: 0, bytes: 0 };
      this.#arena = { address: memory.allocate(bytes), bytes };
    }
    return this.#arena;
  }

  /**
   * Runs machines one after the other, in one call. `machines` is the address of their addresses.
   *
   * @internal
   */
  run(machines: number, count: number): Status {
    if (!this.#binary) throw this.#disposed();
    return this.#binary.run(machines, count);
  }

  /**
   * The threads that share this engine's work, if it has any.
   *
   * @internal
   */
  get threadPool(): ThreadPool | undefined {
    void this.memory;
    return this.#threadPool;
  }

  /**
   * Keeps something for an owner, for as long as both live or until the owner is released; see cache.ts.
   *
   * @internal
   */
  keep<T>(owner: object, key: string, make: () => T): T {
    return this.#cache.keep(owner, key, make);
  }

  /**
   * Frees what an owner keeps.
   *
   * @internal
   */
  release(owner: object): void {
    this.#cache.release(owner);
  }

  /**
   * Remembers something that must leave before the memory goes.
   *
   * @internal
   */
  settle(resident: Resident): void {
    this.#residents.add(resident);
  }

  /**
   * Forgets something that has left.
   *
   * @internal
   */
  unsettle(resident: Resident): void {
    this.#residents.delete(resident);
  }

  /** Frees everything. Models that were trained here keep what they learned. A second call does nothing. */
  dispose(): void {
    for (const resident of this.#residents) resident.leave();
    this.#residents.clear();
    this.#threadPool?.dispose();
    // Whoever holds on to a disposed engine holds no memory, and nothing is left to be freed in it.
    this.#threadPool = undefined;
    this.#cache = new EngineCache();
    this.#memory = undefined;
    this.#binary = undefined;
  }

  /** As `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}
