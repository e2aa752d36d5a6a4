import { excerpt, shown } from "../common/shown.js";
import type { Engine } from "../engine/engine.js";
import type { Graph } from "../graph/graph.js";
import type { Program } from "../graph/program.js";
import { ShapeError } from "../graph/shapeError.js";
import type { Tensor } from "../graph/tensor.js";
import type { MethodOptions, Methods } from "../runtime/method.js";
import type { Runnable } from "../runtime/runnable.js";
import { SequenceRunner, type RunOptions, type RunResult } from "../runtime/sequenceRunner.js";
import type { Sequences } from "../runtime/sequences.js";
import type { AnyTask, Task } from "../tasks/task.js";
import { evaluateTask } from "./evaluateTask.js";
import { Model, type Objective } from "./model.js";
import { outputTraces } from "./outputTraces.js";
import { sequenceLayout } from "./sequenceLayout.js";

/** A model's graph over a batch of sequences. */
export interface Recorded {
  /** (time, batch, outputSize) */
  readonly ys: Tensor;
  /** What training minimises beside the task's loss: a scalar, summed over the batch. */
  readonly auxiliary?: Tensor;
  /** What is reported beside the task's metrics: scalars, summed over the batch's sequences. */
  readonly metrics?: Readonly<Record<string, Tensor>>;
}

/**
 * A model from sequences of vectors to sequences of vectors, as long. `Metric` names what it reports of itself, beside
 * what tasks do.
 */
export abstract class SequenceModel<Metric extends string = never> extends Model<Metric> implements Runnable {
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

  /**
   * The graph over whole sequences: xs (time, batch, inputSize) → ys (time, batch, outputSize). `_inside` (time, batch)
   * is the padding mask, 1 at the steps of each sequence and 0 behind its end; without it nothing is padded.
   */
  abstract record(graph: Graph, xs: Tensor, _inside?: Tensor): Recorded;

  override expectFit(owner: string, task: AnyTask): void {
    for (const what of ["inputSize", "outputSize"] as const) {
      const [ours, theirs] = [this[what], (task as Task)[what]];
      if (ours === theirs) continue;
      const message = `The model's ${what} is ${ours}, and must be ${shown(theirs)} for the task ${excerpt(task.name)}`;
      throw new ShapeError(message, owner, shown(theirs), String(ours));
    }
  }

  override batchLayout(task: AnyTask): ReturnType<typeof sequenceLayout> {
    return sequenceLayout(task as Task);
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const time = graph.dimension("time");
    const input = (name: string, ...size: number[]): Tensor => graph.input(name, [time, batch, ...size]);
    const { inputSize, targetSize } = task as Task;
    const [x, targets, mask, inside] = [
      input("x", inputSize),
      input("targets", targetSize),
      input("mask"),
      input("inside"),
    ];
    const { ys, auxiliary, metrics } = this.record(graph, x, inside);
    const { loss, metrics: ofTask } = evaluateTask(task, { graph, logits: ys, targets, mask, inside });
    return { loss, ...(auxiliary && { auxiliary }), metrics: { ...ofTask, ...metrics } };
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

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }

  /** `run`: x (time, batch, inputSize) → y (time, batch, outputSize). */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    return { run: { record: (graph, batch) => this.#record(graph, batch, trace) } };
  }

  #record(graph: Graph, batch: number, trace: readonly string[]): void {
    const x = graph.input("x", [graph.dimension("time"), batch, this.options.inputSize]);
    graph.output("y", this.record(graph, x).ys);
    outputTraces(this.name, graph, trace);
  }

  /**
   * The program that runs this many sequences at a time.
   *
   * @internal
   */
  program(rows: number, trace: readonly string[] = []): Program {
    return this.compile((graph) => this.#record(graph, rows, trace));
  }
}
