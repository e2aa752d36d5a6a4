import { Register } from "../../assembly/machine.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { Job } from "../../bindings/engine/job.js";
import { LoadedProgram } from "../../bindings/engine/loadedProgram.js";
import { Machine } from "../../bindings/engine/machine.js";
import type { Port, Program } from "../../bindings/graph/program.js";
import { Dimension } from "../../bindings/graph/size.js";
import { array, lengthOf, type NDArray } from "./array.js";

export interface ProgramRun {
  readonly outputs: Readonly<Record<string, NDArray>>;
  readonly results: Readonly<Record<string, number>>;
  readonly gradients: Float32Array;
}

/** Runs a program once, with parameters and gradients of its own, and reads everything. */
export function runProgram(
  engine: Engine,
  program: Program,
  inputs: Readonly<Record<string, NDArray>>,
  { lengths = {}, parameters = new Float32Array(0) }: RunProgramOptions = {},
): ProgramRun {
  const { memory } = engine;
  const loaded = new LoadedProgram(engine, program);
  loaded.bind(lengths);
  const machine = new Machine(engine, loaded);
  machine.io();
  const { gradientSize, results } = program;
  const at = memory.allocate(parameters.length * 4 + 64);
  const gradientsAt = memory.allocate((gradientSize + results.length) * 4 + 64);
  memory.f32.set(parameters, at / 4);
  machine.set(Register.parameters, at);
  machine.set(Register.gradients, gradientsAt);
  for (const [name, { data }] of Object.entries(inputs)) memory.f32.set(data, machine.inputAt(name));
  const job = new Job(engine, [machine]);
  const status = job.run();
  if (status) throw new Error(`The program ended with status ${status}`);

  const concrete = ({ shape }: Port): number[] =>
    shape.map((axis) => (axis instanceof Dimension ? lengths[axis.name]! : axis));
  const read = ([name, port]: [string, Port]): [string, NDArray] => {
    const first = machine.outputAt(name);
    const shape = concrete(port);
    return [name, array(shape, memory.f32.subarray(first, first + lengthOf(shape)))];
  };
  const tail = gradientsAt / 4 + gradientSize;
  const run: ProgramRun = {
    outputs: Object.fromEntries([...program.outputs].map(read)),
    results: Object.fromEntries(results.map((name, i) => [name, memory.f32[tail + i]!])),
    gradients: memory.f32.slice(gradientsAt / 4, tail),
  };
  job.free();
  machine.free();
  memory.free(loaded.address);
  memory.free(at);
  memory.free(gradientsAt);
  return run;
}

export interface RunProgramOptions {
  readonly lengths?: Readonly<Record<string, number>>;
  readonly parameters?: Float32Array;
}
