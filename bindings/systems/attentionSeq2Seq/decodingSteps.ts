import { Register } from "../../../assembly/machine.js";
import type { Engine } from "../../engine/engine.js";
import { Job } from "../../engine/job.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import { Machine } from "../../engine/machine.js";
import type { AttentionSeq2Seq } from "./attentionSeq2Seq.js";
import { startProgram, stepProgram } from "./decoding.js";

/** One program that encodes, and one that takes a step of decoding each time. */
export class DecodingSteps {
  readonly #engine: Engine;
  readonly #model: AttentionSeq2Seq;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #loaded: readonly LoadedProgram[];
  readonly #states: readonly string[];
  /** Steps of the source. */
  readonly #source: number;

  constructor(engine: Engine, model: AttentionSeq2Seq, numbers: Float32Array) {
    this.#engine = engine;
    this.#model = model;
    this.#source = numbers.length;
    const start = new LoadedProgram(engine, startProgram(model));
    const step = new LoadedProgram(engine, stepProgram(model));
    this.#loaded = [start, step];
    start.bind({ source: numbers.length });
    step.bind({ source: numbers.length });
    const first = new Machine(engine, start);
    const machine = (this.#machine = new Machine(engine, step));
    first.io();
    machine.io();
    const { memory } = engine;
    memory.f32.set(numbers, first.inputAt("source"));
    memory.f32.fill(1, first.inputAt("inside"), first.inputAt("inside") + numbers.length);
    memory.f32[first.inputAt("lengths")] = numbers.length;
    first.set(Register.parameters, model.parameters.in(engine));
    const job = new Job(engine, [first]);
    job.run();
    for (const name of start.program.outputs.keys()) this.#copy(first.outputAt(name), name);
    memory.f32[machine.inputAt("before")] = 0;
    this.#states = [...step.program.outputs.keys()];
    job.free();
    first.free();
    this.#job = new Job(engine, [machine]);
  }

  /** Copies a value into the input of its name. */
  #copy(at: number, name: string): void {
    const input = this.#machine.loaded.program.inputs.get(name);
    if (!input) return;
    const size = input.shape.reduce<number>((size, axis) => size * (typeof axis === "number" ? axis : this.#source), 1);
    this.#engine.memory.f32.copyWithin(this.#machine.inputAt(name), at, at + size);
  }

  /** The next symbol, 0 for the end. */
  async next(): Promise<number> {
    const machine = this.#machine;
    machine.set(Register.parameters, this.#model.parameters.in(this.#engine));
    await this.#job.runAsync();
    for (const name of this.#states) this.#copy(machine.outputAt(name), name);
    return this.#engine.memory.f32[machine.outputAt("before")]!;
  }

  free(): void {
    this.#job.free();
    this.#machine.free();
    for (const loaded of this.#loaded) loaded.free();
  }
}
