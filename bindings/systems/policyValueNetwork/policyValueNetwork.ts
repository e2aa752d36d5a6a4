import { checkOptions, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import type { Layout } from "../../graph/layout.js";
import { concat, constant, relu, softmax, tanh } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { Linear } from "../../layers/linear.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { Evaluator } from "../../search/evaluator.js";
import type { Game } from "../../search/game.js";
import type { AnyTask } from "../../tasks/task.js";
import { PositionRunner, type PolicyValue } from "./positionRunner.js";
import { ResidualTower } from "./residualTower.js";

/** Sizes of a PolicyValueNetwork. */
export interface PolicyValueNetworkOptions extends SeedOption {
  /** Height and width of the board. */
  height: number;
  width: number;
  /** Numbers of a square. */
  planes: number;
  /** Moves of the game: probabilities of the policy. */
  actions: number;
  /** Residual blocks, of two convolutions each. Default: 4. */
  blocks?: number;
  /** Maps of each convolution. Default: 32. */
  maps?: number;
  /** Maps that each head reads. Default: 8. */
  headMaps?: number;
  /** Units of the value head. Default: 64. */
  valueSize?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const policyValueNetworkRules = () =>
  ({
    height: [undefined, whole(1, { most: 64 })],
    width: [undefined, whole(1, { most: 64 })],
    planes: [undefined, whole(1, { most: 1024 })],
    actions: [undefined, whole(1, { most: 0x1_0000 })],
    blocks: [4, whole(0, { most: 64 })],
    maps: [32, whole(1, { most: 1024 })],
    headMaps: [8, whole(1, { most: 1024 })],
    valueSize: [64, whole(1, { most: 0x1_0000 })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Intuition for a game: a residual network of convolutions that sees a position as planes, and says how likely each
 * move is the best, and what the player to move can expect. Silver et al. 2017, "Mastering the game of Go without human
 * knowledge", doi:10.1038/nature24270, "Neural network architecture", without batch normalisation:
 *
 *   p = softmax(W relu(K_p x + b_p) + c)                  policy, of the tower's maps x
 *   v = tanh(w · relu(V relu(K_v x + b_v) + d) + e)       value, from −1 to 1
 *
 * Tasks have the loss (z − v)² − πᵀ log p. Training needs the kernels of `tapehead/full`; every binary runs a compiled model.
 *
 * Traces: `maps` (height, width, maps), which both heads read.
 *
 * @example
 * const game = connectFour();
 * const model = new PolicyValueNetwork({ height: 6, width: 7, planes: 3, actions: 7, seed: 1 });
 * const search = new TreeSearch(game);
 * simulate([search], model.evaluator(engine, game), { simulations: 200, leaves: 8 });
 */
export class PolicyValueNetwork extends Model {
  static readonly className = "PolicyValueNetwork";
  readonly name = PolicyValueNetwork.className;
  readonly options: Required<PolicyValueNetworkOptions>;
  readonly tower: ResidualTower;
  /** K_p: 1 × 1 taps. */
  readonly policyMaps: Linear;
  readonly policy: Linear;
  /** K_v: 1 × 1 taps. */
  readonly valueMaps: Linear;
  readonly valueHidden: Linear;
  readonly value: Linear;
  readonly #runner = new PositionRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: PolicyValueNetworkOptions) {
    super();
    const checked = checkOptions(this.name, options, policyValueNetworkRules());
    this.options = checked;
    const { height, width, actions, maps, headMaps, valueSize } = checked;
    const seen = height * width * headMaps;
    this.tower = this.layer("tower", new ResidualTower(checked));
    this.policyMaps = this.layer("policyMaps", new Linear({ inputSize: maps, outputSize: headMaps }));
    this.policy = this.layer("policy", new Linear({ inputSize: seen, outputSize: actions }));
    this.valueMaps = this.layer("valueMaps", new Linear({ inputSize: maps, outputSize: headMaps }));
    this.valueHidden = this.layer("valueHidden", new Linear({ inputSize: seen, outputSize: valueSize }));
    this.value = this.layer("value", new Linear({ inputSize: valueSize, outputSize: 1 }));
  }

  override expectFit(owner: string, task: AnyTask): void {
    for (const name of ["height", "width", "planes", "actions"] as const) {
      const [theirs, ours] = [(task as unknown as PolicyValueNetworkOptions)[name], this.options[name]];
      if (ours === theirs) continue;
      const message = `${owner}: ${name} of the model is ${ours}, and must be ${theirs}, as the task ${task.name} has it`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): Layout {
    const { height, width, planes, actions } = this.options;
    return {
      position: ["batch", height, width, planes],
      policy: ["batch", actions],
      value: ["batch", 1],
    };
  }

  /** The task's loss of logits and value, one behind the other: (1, batch, actions + 1). */
  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { actions } = this.options;
    const { logits, value } = this.#see(graph, batch);
    const told = concat([graph.input("policy", [batch, actions]), graph.input("value", [batch, 1])]);
    const every = constant(graph, [1, batch], 1);
    return evaluateTask(task, {
      graph,
      logits: reshape(concat([logits, value]), [1, batch, actions + 1]),
      targets: reshape(told, [1, batch, actions + 1]),
      mask: every,
      inside: every,
    });
  }

  /** `evaluate`: position (batch, height, width, planes) → policy (batch, actions) and value (batch, 1). */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    const record = (graph: Graph, batch: number): void => {
      const { logits, value, maps } = this.#see(graph, batch);
      this.trace({ maps });
      graph.output("policy", softmax(logits));
      graph.output("value", value);
      outputTraces(this.name, graph, trace);
    };
    return { evaluate: { record } };
  }

  #see(graph: Graph, batch: number): { readonly logits: Tensor; readonly value: Tensor; readonly maps: Tensor } {
    const { height, width, planes, headMaps } = this.options;
    const maps = this.tower.forward(graph.input("position", [batch, height, width, planes]));
    const read = (head: Linear): Tensor => reshape(relu(head.forward(maps)), [batch, height * width * headMaps]);
    const hidden = relu(this.valueHidden.forward(read(this.valueMaps)));
    return { logits: this.policy.forward(read(this.policyMaps)), value: tanh(this.value.forward(hidden)), maps };
  }

  /**
   * Evaluates positions, given as planes (height, width, planes) in row-major order, many in one call of a program.
   *
   * @throws TypeError, RangeError when one is no list of as many finite numbers.
   */
  run(engine: Engine, positions: readonly ArrayLike<number>[]): PolicyValue[] {
    return this.#runner.run(engine, positions);
  }

  /**
   * The evaluator of a game that guides a search.
   * @throws ShapeError unless the game has the board, the planes and the actions of the options.
   */
  evaluator<State>(engine: Engine, game: Game<State>): Evaluator<State> {
    return this.#runner.evaluator(engine, game);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}
