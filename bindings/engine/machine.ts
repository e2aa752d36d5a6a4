import { Machine as Word, Register } from "../../assembly/machine.js";
import type { Engine } from "./engine.js";
import type { LoadedProgram } from "./loadedProgram.js";

/** What one run of a program has to itself: registers, and a block for what goes in and out. */
export class Machine {
  readonly address: number;
  #io = { address: 0, bytes: 0 };

  constructor(
    readonly engine: Engine,
    readonly loaded: LoadedProgram,
  ) {
    this.address = engine.memory.allocate(Word.words * 4);
    engine.memory.u32.fill(0, this.address / 4, this.address / 4 + Word.words);
    this.set(Word.program, loaded.entry("run" in loaded.program.entries ? "run" : "reset"));
  }

  set(word: number, value: number): void {
    this.engine.memory.u32[this.address / 4 + word] = value;
  }

  get(word: number): number {
    return this.engine.memory.u32[this.address / 4 + word]!;
  }

  /** Address of the block of inputs and outputs, made as large as the program's lengths need. */
  io(): number {
    const bytes = this.loaded.layout.ioBytes;
    const { memory } = this.engine;
    if (bytes > this.#io.bytes) {
      if (this.#io.bytes) memory.free(this.#io.address);
      this.#io = { address: 0, bytes: 0 };
      this.#io = { address: memory.allocate(bytes), bytes };
    }
    this.set(Register.io, this.#io.address);
    return this.#io.address;
  }

  /** Index in `memory.f32` of an input's first element. */
  inputAt(name: string): number {
    return (this.#io.address + this.loaded.offsetOf(this.loaded.program.inputs.get(name)!)) / 4;
  }

  /** Index in `memory.f32` of an output's first element. */
  outputAt(name: string): number {
    return (this.#io.address + this.loaded.offsetOf(this.loaded.program.outputs.get(name)!)) / 4;
  }

  /** Gives the machine an arena: buffers, then the stack of frames. The thread pool gives it that of the thread that runs it. */
  useArena(arena: { address: number; bytes: number }, team: number): void {
    const { activationBytes } = this.loaded.layout;
    this.set(Register.activations, arena.address);
    this.set(Word.activationBytes, activationBytes);
    this.set(Word.stackTop, arena.address + activationBytes);
    this.set(Word.stackEnd, arena.address + arena.bytes);
    this.set(Word.team, team);
  }

  free(): void {
    const { memory } = this.engine;
    if (this.#io.bytes) memory.free(this.#io.address);
    memory.free(this.address);
  }
}
