import { Register } from "../../../assembly/machine.js";
import type { Engine } from "../../engine/engine.js";
import { Job } from "../../engine/job.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import { Machine } from "../../engine/machine.js";
import type { Feed } from "../executable.js";
import type { Compiling } from "./compiling.js";
import type { AnyDecoder } from "./decoder.js";
import { streamStartGraph, streamStepGraph } from "./programs.js";

/** One program that encodes, and one that takes a step of decoding each time. The state stays in the engine. */
export class Stream {
  readonly #engine: Engine;
  readonly #model: Compiling;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #loaded: readonly LoadedProgram[];
  readonly #dimensions: Readonly<Record<string, number>>;

  /** `feed` holds one example. */
  constructor(engine: Engine, model: Compiling, decoder: AnyDecoder, { dimensions, fields }: Feed) {
    this.#engine = engine;
    this.#model = model;
    this.#dimensions = dimensions;
    const load = (record: typeof streamStartGraph): LoadedProgram => {
      const loaded = new LoadedProgram(
        engine,
        model.compile((graph) => record(decoder, graph)),
      );
      loaded.bind(dimensions);
      return loaded;
    };
    this.#loaded = [load(streamStartGraph), load(streamStepGraph)];
    const [start, machine] = this.#loaded.map((loaded) => new Machine(engine, loaded)) as [Machine, Machine];
    this.#machine = machine;
    start.io();
    machine.io();
    for (const { name, data, time, size } of fields) {
      engine.memory.f32.set(data.subarray(0, time * size), start.inputAt(name));
    }
    start.set(Register.parameters, model.parameters.in(engine));
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
      const lengths = input.shape.map((axis) => (typeof axis === "number" ? axis : this.#dimensions[axis.name]!));
      const size = lengths.reduce((a, b) => a * b, 1);
      const at = from.outputAt(name);
      this.#engine.memory.f32.copyWithin(this.#machine.inputAt(name), at, at + size);
    }
  }

  /** The next choice, and whether it ends the sequence. */
  async next(): Promise<{ choice: number; ended: boolean }> {
    const machine = this.#machine;
    machine.set(Register.parameters, this.#model.parameters.in(this.#engine));
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
