import type { Engine } from "../../engine/engine.js";
import { between, checkOptions, flag, notNegative, oneOf, whole } from "../../common/options.js";
import { excerpt, shown } from "../../common/shown.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import { inputsOf, type Layout } from "../../graph/layout.js";
import { add, affine, broadcast, constant, multiply, stopGradient, subtract } from "../../graph/ops/index.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { episode, levelsOf } from "./episode.js";
import { NodeFunctions, Perceptron, type TreeJoin } from "./nodeFunctions.js";
import { powerOfTwo } from "./powerOfTwo.js";
import { certainty, reinforce, returns } from "./reinforce.js";
import { treeLayout } from "./treeLayout.js";
import type { FunctionName } from "./nodePrograms.js";
import { TreeRunner, type TreeRun, type TreeRunOptions } from "./treeRunner.js";
import type { TreeInput } from "./treeWalk.js";
import type { TreeTask } from "./treeTask.js";

/** How leaves are read and written: one that is drawn, or all as far as they are likely. */
export type TreeAttention = "hard" | "soft";

/** Sizes and choices of a HierarchicalAttentiveMemory. */
export interface HierarchicalAttentiveMemoryOptions extends SeedOption {
  /** Numbers of what a leaf is filled with, or of what a raw memory is asked. */
  inputSize: number;
  /** Bits of an output. */
  outputSize: number;
  /** Leaves of the tree where neither a task nor a run says otherwise: no parameter depends on it. Default: 32. */
  leaves?: number;
  /** Accesses between two outputs, η. Default: 1. */
  accesses?: number;
  /** Whether there is no controller: the input of a step asks, and the leaf answers. Default: false. */
  raw?: boolean;
  /** Default: "hard". */
  attention?: TreeAttention;
  /** d, numbers of a node. Default: 20. */
  nodeSize?: number;
  /** l, units of the controller, an LSTM. A raw memory has none. Default: 20. */
  hiddenSize?: number;
  /** Layers of EMBED, JOIN, SEARCH, WRITE and a raw memory's output. Default: 2. */
  layers?: number;
  /** JOIN: the paper's perceptron, or gates that can hand on what a child holds as it is. Default: "perceptron". */
  join?: TreeJoin;
  /** γ of returns. Default: 0.99. */
  discount?: number;
  /** α, what 1/H of a decision costs at first in training. Default: 0.01. */
  entropyCost?: number;
  /**
   * Noise that training adds to the logits of the gates that join a tree as it is filled, each way at most. Gates learn to
   * be as good as open or shut, so that what they hand on is the same after many more levels than training has. Default: 0.
   */
  gateNoise?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const hierarchicalAttentiveMemoryRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    leaves: [32, powerOfTwo],
    accesses: [1, whole(1, { most: 16 })],
    raw: [false, flag()],
    attention: ["hard", oneOf("hard", "soft")],
    nodeSize: [20, whole(1)],
    hiddenSize: [20, whole(1)],
    layers: [2, whole(1, { most: 2 })],
    join: ["perceptron", oneOf("perceptron", "gated")],
    discount: [0.99, between(0, 1)],
    entropyCost: [0.01, notNegative()],
    gateNoise: [0, notNegative()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Hierarchical Attentive Memory: the cells of a memory are the leaves of a full binary tree, whose inner nodes say what
 * is below them. Whoever asks goes down from the root to one leaf, and what is written there is joined into all above
 * it, so that an access takes O(log n) of n leaves. Andrychowicz & Kurach 2016, "Learning Efficient Algorithms with
 * Hierarchical Attentive Memory", arXiv:1602.03218.
 *
 *     h_e = JOIN(h_left, h_right)                                    inner nodes
 *     c ← right with probability SEARCH(h_c, h_L), else left         from the root to the leaf a
 *     h_L, y = LSTM(h_a), and then h_a ← WRITE(h_a, h_L)             and all above a is joined again
 *
 * A raw memory has no controller: what comes in takes the place of h_L, and y is a perceptron of h_a before the write.
 * In training ways are drawn and learned by REINFORCE; elsewhere the likelier branch is taken. Soft attention, the
 * paper's DHAM, reads and writes every leaf as far as it is likely, and is learned by backpropagation alone.
 *
 * No parameter depends on the number of leaves: trained on 32, a memory of hard attention runs on a million.
 *
 * Traces: `leaves`, of hard attention (1) the leaf of the access, of soft attention (leaves) the weight of each.
 *
 * @example
 * const task = treeTask({ problem: "stack", maxLength: 32 });
 * const { inputSize, outputSize } = task;
 * const model = new HierarchicalAttentiveMemory({ inputSize, outputSize, raw: true, seed: 1 });
 * const [{ outputs }] = model.run(engine, [rows], { leaves: 128 });
 */
export class HierarchicalAttentiveMemory extends Model {
  static readonly className = "HierarchicalAttentiveMemory";
  readonly name = HierarchicalAttentiveMemory.className;
  readonly options: Required<Omit<HierarchicalAttentiveMemoryOptions, "gateNoise">> &
    Pick<HierarchicalAttentiveMemoryOptions, "gateNoise">;
  /**
   * What all nodes share.
   *
   * @internal
   */
  readonly nodes: NodeFunctions;
  readonly controller: LSTMCell | undefined;
  /**
   * From the controller, or from a raw memory's leaf, to logits.
   *
   * @internal
   */
  readonly output: Linear | Perceptron;
  /** What returns are compared with, of hard attention: linear in what asks and in the root. */
  readonly baseline: Linear | undefined;
  readonly #runner = new TreeRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: HierarchicalAttentiveMemoryOptions) {
    super();
    const { gateNoise, ...others } = checkOptions(this.name, options, hierarchicalAttentiveMemoryRules());
    // The record of a model of before is what it was.
    this.options = { ...others, ...(gateNoise && { gateNoise }) };
    if (gateNoise && (others.raw || others.join !== "gated"))
      throw new RangeError(
        `${this.name}: gateNoise is ${gateNoise}, and must be 0: it is for the "gated" join of a memory that is not raw`,
      );
    const { inputSize, outputSize, raw, attention, nodeSize, hiddenSize, layers, join } = this.options;
    const hidden = layers > 1 ? nodeSize : undefined;
    const asksSize = raw ? inputSize : hiddenSize;
    const leafSize = raw ? undefined : inputSize;
    this.nodes = this.layer("nodes", new NodeFunctions({ leafSize, nodeSize, asksSize, hidden, join }));
    this.controller = raw ? undefined : this.layer("controller", new LSTMCell({ inputSize: nodeSize, hiddenSize }));
    this.output = this.layer(
      "output",
      raw
        ? new Perceptron({ inputSize: nodeSize, outputSize, hidden })
        : new Linear({ inputSize: hiddenSize, outputSize }),
    );
    this.baseline =
      attention === "hard"
        ? this.layer("baseline", new Linear({ inputSize: asksSize + nodeSize, outputSize: 1 }))
        : undefined;
  }

  override readonly shardRows = wideShardRows;

  override expectFit(owner: string, task: AnyTask): void {
    const given = task as Partial<TreeTask>;
    if (!given.leaves) {
      throw new TypeError(
        `${owner}: the task ${excerpt(task.name)} has no leaves, and must be one that treeTask() makes`,
      );
    }
    for (const what of ["inputSize", "outputSize", "accesses", "raw"] as const) {
      const [ours, theirs] = [this.options[what], given[what]];
      if (ours === theirs) continue;
      const message = `${owner}: the model's ${what} is ${ours}, and must be ${shown(theirs)} for the task ${task.name}`;
      throw new ShapeError(message, owner, shown(theirs), String(ours));
    }
  }

  override batchLayout(task: AnyTask): Layout {
    return treeLayout(task as TreeTask);
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { leaves } = task as TreeTask;
    const given = inputsOf(graph, this.batchLayout(task), batch) as Partial<Record<string, Tensor>>;
    const { x, used, asked, depth, targets, mask, inside } = given;
    const time = mask!.shape[0]!;
    const input = x && { x, used: used! };
    const { outputs, descents, active } = episode(this, { leaves, time, depth: depth!, input, asked });
    const answer = { graph, logits: outputs, targets: targets!, mask: mask!, inside: inside! };
    const { loss, metrics } = evaluateTask(task, answer);
    if (!graph.isTraining) return { loss, metrics };
    // A preset's schedule of the weight is for all; where nothing is drawn it weighs nothing.
    if (!descents) return { loss, auxiliary: constant(graph, [], 0), metrics };
    const toGo = returns({ outputs, targets: targets!, mask: mask! }, this.options.discount);
    const moved = reinforce(descents, { toGo, inside: inside!, active, baseline: this.baseline! });
    // What it comes to is no measure of anything: only its gradient counts.
    const whole = add(loss, subtract(moved, stopGradient(moved)));
    const auxiliary = affine(certainty(descents, inside!, active), { scale: this.options.entropyCost });
    return { loss: whole, auxiliary, metrics };
  }

  /**
   * `run`: x (batch, leaves, inputSize), used (batch, leaves), 1 where a leaf is filled, and mask (time, batch), 1 at the
   * accesses whose outputs are wanted, or of a raw memory asked (time, batch, inputSize) → y (time, batch, outputSize),
   * logits, on a tree of `options.leaves`.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    const record = (graph: Graph, batch: number): void => this.recordRun(graph, batch, this.options.leaves, trace);
    return { run: { record } };
  }

  /**
   * The graph of `run`, on a tree of so many leaves.
   *
   * @internal
   */
  recordRun(graph: Graph, batch: number, leaves: number, trace: readonly string[]): void {
    const { raw, inputSize, outputSize } = this.options;
    const time = graph.dimension("time");
    const depth = constant(graph, [batch], levelsOf(leaves));
    if (raw) {
      const asked = graph.input("asked", [time, batch, inputSize]);
      graph.output("y", episode(this, { leaves, time, depth, asked }).outputs);
    } else {
      const input = {
        x: graph.input("x", [batch, leaves, inputSize]),
        used: graph.input("used", [batch, leaves]),
      };
      const wanted = broadcast(graph.input("mask", [time, batch]), { axis: 2, count: outputSize });
      graph.output("y", multiply(episode(this, { leaves, time, depth, input }).outputs, wanted));
    }
    outputTraces(this.name, graph, trace);
  }

  /**
   * The graph of one function of the nodes, on as many rows: what a run does node by node.
   *
   * @internal
   */
  recordFunction(graph: Graph, batch: number, name: FunctionName): void {
    const { inputSize, raw, nodeSize, hiddenSize } = this.options;
    const input = (name: string, size: number): Tensor => graph.input(name, [batch, size]);
    if (name === "embed") return void graph.output("h", this.nodes.embed(input("x", inputSize)));
    if (name === "join") return void graph.output("h", this.nodes.join(input("children", 2 * nodeSize)));
    const [h, asks] = [input("h", nodeSize), input("asks", raw ? inputSize : hiddenSize)];
    if (name === "search") return void graph.output("logit", this.nodes.search(h, asks));
    const state = raw ? [] : [{ h: asks, c: input("c", hiddenSize) }];
    const { output, next, c } = this.answer(h, state, asks);
    graph.output("output", output);
    graph.output("leaf", this.nodes.write(h, c));
    for (const { h, c } of next) {
      graph.output("next", h);
      graph.output("cell", c);
    }
  }

  /**
   * The controller's state before the first access; of a raw memory nothing.
   *
   * @internal
   */
  firstState(): { readonly h0: Float32Array; readonly c0: Float32Array } {
    if (!this.controller) return { h0: new Float32Array(0), c0: new Float32Array(0) };
    const { h0, c0 } = this.controller;
    return { h0: this.parameters.valuesOf(h0), c0: this.parameters.valuesOf(c0) };
  }

  /**
   * Runs the memory on inputs, each rows of inputSize numbers: what leaves are filled with from the left, or the
   * instructions of a raw memory. Of hard attention, an access costs log₂ of the leaves.
   *
   * @throws RangeError, TypeError when an input is none, when leaves are no power of two, or an option is unknown;
   * MemoryError when the tree is too large, which says what fits.
   * @example
   * const [{ outputs, searches }] = model.run(engine, [rows], { leaves: 1_048_576, steps: 2 });
   */
  run(engine: Engine, inputs: readonly TreeInput[], options: TreeRunOptions = {}): TreeRun[] {
    return this.#runner.run(engine, inputs, options);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }

  /**
   * Leaves (batch, leaves, d), zeros where nothing is.
   *
   * @internal
   */
  embedded(x: Tensor, used: Tensor): Tensor {
    return multiply(this.nodes.embed(x), broadcast(used, { axis: 2, count: this.options.nodeSize }));
  }

  /** @internal */
  initialController(graph: Graph, batch: number): readonly LSTMState[] {
    return this.controller ? [this.controller.initialState(graph, batch)] : [];
  }

  /**
   * What follows from a leaf (batch, d): logits (batch, outputSize), the controller's next state, and what writes.
   *
   * @internal
   */
  answer(leaf: Tensor, controller: readonly LSTMState[], asks: Tensor) {
    const next = controller.map((state) => this.controller!.step(leaf, state));
    return { output: this.output.forward(next[0]?.h ?? leaf), next, c: next[0]?.h ?? asks };
  }

  /** @internal */
  traced(values: Readonly<Record<string, Tensor>>): void {
    this.trace(values);
  }
}
