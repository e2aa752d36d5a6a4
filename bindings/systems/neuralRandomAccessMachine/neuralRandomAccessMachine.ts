import { checkOptions, notNegative, oneOf, positive, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import { inputsOf } from "../../graph/layout.js";
import {
  accumulate,
  add,
  affine,
  circuit,
  clipGradient,
  concat,
  constant,
  growingSoftmax,
  logLikelihood,
  multiply,
  oneHot,
  relu,
  renormalize,
  sigmoid,
  slice,
  softmax,
  stopGradient,
  subtract,
  sum,
  transpose,
  weightedRead,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { entropy } from "../../layers/entropy.js";
import { uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import type { MethodOptions, Methods } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { MachineRunner, type MachineResult, type MachineRunOptions } from "./machineRunner.js";
import { memoryLayout } from "./memoryLayout.js";
import { circuitLayout, machineModules, type CircuitLayout } from "./modules.js";
import type { RamTask } from "./ramTask.js";

/** Network that wires the circuit of each step. */
export type CircuitController = "feedforward" | "lstm";

/** Sizes and choices of a NeuralRandomAccessMachine. */
export interface NeuralRandomAccessMachineOptions extends SeedOption {
  /** Registers, R. Default: 4. */
  registers?: number;
  /** How often a step goes through the list of modules: Q is 14 times as many. Default: 1. */
  lists?: number;
  /** Two hidden layers, or one and an LSTM, in front of what wires the circuit. Default: "feedforward". */
  controller?: CircuitController;
  /** Units of each hidden layer. Default: 64. */
  hiddenSize?: number;
  /** Weights and biases of the controller start uniform in ± this. Default: 0.3. */
  initialRange?: number;
  /** What training pays for a nat of entropy of each of the controller's choices, at first. Default: 0.1. */
  entropyBonus?: number;
  /** Elements of the gradients of activations are clipped to ± this, C₁. Default: 10. */
  gradientLimit?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralRandomAccessMachineRules = () =>
  ({
    registers: [4, whole(1, { most: 64 })],
    lists: [1, whole(1, { most: 4 })],
    controller: ["feedforward", oneOf("feedforward", "lstm")],
    hiddenSize: [64, whole(1)],
    initialRange: [0.3, positive()],
    entropyBonus: [0.1, notNegative()],
    gradientLimit: [10, positive()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** State between steps. */
export type MachineState = {
  /** (batch, registers, cells): distributions over 0 … cells − 1. */
  readonly registers: Tensor;
  /** (batch, cells, cells): the distribution of each cell's content. */
  readonly memory: Tensor;
  /** State of an LSTM. */
  readonly controller?: LSTMState;
};

/** What the controller says at a step. */
interface Wiring {
  /** Weights of the modules' arguments, a list each: (batch, 28 count + 182). */
  readonly arguments: readonly Tensor[];
  /** What registers become: (batch, registers, registers + modules). */
  readonly registers: Tensor;
  /** Logit of stopping behind this step: (batch). */
  readonly stop: Tensor;
  readonly state: LSTMState | undefined;
}

/**
 * Neural Random-Access Machine. Kurach, Andrychowicz & Sutskever 2016, arXiv:1511.06392: registers and memory cells
 * hold distributions over the addresses of the memory, and a controller, which sees of each register only how probable
 * 0 is, wires 14 modules into a circuit at every step.
 *
 *     aᵢ, bᵢ, cᵢ, f = controller(P(r₁ = 0), …, P(r_R = 0))
 *     oᵢ = mᵢ((r₁, …, r_R, o₁, …, oᵢ₋₁)ᵀ softmax(aᵢ), (r₁, …, r_R, o₁, …, oᵢ₋₁)ᵀ softmax(bᵢ))     section 3.2, 3.3
 *     rᵢ = (r₁, …, r_R, o₁, …, o_Q)ᵀ softmax(cᵢ)
 *     pₜ = fₜ Π_{k < t} (1 − f_k), and p_T = 1 − Σ_{t < T} pₜ
 *     loss = − Σₜ pₜ Σᵢ log Memₜ[i, yᵢ]                                                        section 3.3
 *
 * No parameter depends on the length of the memory or on the number of steps, so both may grow after training. The paper
 * does not publish sizes; the defaults are ours but for registers, lists and the controller of its printed Copy.
 *
 * Traces, behind each step: `registers` (registers, cells), `memory` (cells, cells), `outputs` (modules, cells),
 * `wiring`, the controller's choices as probabilities in the order aᵢ, bᵢ of each module, then cᵢ, and `stop` (1), the
 * probability of stopping there.
 *
 * @example
 * const model = new NeuralRandomAccessMachine({ registers: 2, seed: 1 });
 * const [{ memory }] = model.run(engine, [[3, 1, 12, 4, 7, 0, 0, 0, 0, 0, 0, 0, 0]]);
 */
export class NeuralRandomAccessMachine extends Model {
  static readonly className = "NeuralRandomAccessMachine";
  readonly name = NeuralRandomAccessMachine.className;
  readonly options: Required<NeuralRandomAccessMachineOptions>;
  override readonly hasOwnLoss = true;
  /** Where each choice is among the controller's outputs. */
  readonly layout: CircuitLayout;
  readonly hidden: Linear;
  readonly second: Linear | LSTMCell;
  readonly wires: Linear;
  readonly #runner = new MachineRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown. */
  constructor(options: NeuralRandomAccessMachineOptions = {}) {
    super();
    this.options = checkOptions(this.name, options, neuralRandomAccessMachineRules());
    const { registers, lists, controller, hiddenSize, initialRange } = this.options;
    this.layout = circuitLayout(registers, lists);
    const linear = (inputSize: number, outputSize: number): Linear =>
      new Linear({ inputSize, outputSize, weights: uniform(initialRange), bias: uniform(initialRange) });
    const cell = { inputSize: hiddenSize, hiddenSize };
    this.hidden = this.layer("hidden", linear(registers, hiddenSize));
    this.second = this.layer("second", controller === "lstm" ? new LSTMCell(cell) : linear(hiddenSize, hiddenSize));
    this.wires = this.layer("wires", linear(hiddenSize, this.layout.outputs));
  }

  /** @throws TypeError unless the task fills memories. */
  override expectFit(owner: string, task: AnyTask): void {
    if ((task as Partial<RamTask>).isOfMemory) return;
    throw new TypeError(`${owner}: the task ${task.name} has no memories, and must be one that ramTask() makes`);
  }

  override batchLayout(): typeof memoryLayout {
    return memoryLayout;
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { memory, targets, mask, last } = inputsOf(graph, memoryLayout, batch);
    const [wanted, required] = [transpose(targets), transpose(mask)];
    const { losses, entropies, answer } = this.#run(graph, { memory, last }, ({ memory }) =>
      logLikelihood(memory, wanted, required),
    );
    const { cellError, sequenceError } = (task as RamTask).metrics;
    const given = { graph, logits: answer, targets: wanted, mask: required, inside: required };
    const metrics = { cellError: cellError(given), sequenceError: sequenceError(given) };
    const { entropyBonus } = this.options;
    if (!entropyBonus) return { loss: losses, metrics };
    return { loss: losses, auxiliary: affine(entropies, { scale: -entropyBonus }), metrics };
  }

  /**
   * All steps. `last` (steps, batch) is 1 at the last step of an example and behind it; `scoreOf` gives the
   * log-likelihood (batch) of what is wanted, behind a step.
   */
  #run(
    graph: Graph,
    { memory, last }: { readonly memory: Tensor; readonly last: Tensor },
    scoreOf?: (state: MachineState) => Tensor,
  ): { losses: Tensor; entropies: Tensor; answer: Tensor } {
    const batch = last.shape[1] as number;
    const state = this.initialState(graph, memory);
    const [{ answer }, { losses, entropies }] = scan(
      ({ state, running, live, answer }, forced: Tensor) => {
        const { next, stop, entropies } = this.step(state);
        const free = affine(forced, { scale: -1, shift: 1 });
        const f = add(multiply(stop, free), forced); // f_T is 1
        const p = multiply(running, f); // of the steps there are, 1 in all
        const losses = scoreOf ? affine(multiply(p, scoreOf(next)), { scale: -1 }) : p;
        const behind = accumulate(answer, stopGradient(next.memory), stopGradient(p));
        this.trace({ stop: reshape(p, [batch, 1]) });
        return [
          { state: next, running: subtract(running, p), live: multiply(live, free), answer: behind },
          { losses, entropies: multiply(live, entropies) },
        ];
      },
      {
        state,
        running: constant(graph, [batch], 1),
        live: constant(graph, [batch], 1), // up to the last step
        answer: constant(graph, state.memory.shape, 0),
      },
      last,
    );
    return { losses: sum(sum(losses)), entropies: sum(sum(entropies)), answer };
  }

  /** Registers of 0, and memory (cells, batch) of whole numbers, as distributions. */
  initialState(graph: Graph, memory: Tensor): MachineState {
    const [count, batch] = memory.shape as [Tensor["shape"][number], number];
    const registers = oneHot(constant(graph, [batch, this.options.registers], 0), { classes: count });
    const state = { registers, memory: oneHot(transpose(memory), { classes: count }) };
    return this.second instanceof LSTMCell ? { ...state, controller: this.second.initialState(graph, batch) } : state;
  }

  /** One step: the next state, the probability (batch) of stopping, and the entropy (batch) of all choices. */
  step(state: MachineState): { next: MachineState; stop: Tensor; entropies: Tensor } {
    const { registers, memory } = state;
    const [batch, count, cells] = registers.shape as [number, number, Tensor["shape"][number]];
    const { gradientLimit } = this.options;
    const isZero = sum(
      multiply(registers, oneHot(constant(registers.scope.graph, [batch, count], 0), { classes: cells })),
    );
    const wiring = this.#wire(isZero, state.controller);
    let [pool, content] = [registers, memory];
    const outputs = wiring.arguments.map((weights) => {
      const [computed, behind] = circuit(pool, content, weights, { limit: gradientLimit });
      pool = concat([pool, computed], { axis: 1 });
      content = behind;
      return computed;
    });
    const limited = clipGradient(weightedRead(pool, wiring.registers), { limit: gradientLimit });
    const next = { registers: renormalize(limited), memory: renormalize(content) };
    const choices = concat([...wiring.arguments, reshape(wiring.registers, [batch, this.layout.registerWeights])]);
    this.trace({ ...next, outputs: concat(outputs, { axis: 1 }), wiring: choices });
    return {
      next: wiring.state ? { ...next, controller: wiring.state } : next,
      stop: sigmoid(wiring.stop),
      entropies: entropy(choices),
    };
  }

  /** The controller: isZero (batch, registers) → the circuit of a step. */
  #wire(isZero: Tensor, before: LSTMState | undefined): Wiring {
    const { registers, modules, argumentWeights, registerWeights } = this.layout;
    const batch = isZero.shape[0] as number;
    const limited = (x: Tensor): Tensor => clipGradient(x, { limit: this.options.gradientLimit });
    const hidden = limited(relu(this.hidden.forward(isZero)));
    const state = this.second instanceof LSTMCell ? this.second.step(hidden, before!) : undefined;
    const second = state?.h ?? relu((this.second as Linear).forward(hidden));
    const outputs = limited(this.wires.forward(limited(second)));
    let at = 0;
    const taken = (size: number): Tensor => slice(outputs, { begin: at, end: (at += size) });
    return {
      arguments: argumentWeights.map((size, list) => {
        const first = registers + list * machineModules.length;
        return growingSoftmax(taken(size), { first, pairs: machineModules.length });
      }),
      registers: softmax(reshape(taken(registerWeights), [batch, registers, registers + modules])),
      stop: reshape(taken(1), [batch]),
      state,
    };
  }

  /**
   * `answer`: memory (cells, batch) and last (steps, batch), 1 at the last step → answer (batch, cells, cells), the
   * distribution of each cell's content when the machine stops.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Methods {
    return {
      answer: {
        record: (graph, batch) => {
          const { memory, last } = memoryLayout;
          const { answer } = this.#run(graph, inputsOf(graph, { memory, last }, batch));
          graph.output("answer", answer);
          outputTraces(this.name, graph, trace);
        },
      },
    };
  }

  /**
   * The controller alone: isZero (batch, registers), and h and c of an LSTM → outputs (batch, layout.outputs), its
   * choices and the logit of stopping, and the next h and c.
   *
   * @internal
   */
  readonly wire = (graph: Graph, batch: number): void => {
    const { registers, hiddenSize, controller } = this.options;
    const isZero = graph.input("isZero", [batch, registers]);
    const size = [batch, hiddenSize];
    const before = controller === "lstm" ? { h: graph.input("h", size), c: graph.input("c", size) } : undefined;
    const { arguments: weights, registers: next, stop, state } = this.#wire(isZero, before);
    const choices = reshape(next, [batch, this.layout.registerWeights]);
    graph.output("outputs", concat([...weights, choices, reshape(stop, [batch, 1])]));
    if (!state) return;
    graph.output("next h", state.h);
    graph.output("next c", state.c);
  };

  /**
   * Runs the machine on memories, each a list of whole numbers from 0 up below the number of its cells: registers are 0
   * at first.
   *
   * @throws RangeError, TypeError when a memory is not one, or an option is out of range or unknown.
   * @example
   * const [{ memory }] = model.run(engine, [[1, 11, 3, 8, 0]], { cells: 16, steps: 6, discrete: true });
   */
  run(engine: Engine, memories: readonly ArrayLike<number>[], options: MachineRunOptions = {}): MachineResult[] {
    return this.#runner.run(engine, memories, options);
  }

  /**
   * State of an LSTM before the first step, as inputs of `wire`; nothing for a feed-forward controller.
   *
   * @internal
   */
  firstState(): Readonly<Record<string, Float32Array>> {
    if (!(this.second instanceof LSTMCell)) return {};
    const { h0, c0 } = this.second;
    return { h: this.parameters.valuesOf(h0), c: this.parameters.valuesOf(c0) };
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}
