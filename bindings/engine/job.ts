import { Machine as Word, Status } from "../../assembly/machine.js";
import { MemoryError } from "../graph/memoryError.js";
import type { Engine } from "./engine.js";
import type { Machine } from "./machine.js";

/** What a loop says whose frames no address can reach. */
const BEYOND = 0xffff_ffff;

/**
 * Machines that run one after the other in a single call into wasm: the shards of a batch, and an optimizer's update
 * behind them. They share the arena, since nothing in it outlasts a machine's run.
 */
export class Job {
  readonly #list: number;

  constructor(
    readonly engine: Engine,
    readonly machines: readonly Machine[],
  ) {
    this.#list = engine.memory.allocate(machines.length * 4);
    machines.forEach((machine, i) => {
      engine.memory.u32[this.#list / 4 + i] = machine.address;
    });
  }

  /**
   * Runs the machines. A run that needs more stack than the arena has is started again with more; a program reads
   * only what the host wrote, so starting again gives the same bits.
   * @throws MemoryError when WebAssembly memory cannot hold what the program needs.
   */
  run(): Status.done | Status.notFinite {
    let needed = 0;
    for (const { loaded } of this.machines) needed = Math.max(needed, loaded.layout.activationBytes);
    while (true) {
      const arena = this.engine.arena(needed);
      for (const machine of this.machines) machine.useArena(arena);
      const status = this.engine.run(this.#list, this.machines.length);
      if (status !== Status.stackOverflow) {
        if (status === Status.badProgram) throw new Error("The program has an instruction that this binary lacks");
        return status;
      }
      for (const machine of this.machines) {
        const end = machine.get(Word.stackNeeded);
        if (end === BEYOND) throw new MemoryError(end + 1, end);
        if (end) needed = Math.max(needed, end - arena.address);
        machine.set(Word.stackNeeded, 0);
      }
      needed = Math.max(needed, Math.min(1.25 * arena.bytes, arena.bytes + 0x400_0000));
    }
  }

  /** Runs machines that have their own activations and need no stack. */
  runInPlace(): void {
    this.engine.run(this.#list, this.machines.length);
  }

  free(): void {
    this.engine.memory.free(this.#list);
  }
}
