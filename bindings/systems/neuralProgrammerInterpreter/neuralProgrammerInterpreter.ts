import { checkOptions, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import { concat, linear, lstmCell, matmul, relu, slice, stopGradient } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf, type MethodOptions, type Methods } from "../../runtime/method.js";
import type { CoreStep } from "./core.js";

/** Sizes of a NeuralProgrammerInterpreter. */
export interface NeuralProgrammerInterpreterOptions extends SeedOption {
  /** Numbers that go in at each step: an observation, arguments, and which program runs. */
  inputSize: number;
  /** Numbers that come out at each step, as logits: return, the next program, and its arguments. */
  outputSize: number;
  /** Rows of the program memory. */
  programs: number;
  /** Units of each layer of the core. Default: 256. */
  hiddenSize?: number;
  /** Layers of the core. Default: 2. */
  layers?: number;
  /** Numbers that stand for a state: an observation and arguments. Default: 128. */
  stateSize?: number;
  /** Numbers of a program's embedding. Default: 64. */
  programSize?: number;
  /** Numbers of a program's key. Default: 16. */
  keySize?: number;
  /** Programs that it has learned already: training changes only the rows of those behind them. Default: 0, all. */
  frozen?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralProgrammerInterpreterRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    programs: [undefined, whole(1, { most: 0xffff })],
    hiddenSize: [256, whole(1)],
    layers: [2, whole(1, { most: 16 })],
    stateSize: [128, whole(1)],
    programSize: [64, whole(1)],
    keySize: [16, whole(1)],
    frozen: [0, whole(0, { most: 0xffff })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** State of a frame between steps: that of each layer of the core, by its number. */
export type FrameState = { readonly [layer: string]: LSTMState };

/**
 * Neural Programmer-Interpreter of Reed & de Freitas 2016, arXiv:1511.06279, section 3.1: one recurrent core that runs
 * every program, told which by a row of its memory. A sequence is one frame, a call of one program: at each of its
 * steps the core observes, and says what is called next and whether the program returns behind that.
 *
 *     sₜ = f_enc(eₜ, aₜ)                                            (1), relu of an affine map
 *     hₜ = f_lstm(sₜ, pₜ, hₜ₋₁)                                      (2), of an MLP of [sₜ, pₜ], then of LSTM layers
 *     rₜ = f_end(hₜ),  kₜ = f_prog(hₜ),  aₜ₊₁ = f_arg(hₜ)              (3), affine maps
 *     iₜ₊₁ = argmaxᵢ M_key[i] · kₜ,  pₜ₊₁ = M_prog[iₜ₊₁]              (4)
 *
 * A step's input is the observation eₜ and the arguments aₜ, behind which the program that runs is a one-hot choice of
 * `programs`; its output is the logit of rₜ, the logits M_key kₜ of the next program, and the logits of its
 * arguments. What the numbers of observations and arguments mean is an environment's; see `interpret`.
 *
 * With `frozen` programs learned, gradients are 0 everywhere but in the rows of M_key and M_prog behind these: section
 * 4.3, new programs for a fixed core.
 *
 * Traces: `state` (stateSize) and `hidden` (hiddenSize), sₜ and hₜ.
 *
 * @example
 * const task = programTask(environment, { problems: 100 });
 * const model = new NeuralProgrammerInterpreter({ ...sizesOf(environment), hiddenSize: 64, seed: 1 });
 */
export class NeuralProgrammerInterpreter extends RecurrentModel<FrameState> {
  static readonly className = "NeuralProgrammerInterpreter";
  readonly name = NeuralProgrammerInterpreter.className;
  readonly options: Required<NeuralProgrammerInterpreterOptions>;
  /** f_enc. */
  readonly encoder: Linear;
  /** The MLP in front of the core's LSTM layers. */
  readonly fusion: Linear;
  readonly fused: Linear;
  readonly core: readonly LSTMCell[];
  /** f_end and f_arg, in this order. */
  readonly decisions: Linear;
  /** f_prog. */
  readonly key: Linear;
  /** M_prog: (programs, programSize). */
  readonly embeddings: Parameter;
  /** M_key: (programs, keySize). */
  readonly keys: Parameter;
  readonly #executable = new Executable(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: NeuralProgrammerInterpreterOptions) {
    super();
    this.options = checkOptions(this.name, options, neuralProgrammerInterpreterRules());
    const { inputSize, outputSize, programs, hiddenSize, layers, stateSize, programSize, keySize, frozen } =
      this.options;
    const wrong = (what: string, value: number, must: string): never => {
      throw new RangeError(`${this.name}: ${what} is ${value}, and must be ${must} programs, which is ${programs}`);
    };
    if (inputSize <= programs) wrong("inputSize", inputSize, "more than");
    if (outputSize <= 1 + programs) wrong("outputSize", outputSize, "at least 2 more than");
    if (frozen >= programs && frozen) wrong("frozen", frozen, "less than");
    this.encoder = this.layer("encoder", new Linear({ inputSize: inputSize - programs, outputSize: stateSize }));
    this.fusion = this.layer("fusion", new Linear({ inputSize: stateSize + programSize, outputSize: hiddenSize }));
    this.fused = this.layer("fused", new Linear({ inputSize: hiddenSize, outputSize: hiddenSize }));
    this.core = Array.from({ length: layers }, (_, i) =>
      this.layer(`core${i}`, new LSTMCell({ inputSize: hiddenSize, hiddenSize })),
    );
    this.decisions = this.layer("decisions", new Linear({ inputSize: hiddenSize, outputSize: outputSize - programs }));
    this.key = this.layer("key", new Linear({ inputSize: hiddenSize, outputSize: keySize }));
    this.embeddings = this.parameter("embeddings", [programs, programSize], uniform(1));
    this.keys = this.parameter("keys", [programs, keySize], uniform(1));
  }

  override initialState(graph: Graph, batch: number): FrameState {
    const fixed = this.options.frozen ? stopGradient : (x: Tensor): Tensor => x;
    const states = this.core.map((cell, i) => {
      const { h, c } = cell.initialState(graph, batch);
      return [`core${i}`, { h: fixed(h), c: fixed(c) }];
    });
    return Object.fromEntries(states) as FrameState;
  }

  /** One step of a frame. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, frame: FrameState): [y: Tensor, next: FrameState] {
    const { inputSize, programs } = this.options;
    const observed = slice(x, { end: inputSize - programs });
    const running = slice(x, { begin: inputSize - programs });
    const state = relu(this.#affine(this.encoder, observed)); // (1)
    const program = matmul(running, this.#rows(x, this.embeddings));
    const fusion = relu(this.#affine(this.fusion, concat([state, program])));
    let hidden = this.#affine(this.fused, fusion);
    const next: Record<string, LSTMState> = {};
    this.core.forEach((cell, i) => {
      const { h, c } = frame[`core${i}`]!;
      const [nextH, nextC] = lstmCell(this.#affine(cell.gates, concat([hidden, h])), c); // (2)
      next[`core${i}`] = { h: nextH, c: nextC };
      hidden = nextH;
    });
    const decisions = this.#affine(this.decisions, hidden); // (3)
    const key = this.#affine(this.key, hidden);
    const scores = matmul(key, this.#rows(x, this.keys), { transposeB: true }); // (4)
    this.trace({ state, hidden });
    const y = concat([slice(decisions, { end: 1 }), scores, slice(decisions, { begin: 1 })]);
    return [y, next];
  }

  /** An affine map, which does not learn where the core is frozen. */
  #affine(layer: Linear, x: Tensor): Tensor {
    if (!this.options.frozen) return layer.forward(x);
    const fixed = (parameter: Parameter): Tensor => stopGradient(x.scope.graph.parameter(parameter));
    return linear(x, fixed(layer.weights), fixed(layer.bias));
  }

