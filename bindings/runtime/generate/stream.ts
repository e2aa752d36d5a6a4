import { Register } from "../../../assembly/machine.js";
import type { Engine } from "../../engine/engine.js";
import { Job } from "../../engine/job.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import { Machine } from "../../engine/machine.js";
import type { Program } from "../../graph/program.js";
import type { Feed, Parametric } from "../executable.js";

/** A program that encodes, and one that takes a step of decoding. */
export interface StreamPrograms {
  readonly start: Program;
  readonly step: Program;
}

/** Decoding one step at a time. The state stays in the engine. */
export class Stream {
  readonly #engine: Engine;
  readonly #owner: Parametric;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #loaded: readonly LoadedProgram[];

  /** `feed` holds one example. */
  constructor(engine: Engine, owner: Parametric, { start: first, step }: StreamPrograms, { dimensions, fields }: Feed) {
    this.#engine = engine;
    this.#owner = owner;
    this.#loaded = [first, step].map((program) => new LoadedProgram(engine, program));
    for (const loaded of this.#loaded) loaded.bind(dimensions);
    const [start, machine] = this.#loaded.map((loaded) => new Machine(engine, loaded)) as [Machine, Machine];
    this.#machine = machine;
    for (const one of [start, machine]) {
      const { frameBytes, ioBytes } = one.loaded.layout;
      const io = one.io();
      if (frameBytes !== undefined) engine.memory.clear(io, ioBytes); // nothing of whoever had it before, as in Shards
    }
    for (const { name, data, time, size } of fields) {
      if (!first.inputs.has(name)) continue;
      start.loaded.expectSize(name, time * size);
      engine.memory.f32.set(data.subarray(0, time * size), start.inputAt(name));
    }
    start.set(Register.parameters, owner.parameters.in(engine));
    const job = new Job(engine, [start]);
    job.run();
    this.#take(start);
    job.free();
    start.free();
    this.#job = new Job(engine, [machine]);
  }

  /** Copies outputs into the step's inputs of the same names. */
  #take(from: Machine): void {
    const { inputs } = this.#machine.loaded.program;
    for (const name of from.loaded.program.outputs.keys()) {
      const input = inputs.get(name);
      if (!input) continue;
      const size = from.loaded.sizeOf(from.loaded.program.outputs.get(name)!);
      this.#machine.loaded.expectSize(name, size);
      const at = from.outputAt(name);
      this.#engine.memory.f32.copyWithin(this.#machine.inputAt(name), at, at + size);
    }
  }

  /** The next choice, and whether it ends the sequence. */
  async next(): Promise<{ choice: number; ended: boolean }> {
    const machine = this.#machine;
    machine.set(Register.parameters, this.#owner.parameters.in(this.#engine));
    await this.#job.runAsync();
    this.#take(machine);
    const memory = this.#engine.memory.f32;
    return { choice: memory[machine.outputAt("choice")]!, ended: memory[machine.outputAt("ended")]! > 0 };
  }

  free(): void {
    this.#job.free();
    this.#machine.free();
    for (const loaded of this.#loaded) loaded.free();
  }
}
