import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { compile } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import type { Layout } from "../graph/layout.js";
import type { Program } from "../graph/program.js";
import type { Tensor } from "../graph/tensor.js";
import { Layer } from "../layers/layer.js";
import type { MethodOptions, Methods } from "../runtime/method.js";
import type { AnyTask } from "../tasks/task.js";
import { ParameterBlock } from "./parameterBlock.js";

/** Options are plain JSON, so that a checkpoint can carry them. */
export type ModelOptions = { readonly [name: string]: unknown };

/** An option that every model has. */
export interface SeedOption {
  /** Seed of the initial parameters: a whole number from 0 to 2³² − 1. Default: 0. */
  seed?: number;
}

/** A class of models that a file can hold. */
export interface ModelClass<M extends Model<string> = Model<string>> {
  readonly className: string;
  new (options: never): M;
}

/** What training minimises, and what it reports: scalars, summed over the examples of a batch. */
export interface Objective {
  readonly loss: Tensor;
  /** A loss that is the model's own, such as a price of ponder steps, which `train` weighs by `auxiliaryWeight`. */
  readonly auxiliary?: Tensor;
  readonly metrics: Readonly<Record<string, Tensor>>;
}

/**
 * Base class of all models: parameters, options and a name, which is what a checkpoint needs to make the model again, and
 * an objective to train it by. `Metric` names what it reports of itself.
 */
export abstract class Model<Metric extends string = never> extends Layer {
  /** What messages and files call it, which its class has as `className`: its own name is a minifier's prey. */
  abstract readonly name: string;
  /** Every option, defaults filled in. */
  abstract readonly options: ModelOptions & SeedOption;
  /** Metrics that training reports of the model itself, beside those of tasks. */
  readonly metrics: readonly Metric[] = [];
  /** Whether the objective needs no loss of the task. */
  readonly hasOwnLoss: boolean = false;
  #parameters: ParameterBlock | undefined;

  /** @throws TypeError, ShapeError unless the model can learn the task. */
  abstract expectFit(owner: string, task: AnyTask): void;

  /** The batch that the task fills and the objective reads. */
  abstract batchLayout(task: AnyTask): Layout;

  /**
   * The graph of the loss over a batch, whose inputs have the names and shapes of the layout. It looks at
   * `graph.isTraining` where training differs, and draws random numbers from `graph.random()`.
   */
  abstract objective(graph: Graph, task: AnyTask, batch: number): Objective;

  /**
   * What the model answers, by name, as graphs whose inputs and outputs have names: what a compiled model can be called
   * for. Traces become outputs "trace NAME". @throws TypeError for a trace that the model does not have.
   */
  methods(_options: MethodOptions): Methods {
    return {};
  }

  /**
   * The program of a session, of a model that can run one step at a time.
   *
   * @internal
   */
  sessionProgram?(): Program;

  /** How many of the rows left make the next shard of a batch; the usual number unless a model says otherwise. */
  shardRows?(left: number, batch: number): number;

  /** The parameters, laid out and drawn when they are first asked for. */
  get parameters(): ParameterBlock {
    return (this.#parameters ??= new ParameterBlock(this, this.options.seed ?? 0));
  }

  /**
   * Gives back what the model keeps in an engine's memory: programs, parameters, inputs and outputs. A model that is
   * gone gives it back by itself where the host can tell. The model keeps what it learned, and may run there again.
   */
  release(engine: Engine): void {
    expectEngine(`${this.name}.release`, engine);
    engine.release(this);
    if (this.#parameters) engine.release(this.#parameters);
  }

  /**
   * A program over this model's parameters. All programs are made here, since parameters must be laid out before a
   * program can hold their addresses. `make` compiles the graph, and is told how many parameters there are.
   *
   * @internal
   */
  compile(
    record: (graph: Graph) => void,
    make: (graph: Graph, parameterCount: number) => Program = (graph) => compile(graph),
    isTraining = false,
  ): Program {
    const { size } = this.parameters;
    const graph = new Graph(isTraining);
    record(graph);
    return make(graph, size);
  }

  /** Number of trained values. */
  get parameterCount(): number {
    return this.parameters.size;
  }
}
