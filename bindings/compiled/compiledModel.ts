import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { call, type Called, type CallOptions, type NamedValues } from "../runtime/call.js";
import { Executable } from "../runtime/executable.js";
import { SequenceRunner, type RunOptions, type RunResult } from "../runtime/sequenceRunner.js";
import type { Sequences } from "../runtime/sequences.js";
import { Session } from "../runtime/session.js";
import {
  CompiledPrograms,
  countOf,
  type CompiledParameter,
  type Contents,
  type MethodPorts,
} from "./compiledPrograms.js";

/**
 * A model that runs, and has the bits of the model it was compiled from. It cannot be trained or changed. Models that
 * decode are run by `generate` and `decode` of tapehead/decode.
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
  /** What it can be called for. */
  readonly methods: readonly string[];
  /** What runs can be asked for beside the outputs. */
  readonly trace: readonly string[];
  readonly parameters: readonly CompiledParameter[];
  readonly #programs: CompiledPrograms;
  readonly #runner: SequenceRunner;
  readonly #executable: Executable;

  /** @internal */
  constructor(contents: Contents) {
    this.name = contents.name;
    this.options = contents.options;
    this.metadata = contents.metadata;
    this.parameters = contents.parameters;
    this.methods = [...contents.methods.keys()];
    this.#programs = new CompiledPrograms(contents);
    this.trace = this.#programs.trace;
    this.#runner = new SequenceRunner(this.#programs);
    this.#executable = new Executable(this.#programs);
  }

  /** Numbers that go in at each step, of a model that runs sequences. @throws TypeError of any other. */
  get inputSize(): number {
    return this.#programs.inputSize;
  }

  /** Numbers that come out at each step, of a model that runs sequences. @throws TypeError of any other. */
  get outputSize(): number {
    return this.#programs.outputSize;
  }

  /** Number of trained values. */
  get parameterCount(): number {
    return countOf(this.parameters);
  }

  /**
   * Runs the model over one sequence or a batch of them, which may differ in length.
   *
   * @param inputs one sequence of rows with inputSize numbers, or an array of such sequences.
   * @throws ShapeError, RangeError when the inputs do not fit; TypeError for a trace that was not compiled, and of a model
   * that does not run sequences of vectors; CheckpointError when the file's program would leave its memory on sequences
   * of this length.
   */
  run(engine: Engine, inputs: Sequences, options: RunOptions = {}): RunResult {
    return this.#runner.run(engine, inputs, options);
  }

  /**
   * A session runs one step at a time, keeps its state in the engine, and allocates nothing after it is made.
   *
   * @throws TypeError of a model that does not run one step at a time.
   * @example
   * const session = model.session(engine);
   * const logits = session.step(x); // valid until the next step
   */
  session(engine: Engine): Session {
    return new Session(engine, this.#programs);
  }

  /** What a method reads and answers: the axes of each array, of which one is "batch" and lengths have names. */
  portsOf(method: string): MethodPorts {
    return this.#programs.portsOf(method);
  }

  /**
   * Calls a method with named arrays, and gives back its outputs by name. The batch is the axis behind a run-time length,
   * or the first.
   *
   * @throws TypeError when there is no such method, or an input is missing or unknown; ShapeError when one does not fit;
   * CheckpointError when the file's program would leave its memory on inputs of this length.
   * @example
   * const { symbols } = model.call(engine, "symbols", { x: { data: [1, 2, 1], shape: [3, 1] } });
   */
  call(engine: Engine, method: string, inputs: NamedValues, options: CallOptions = {}): Called {
    const owner = `${this.name}.call`;
    expectEngine(owner, engine);
    const variant = this.#programs.variant(method);
    return call(engine, { owner, runner: this.#executable, variant, ports: variant.program(1) }, inputs, options);
  }
}
