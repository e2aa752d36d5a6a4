import type { Engine } from "../engine/engine.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import type { Program } from "../graph/program.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import { SequenceRunner, type Runnable, type RunOptions, type RunResult } from "../runtime/sequenceRunner.js";
import type { Sequences } from "../runtime/sequences.js";
import type { Session } from "../runtime/session.js";
import { shown } from "../common/shown.js";
import { Model } from "./model.js";

/** What a model records of its run over a batch. */
export interface Recorded {
  /** (time, batch, outputSize) */
  readonly ys: Tensor;
  /** What training is to minimise beside the task's loss: a scalar, summed over the batch. */
  readonly cost?: Tensor;
  /** What is reported beside the task's measures: scalars, summed over the batch's sequences. */
  readonly measures?: Readonly<Record<string, Tensor>>;
}

/**
 * A model that computes one step of a sequence after the other and carries a state. `Measure` names what it measures
 * itself by, beside what tasks do.
 */
export abstract class RecurrentModel<State extends Tree = Tree, Measure extends string = never>
  extends Model
  implements Runnable
{
  /** What training reports of the model itself. */
  readonly measures: readonly Measure[] = [];
  abstract override readonly options: Model["options"] & { readonly inputSize: number; readonly outputSize: number };

  readonly #runner = new SequenceRunner(this);

  /** Numbers that go in at each step. */
  get inputSize(): number {
    return this.options.inputSize;
  }

  /** Numbers that come out at each step. */
  get outputSize(): number {
    return this.options.outputSize;
  }

  /** @internal */
  parametersIn(engine: Engine): number {
    return this.parameters.in(engine);
  }

  /** The state before the first step, for a batch. */
  abstract initialState(graph: Graph, batch: number): State;

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize). */
  abstract step(x: Tensor, state: State): [y: Tensor, next: State];

  /**
   * Records all steps: xs (time, batch, inputSize) → ys (time, batch, outputSize). `_inside` (time, batch) is 1 at the
   * steps of each sequence and 0 at its padding; without it all are inside.
   */
  record(graph: Graph, xs: Tensor, _inside?: Tensor): Recorded {
    const batch = xs.shape[1] as number;
    const [, ys] = scan(
      (state: State, x: Tensor) => {
        const [y, next] = this.step(x, state);
        return [next, y];
      },
      this.initialState(graph, batch),
      xs,
    );
    return { ys };
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
    return this.#runner.session(engine);
  }

  override release(engine: Engine): void {
    super.release(engine);
    engine.release(this.#runner);
  }

  /** The program that runs this many sequences at a time. */
  program(rows: number, trace: readonly string[] = []): Program {
    const graph = new Graph();
    void this.parameters; // lays them out
    const x = graph.input("x", [graph.dimension("time"), rows, this.options.inputSize]);
    graph.output("y", this.record(graph, x).ys);
    for (const name of trace) {
      const traced = graph.traced.get(name);
      if (!traced) {
        const known = [...graph.traced.keys()].join(", ");
        throw new TypeError(`${this.name} has no value ${shown(name)} to trace; it has ${known}`);
      }
      graph.output(`trace ${name}`, traced);
    }
    return compile(graph);
  }

  /** The program of a session. */
  sessionProgram(): Program {
    const graph = new Graph();
    void this.parameters; // lays them out
    const x = graph.input("x", [graph.dimension("time"), 1, this.options.inputSize]);
    graph.output("y", this.record(graph, x).ys);
    return compile(graph, { session: true });
  }
}
