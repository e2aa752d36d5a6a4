import type { Engine } from "../engine/engine.js";
import type { Program } from "../graph/program.js";
import type { Runnable } from "../runtime/runnable.js";
import { SequenceRunner, type RunOptions, type RunResult } from "../runtime/sequenceRunner.js";
import type { Sequences } from "../runtime/sequences.js";
import { Session, type Stepping } from "../runtime/session.js";

/** What a file holds, read and checked. */
export interface Contents {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly trace: readonly string[];
  readonly parameters: readonly CompiledParameter[];
  /** By rows, the most first; the last is one row. */
  readonly runs: readonly (readonly [rows: number, program: Program])[];
  readonly session: Program;
}

/** A parameter of a compiled model. */
export interface CompiledParameter {
  /** Dotted path in the model. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * A model that runs, and has the bits of the model it was compiled from. It cannot be trained or changed.
 *
 * @example
 * const model = loadCompiled(bytes);
 * const { outputs } = model.run(engine, inputs);
 */
export class CompiledModel {
  /** The class of the model it was compiled from. */
  readonly name: string;
  /** The options of the model it was compiled from. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Texts that go with the model, by name: its task or its vocabulary, if `compileModel` was given one. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Numbers that go in at each step. */
  readonly inputSize: number;
  /** Numbers that come out at each step. */
  readonly outputSize: number;
  /** What runs can be asked for beside the outputs. */
  readonly trace: readonly string[];
  readonly parameters: readonly CompiledParameter[];
  readonly #compiled: Compiled;
  readonly #runner: SequenceRunner;

  /** @internal */
  constructor(contents: Contents) {
    this.name = contents.name;
    this.options = contents.options;
    this.metadata = contents.metadata;
    this.inputSize = contents.inputSize;
    this.outputSize = contents.outputSize;
    this.trace = contents.trace;
    this.parameters = contents.parameters;
    this.#compiled = new Compiled(contents);
    this.#runner = new SequenceRunner(this.#compiled);
  }

  /** Number of trained values. */
  get parameterCount(): number {
    return countOf(this.parameters);
  }

  /**
   * Runs the model over one sequence or a batch of them, which may differ in length.
   *
   * @param inputs one sequence of rows with inputSize numbers, or an array of such sequences.
   * @throws ShapeError, RangeError when the inputs do not fit; TypeError for a trace that was not compiled;
   * CheckpointError when the file's program would leave its memory on sequences of this length.
   */
  run(engine: Engine, inputs: Sequences, options: RunOptions = {}): RunResult {
    return this.#runner.run(engine, inputs, options);
  }

  /**
   * A session runs one step at a time, keeps its state in the engine, and allocates nothing after it is made.
   *
   * @example
   * const session = model.session(engine);
   * const logits = session.step(x); // valid until the next step
   */
  session(engine: Engine): Session {
    return new Session(engine, this.#compiled);
  }
}

const countOf = (parameters: readonly CompiledParameter[]): number =>
  parameters.reduce((count, { values }) => count + values.length, 0);

class Compiled implements Runnable, Stepping {
  readonly #contents: Contents;

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  get name(): string {
    return this.#contents.name;
  }

  get inputSize(): number {
    return this.#contents.inputSize;
  }

  get outputSize(): number {
    return this.#contents.outputSize;
  }

  readonly parameters = {
    in: (engine: Engine): number =>
      engine.keep(this, "parameters", () => {
        const { parameters } = this.#contents;
        const address = engine.memory.allocate(countOf(parameters) * 4);
        let at = address / 4;
        for (const { values } of parameters) {
          engine.memory.f32.set(values, at);
          at += values.length;
        }
        return address;
      }),
  };

  program(rows: number, trace: readonly string[]): Program {
    const { name, trace: compiled, runs } = this.#contents;
    for (const wanted of trace) {
      if (compiled.includes(wanted)) continue;
      const has = compiled.length ? `it was compiled to bring back ${compiled.join(", ")}` : "it was compiled without";
      throw new TypeError(`This compiled ${name} has no value "${wanted}" to trace; ${has}`);
    }
    return runs.find(([most]) => most <= rows)![1];
  }

  sessionProgram(): Program {
    return this.#contents.session;
  }

  /** As many as the largest program takes that they fill. */
  shardRows(left: number): number {
    return this.#contents.runs.find(([rows]) => rows <= left)![0];
  }
}
