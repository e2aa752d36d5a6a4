import { Register } from "../../../assembly/machine.js";
import type { Engine } from "../../../bindings/core.js";
import { Job } from "../../../bindings/engine/job.js";
import { LoadedProgram } from "../../../bindings/engine/loadedProgram.js";
import { Machine } from "../../../bindings/engine/machine.js";
import type { Program } from "../../../bindings/graph/program.js";

/** A program that is run more than once, with its values in the engine's memory. */
export class Loaded {
  readonly #loaded: LoadedProgram;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #gradients: number;

  constructor(
    readonly engine: Engine,
    program: Program,
    lengths: Readonly<Record<string, number>>,
  ) {
    this.#loaded = new LoadedProgram(engine, program);
    this.#loaded.bind(lengths);
    this.#machine = new Machine(engine, this.#loaded);
    this.#machine.io();
    this.#gradients = engine.memory.allocate(64);
    this.#machine.set(Register.gradients, this.#gradients);
    this.#job = new Job(engine, [this.#machine]);
  }

  /** Milliseconds of a run. */
  run(): number {
    const begin = performance.now();
    const status = this.#job.run();
    if (status) throw new Error(`The program ended with status ${status}`);
    return performance.now() - begin;
  }

  input(name: string, count: number): Float32Array {
    const at = this.#machine.inputAt(name);
    return this.engine.memory.f32.subarray(at, at + count);
  }

  output(name: string, count: number): Float32Array {
    const at = this.#machine.outputAt(name);
    return this.engine.memory.f32.subarray(at, at + count);
  }

  free(): void {
    this.#job.free();
    this.#machine.free();
    this.engine.memory.free(this.#loaded.address);
    this.engine.memory.free(this.#gradients);
  }
}
