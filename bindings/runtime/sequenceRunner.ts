import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Shards } from "../engine/shards.js";
import type { Program } from "../graph/program.js";
import { LastRun } from "./lastRun.js";
import { pack, rowsOf, type Rows, type Sequences } from "./sequences.js";
import { Session } from "./session.js";
import { expectOptions } from "../common/options.js";
import { shown } from "../common/shown.js";

/** What a run brings back beside the outputs. */
export interface RunOptions {
  /** Names of values to bring back, as the model documents them. */
  trace?: readonly string[];
}

/** What a run brings back; for a batch, every value is an array with one entry a sequence. */
export interface RunResult<Result = Rows> {
  /** (time, outputSize), as logits. */
  readonly outputs: Result;
  /** By name: (time, …). */
  readonly trace: Readonly<Record<string, Result>>;
}

/** What can run: programs, and the parameters they read. */
export interface Runnable {
  /** For messages. */
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  /** The address of current parameters in an engine's memory. */
  parametersIn(engine: Engine): number;
  /**
   * The program that runs this many sequences at a time: from "x" (time, rows, inputSize) to "y" (time, rows,
   * outputSize) and "trace NAME" (time, rows, …).
   */
  program(rows: number, trace: readonly string[]): Program;
  /** The program that runs one step at a time. */
  sessionProgram(): Program;
  /** How many of the rows left make the next shard, if there is not a program for every number. */
  shardRows?(left: number, batch: number): number;
}

/** Runs sequences through a model, whether it was recorded here or compiled before. */
export class SequenceRunner {
  readonly #model: Runnable;

  constructor(model: Runnable) {
    this.#model = model;
  }

  run(engine: Engine, inputs: Sequences, options: RunOptions): RunResult {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { trace = [] } = expectOptions(owner, options);
    if (!Array.isArray(trace)) throw new TypeError(`${owner}: trace is ${shown(trace)}, and must be an array of names`);
    const { data, lengths, time, isBatch } = pack(owner, inputs, this.#model.inputSize);
    const batch = lengths.length;
    const shards = this.#shards(engine, batch, trace);
    shards.prepare({ time }, this.#model.parametersIn(engine));
    shards.writeSequence("x", data, time, batch, this.#model.inputSize);
    shards.run();

    const values = (name: string): Rows[] => readSequences(shards, name, lengths);
    const result = (name: string): Rows => (isBatch ? (values(name) as unknown as Rows) : values(name)[0]!);
    return {
      outputs: result("y"),
      trace: Object.fromEntries(trace.map((name) => [name, result(`trace ${name}`)])),
    };
  }

  session(engine: Engine): Session {
    expectEngine(`${this.#model.name}.session`, engine);
    return new Session(engine, this.#model);
  }

  /** The shards of the last run, if this run is like it. */
  #shards(engine: Engine, batch: number, trace: readonly string[]): Shards {
    const key = `${batch} ${keyOf(trace)}`;
    const last = engine.keep(this, "run", () => new LastRun());
    if (last.key !== key || !last.shards) {
      const programOf = (rows: number): LoadedProgram => this.#loaded(engine, rows, trace);
      const shards = new Shards(engine, batch, programOf, undefined, this.#model.shardRows?.bind(this.#model));
      last.free();
      Object.assign(last, { key, shards });
    }
    return last.shards!;
  }

  #loaded(engine: Engine, rows: number, trace: readonly string[]): LoadedProgram {
    const make = (): LoadedProgram => new LoadedProgram(engine, this.#model.program(rows, trace));
    return engine.keep(this, `program ${rows} ${keyOf(trace)}`, make);
  }
}

/** Names as a key; what is no name is refused when a program is made for it. */
const keyOf = (trace: readonly unknown[]): string => trace.map(shown).join();

/** One sequence's values after the other, cut to its length: (time, …). */
function readSequences(shards: Shards, name: string, lengths: readonly number[]): Rows[] {
  const memory = shards.engine.memory.f32;
  return shards.shards.flatMap(({ machine, begin, rows }) => {
    const first = machine.outputAt(name);
    const shape = machine.loaded.program.outputs.get(name)!.shape.slice(2) as readonly number[];
    const size = shape.reduce((a, b) => a * b, 1);
    return Array.from({ length: rows }, (_, row) => {
      const time = lengths[begin + row]!;
      const data = new Float32Array(time * size);
      for (let t = 0; t < time; ++t) {
        const from = first + (t * rows + row) * size;
        data.set(memory.subarray(from, from + size), t * size);
      }
      return rowsOf(data, [time, ...shape]);
    });
  });
}
