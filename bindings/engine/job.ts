import { Machine as Word, Status } from "../../assembly/machine.js";
import { MemoryError } from "../graph/memoryError.js";
import type { Engine } from "./engine.js";
import type { Machine } from "./machine.js";
import { ThreadError } from "./threadError.js";

/** What a loop says whose frames no address can reach. */
const BEYOND = 0xffff_ffff;

/** How a job ends that went as it should. */
export type Outcome = Status.done | Status.notFinite;

/**
 * Machines that do not depend on each other, such as the shards of a batch, and machines that run behind them, such as
 * an optimizer's update. Threads share the former; with one thread all run in a single call into wasm. Nothing in an
 * arena outlasts a machine's run, so the machines of a thread share one.
 */
export class Job {
  readonly #list: number;
  readonly #all: readonly Machine[];
  /** Bytes of an arena that sufficed so far. */
  #arenaBytes = 0;

  constructor(
    readonly engine: Engine,
    readonly machines: readonly Machine[],
    after: readonly Machine[] = [],
  ) {
    this.#all = [...machines, ...after];
    this.#list = engine.memory.allocate(this.#all.length * 4);
    this.#all.forEach((machine, i) => {
      engine.memory.u32[this.#list / 4 + i] = machine.address;
    });
  }

  /**
   * Runs the machines. A run that needs more stack than the arena has is started again with more; a program reads
   * only what the host wrote, so starting again gives the same bits.
   * @throws MemoryError when WebAssembly memory cannot hold what the program needs; ThreadError when a thread is gone.
   */
  run(): Outcome {
    const { threadPool } = this.engine;
    const { length } = this.machines;
    const share = threadPool?.isFree && length > 1;
    while (true) {
      const status = share
        ? this.#behind(threadPool!.run(this.#list, length, this.#prepare(threadPool!.address), this.#clears))
        : this.#runHere(threadPool?.forForks ?? 0);
      if (!this.#mustRepeat(status)) return status as Outcome;
    }
  }

  /** The same, without keeping a page's main thread from its other work where there are threads. */
  async runAsync(): Promise<Outcome> {
    const { threadPool } = this.engine;
    const { length } = this.machines;
    const share = threadPool && (!threadPool.mayBlock || length > 1);
    while (true) {
      const status = share
        ? this.#behind(
            await threadPool.runAsync(this.#list, length, () => this.#prepare(threadPool.address), this.#clears),
          )
        : this.#runHere(threadPool?.forForks ?? 0);
      if (!this.#mustRepeat(status)) return status as Outcome;
    }
  }

  /** Runs machines that have activations and a stack of their own. */
  runInPlace(): void {
    const team = this.engine.threadPool?.forForks ?? 0;
    for (const machine of this.#all) machine.set(Word.team, team);
    if (this.#mustRepeat(this.engine.run(this.#list, this.#all.length))) {
      throw new Error("A session's step needs a larger stack than was made for it");
    }
  }

  #runHere(team: number): Status {
    const bytes = this.#prepare(team);
    const arena = this.engine.arena(bytes);
    if (this.#clears) this.engine.memory.clear(arena.address, bytes);
    for (const machine of this.#all) machine.useArena(arena, team);
    return this.engine.run(this.#list, this.#all.length);
  }

  /** What runs behind the shared machines, on the calling thread. */
  #behind(status: Status): Status {
    const count = this.#all.length - this.machines.length;
    if (status !== Status.done || count === 0) return status;
    const after = this.#all.slice(this.machines.length);
    const bytes = Math.max(...after.map(({ loaded }) => loaded.layout.activationBytes));
    const arena = this.engine.arena(bytes);
    for (const machine of after) machine.useArena(arena, 0);
    return this.engine.run(this.#list + 4 * this.machines.length, count);
  }

  /**
   * Whether arenas are cleared before a run. A program from outside finds zeros where one of ours finds whatever was
   * there, since it may read what it has not written: so it sees nothing of other models.
   */
  get #clears(): boolean {
    return this.machines.some(({ loaded }) => loaded.layout.frameBytes !== undefined);
  }

  /** Tells the machines who shares their forks. Returns the bytes of the arena that any of them needs. */
  #prepare(team: number): number {
    let needed = 0;
    for (const machine of this.#all) {
      const { activationBytes, frameBytes = 0 } = machine.loaded.layout;
      needed = Math.max(needed, activationBytes + frameBytes);
      machine.set(Word.activationBytes, activationBytes);
      machine.set(Word.team, team);
    }
    return (this.#arenaBytes = Math.max(needed, this.#arenaBytes));
  }

  /** Whether the stack was too small; the next run has more. */
  #mustRepeat(status: Status): boolean {
    if (status === Status.badProgram)
      throw new Error("The program has an instruction that this binary lacks; the one of tapehead/full has all");
    this.#expectThreads(status);
    if (status !== Status.stackOverflow) return false;
    let needed = 0;
    for (const machine of this.#all) {
      needed = Math.max(needed, machine.get(Word.stackNeeded));
      machine.set(Word.stackNeeded, 0);
    }
    if (needed === BEYOND) throw new MemoryError(needed + 1, needed);
    this.#arenaBytes = Math.max(needed, Math.min(1.25 * this.#arenaBytes, this.#arenaBytes + 0x400_0000));
    return true;
  }

  #expectThreads(status: Status): void {
    if (status === Status.threadLost) {
      throw new ThreadError("The engine cannot go on: one of its threads has stopped at work");
    }
  }

  free(): void {
    this.engine.memory.free(this.#list);
  }
}
