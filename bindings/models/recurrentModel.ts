import type { Engine } from "../engine/engine.js";
import { compile } from "../graph/compile.js";
import type { Graph } from "../graph/graph.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";
import type { Tree } from "../graph/tree.js";
import type { Program } from "../graph/program.js";
import { Session, type Stepping } from "../runtime/session.js";
import { SequenceModel, type Recorded } from "./sequenceModel.js";

/**
 * Base class of models that compute one step after the other and carry a state: give it `initialState` and `step`, and
 * it trains, runs, saves, compiles and traces.
 */
export abstract class RecurrentModel<State extends Tree = Tree, Metric extends string = never>
  extends SequenceModel<Metric>
  implements Stepping
{
  /** The state before the first step, for a batch. */
  abstract initialState(graph: Graph, batch: number): State;

  /** One time step. x: (batch, inputSize) → y: (batch, outputSize). */
  abstract step(x: Tensor, state: State): [y: Tensor, next: State];

  override record(graph: Graph, xs: Tensor, _inside?: Tensor): Recorded {
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
   * A session runs one step at a time, keeps its state in the engine, and allocates nothing after it is made.
   *
   * @example
   * const session = model.session(engine);
   * const logits = session.step(x); // valid until the next step
   */
  session(engine: Engine): Session {
    return new Session(engine, this);
  }

  /**
   * The program of a session.
   *
   * @internal
   */
  override sessionProgram(): Program {
    const record = (graph: Graph): void => {
      const x = graph.input("x", [graph.dimension("time"), 1, this.options.inputSize]);
      graph.output("y", this.record(graph, x).ys);
    };
    return this.compile(record, (graph) => compile(graph, { session: true }));
  }
}