  /** A memory of programs, of which only rows behind those that are frozen learn. */
  #rows({ scope }: Tensor, memory: Parameter): Tensor {
    const { frozen } = this.options;
    const rows = scope.graph.parameter(memory);
    if (!frozen) return rows;
    return concat([stopGradient(slice(rows, { axis: 0, end: frozen })), slice(rows, { axis: 0, begin: frozen })], {
      axis: 0,
    });
  }

  /**
   * Beside `run`: `enter`, a frame's first step, x (batch, inputSize) → y (batch, outputSize) and state, and `proceed`,
   * another one, x and state → y and state. A state is (batch, 2 · layers · hiddenSize).
   */
  override methods(options: Pick<MethodOptions, "trace">): Methods {
    const { inputSize, hiddenSize, layers } = this.options;
    const record = (graph: Graph, batch: number, isFirst: boolean): void => {
      const x = graph.input("x", [batch, inputSize]);
      const size = 2 * layers * hiddenSize;
      const before = isFirst
        ? this.initialState(graph, batch)
        : unflattened(graph.input("state", [batch, size]), layers, hiddenSize);
      const [y, next] = this.step(x, before);
      graph.output("y", y);
      graph.output("state", concat(Object.values(next).flatMap(({ h, c }) => [h, c])));
    };
    return {
      ...super.methods(options),
      enter: { record: (graph, batch) => record(graph, batch, true) },
      proceed: { record: (graph, batch) => record(graph, batch, false) },
    };
  }

  /** One step of one frame, its first if there is no state yet. What `interpret` stands on. */
  stepIn(engine: Engine): CoreStep {
    const { inputSize } = this.options;
    const { enter, proceed } = this.methods({ trace: [] });
    const variants = [variantOf(this, "enter", enter!), variantOf(this, "proceed", proceed!)] as const;
    return (x, state) => {
      const fields = [{ name: "x", data: x, time: 1, size: inputSize }];
      if (state) fields.push({ name: "state", data: state, time: 1, size: state.length });
      const feed = { count: 1, dimensions: {}, fields };
      const outputs = this.#executable.run(engine, variants[state ? 1 : 0], feed);
      return { y: outputs.of("y", 0).data, state: outputs.of("state", 0).data };
    };
  }

  override release(engine: Engine): void {
    super.release(engine);
    engine.release(this.#executable);
  }
}

/** States of all layers out of one row. */
function unflattened(state: Tensor, layers: number, size: number): FrameState {
  const part = (index: number): Tensor => slice(state, { begin: index * size, end: (index + 1) * size });
  const all = Array.from({ length: layers }, (_, i) => [`core${i}`, { h: part(2 * i), c: part(2 * i + 1) }]);
  return Object.fromEntries(all) as FrameState;
}
