import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import type { Freeable } from "../engine/kept.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Shards } from "../engine/shards.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import type { Program } from "../graph/program.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import { shown } from "../shown.js";
import { Model } from "./model.js";
import { expectOptions } from "./options.js";
import { pack, rowsOf, type Rows, type Sequences } from "./sequences.js";
import { Session } from "./session.js";

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

/** A model that computes one step of a sequence after the other and carries a state. */
export abstract class RecurrentModel<State extends Tree = Tree> extends Model {
  abstract override readonly options: Model["options"] & { readonly inputSize: number; readonly outputSize: number };

  /** The state before the first step, for a batch. */
  abstract initialState(graph: Graph, batch: number): State;

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize). */
  abstract step(x: Tensor, state: State): [y: Tensor, next: State];

  /** Records all steps: xs (time, batch, inputSize) → ys (time, batch, outputSize). */
  record(graph: Graph, xs: Tensor): Tensor {
    const batch = xs.shape[1] as number;
    const [, ys] = scan(
      (state: State, x: Tensor) => {
        const [y, next] = this.step(x, state);
        return [next, y];
      },
      this.initialState(graph, batch),
      xs,
    );
    return ys;
  }

  /** Names values of a step so that runs can be asked for them. */
  protected trace(values: Readonly<Record<string, Tensor>>): void {
    for (const [name, tensor] of Object.entries(values)) tensor.scope.graph.trace(name, tensor);
  }

  /**
   * Runs the model over one sequence or a batch of them, which may differ in length.
   *
   * @param inputs one sequence of rows with inputSize numbers, or an array of such sequences.
   * @throws ShapeError, RangeError when the inputs do not fit; TypeError for a trace the model does not have.
   *
   * @example
   * const { outputs, trace } = model.run(engine, inputs, { trace: ["readWeights"] });
   * const bit = outputs[t][i] > 0; // outputs are logits
   */
  run(engine: Engine, inputs: Sequences, options: RunOptions = {}): RunResult {
    const owner = `${this.constructor.name}.run`;
    expectEngine(owner, engine);
    const { trace = [] } = expectOptions(owner, options);
    if (!Array.isArray(trace)) throw new TypeError(`${owner}: trace is ${shown(trace)}, and must be an array of names`);
    const { inputSize } = this.options;
    const { data, lengths, time, isBatch } = pack(owner, inputs, inputSize);
    const batch = lengths.length;
    const shards = this.#shards(engine, batch, trace);
    shards.prepare({ time }, this.parameters.in(engine));
    shards.writeSequence("x", data, time, batch, inputSize);
    shards.run();

    const values = (name: string): Rows[] => readSequences(shards, name, lengths);
    const result = (name: string): Rows => (isBatch ? (values(name) as unknown as Rows) : values(name)[0]!);
    return {
      outputs: result("y"),
      trace: Object.fromEntries(trace.map((name) => [name, result(`trace ${name}`)])),
    };
  }

  /**
   * A session runs one step at a time, keeps its state in the engine, and allocates nothing after it is made.
   *
   * @example
   * const session = model.session(engine);
   * const logits = session.step(x); // valid until the next step
   */
  session(engine: Engine): Session {
    expectEngine(`${this.constructor.name}.session`, engine);
    const graph = new Graph();
    const { inputSize, outputSize } = this.options;
    const x = graph.input("x", [graph.dimension("time"), 1, inputSize]);
    graph.output("y", this.record(graph, x));
    return new Session(engine, this.parameters, compile(graph, { session: true }), { inputSize, outputSize });
  }

  /** The program that runs this many sequences at a time. */
  program(rows: number, trace: readonly string[] = []): Program {
    const graph = new Graph();
    void this.parameters; // lays them out
    const x = graph.input("x", [graph.dimension("time"), rows, this.options.inputSize]);
    graph.output("y", this.record(graph, x));
    for (const name of trace) {
      const traced = graph.traced.get(name);
      if (!traced) {
        const known = [...graph.traced.keys()].join(", ");
        throw new TypeError(`${this.constructor.name} has no value ${shown(name)} to trace; it has ${known}`);
      }
      graph.output(`trace ${name}`, traced);
    }
    return compile(graph);
  }

  /** The shards of the last run, if this run is like it. */
  #shards(engine: Engine, batch: number, trace: readonly string[]): Shards {
    const key = `${batch} ${keyOf(trace)}`;
    const last = engine.keep(this, "run", () => new LastRun());
    if (last.key !== key || !last.shards) {
      const shards = new Shards(engine, batch, (rows) => this.#loaded(engine, rows, trace));
      last.free();
      Object.assign(last, { key, shards });
    }
    return last.shards!;
  }

  #loaded(engine: Engine, rows: number, trace: readonly string[]): LoadedProgram {
    const make = (): LoadedProgram => new LoadedProgram(engine, this.program(rows, trace));
    return engine.keep(this, `program ${rows} ${keyOf(trace)}`, make);
  }
}

/** The shards of a model's last run on an engine, for the next that is like it. */
class LastRun implements Freeable {
  key = "";
  shards: Shards | undefined;

  free(): void {
    this.shards?.free();
    this.shards = undefined;
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
