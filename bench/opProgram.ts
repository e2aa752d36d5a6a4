import { Register } from "../assembly/machine.js";
import type { Engine } from "../bindings/engine/engine.js";
import { Job } from "../bindings/engine/job.js";
import { LoadedProgram } from "../bindings/engine/loadedProgram.js";
import { Machine } from "../bindings/engine/machine.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { recordIn, type AnyDefinition } from "../bindings/graph/op.js";
import { array, lengthOf, type NDArray } from "../tests/support/array.js";
import { runsFor, type Side } from "./contest.js";

export interface OpProgramOptions {
  readonly attributes?: unknown;
  /** Gradients of the outputs; with them the program runs backward too. */
  readonly dy?: readonly NDArray[];
  /** Inputs that have no gradient. */
  readonly constant?: readonly number[];
}

/** A program of one op, in an engine, with its inputs in place. */
export class OpProgram {
  readonly #engine: Engine;
  readonly #loaded: LoadedProgram;
  readonly #machine: Machine;
  readonly #activations: number;
  readonly #jobs: Job[] = [];

  constructor(
    engine: Engine,
    definition: AnyDefinition,
    inputs: readonly NDArray[],
    { attributes, dy = [], constant = [] }: OpProgramOptions = {},
  ) {
    const graph = new Graph();
    const xs = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
    recordIn(graph, definition, xs, attributes).forEach((y, i) => graph.output(`y${i}`, y));
    dy.forEach(({ shape }, i) => graph.input(`dy${i}`, shape));
    const wanted = dy.length ? inputs.flatMap((_, i) => (constant.includes(i) ? [] : [`x${i}`])) : [];
    const seeds = Object.fromEntries(dy.map((_, i) => [`y${i}`, `dy${i}`]));

    this.#engine = engine;
    this.#loaded = new LoadedProgram(engine, compileGradients(graph, { seeds, inputGradients: wanted }));
    const { activationBytes } = this.#loaded.bind({});
    this.#machine = new Machine(engine, this.#loaded);
    this.#machine.io();
    this.#activations = engine.memory.allocate(activationBytes);
    this.#machine.set(Register.activations, this.#activations);
    const write = (name: string, { data }: NDArray): void => engine.memory.f32.set(data, this.#machine.inputAt(name));
    inputs.forEach((x, i) => write(`x${i}`, x));
    dy.forEach((gradient, i) => write(`dy${i}`, gradient));
  }

  /** Outputs, then the gradients of the inputs that have one. */
  results(): NDArray[] {
    this.#job(1).runInPlace();
    return [...this.#loaded.program.outputs].map(([name, { shape }]) => {
      const sizes = shape as readonly number[];
      const first = this.#machine.outputAt(name);
      return array(sizes, this.#engine.memory.f32.subarray(first, first + lengthOf(sizes)));
    });
  }

  /** Runs the program as often as it takes for the clock, in one call: an op is never called by itself. */
  side(): Side {
    const once = this.#job(1);
    const runs = runsFor(() => once.runInPlace());
    const job = this.#job(runs);
    return { run: () => job.runInPlace(), runs };
  }

  free(): void {
    for (const job of this.#jobs) job.free();
    this.#machine.free();
    this.#engine.memory.free(this.#activations);
    this.#engine.memory.free(this.#loaded.address);
  }

  #job(runs: number): Job {
    const job = new Job(this.#engine, Array<Machine>(runs).fill(this.#machine));
    this.#jobs.push(job);
    return job;
  }
}
