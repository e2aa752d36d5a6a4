import type { Engine } from "../../engine/engine.js";
import { checkOptions, flag, positive, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import { inputsOf } from "../../graph/layout.js";
import { affine, argmax, batchMajor, constant, multiply, oneHot, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import { sequenceLayout } from "../../models/sequenceLayout.js";
import type { Method, MethodOptions } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { Baseline } from "./baseline.js";
import { Episode } from "./episode.js";
import { TapeMachine } from "./machine.js";
import { beside } from "./moves.js";
import { reinforce } from "./reinforce.js";
import { TapeRunner, type TapeRun, type TapeRunOptions } from "./tapeRunner.js";
import type { TapeTask } from "./tapeTask.js";

/** Sizes and choices of a ReinforcementLearningNTM. */
export interface ReinforcementLearningNTMOptions extends SeedOption {
  /** Symbols there are, 0 included, which is the blank behind an input and the end of an output. */
  symbols: number;
  /** Units of the controller, an LSTM, and of the baseline's two. Default: 25. */
  hiddenSize?: number;
  /** Cells on either side of the input head that it sees. Default: 2. */
  inputReach?: number;
  /** Whether there is a memory tape. Default: true. */
  memory?: boolean;
  /** Cells of the memory tape, whose ends are joined. Default: 30. */
  memoryCells?: number;
  /** Cells on either side of the memory head that it reads and writes. Default: 2. */
  memoryReach?: number;
  /** Whether symbols go from tape to tape through gates, beside the controller. Default: true. */
  directAccess?: boolean;
  /** Whether the input head never goes back. Default: false. */
  forwardOnly?: boolean;
  /** What logits of moves are multiplied by, so that heads keep exploring: the authors' inverse temperature. Default: 0.01. */
  slowdown?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const reinforcementLearningNTMRules = () =>
  ({
    symbols: [undefined, whole(2, { most: 0xffff })],
    hiddenSize: [25, whole(1)],
    inputReach: [2, whole(0, { most: 0xff })],
    memory: [true, flag()],
    memoryCells: [30, whole(1, { most: 0xffff })],
    memoryReach: [2, whole(0, { most: 0xff })],
    directAccess: [true, flag()],
    forwardOnly: [false, flag()],
    slowdown: [0.01, positive()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Reinforcement Learning Neural Turing Machine: a controller whose three heads are at one place each and move by one
 * cell at a time, so that a step costs the same on a tape of any length. Where heads go is drawn and learned by
 * REINFORCE; what they read, write and predict is learned by backpropagation. Zaremba & Sutskever 2015, "Reinforcement
 * Learning Neural Turing Machines – Revised", arXiv:1505.00521.
 *
 * In training, moves are drawn from `graph.random()`: the same seed draws the same on every host. Elsewhere every head
 * takes its likeliest move. `run` goes on until the machine puts out the end, symbol 0.
 *
 * Traces: `positions` and `choices`, (heads) in the order input, memory, output, before the step and for its end, and
 * `memory` (memoryCells, width) after it.
 *
 * @example
 * const model = new ReinforcementLearningNTM({ symbols: 8, seed: 1 });
 * const [{ symbols, ended }] = model.run(engine, [[3, 1, 2]]);
 */
export class ReinforcementLearningNTM extends Model {
  static readonly className = "ReinforcementLearningNTM";
  readonly name = ReinforcementLearningNTM.className;
  readonly options: Required<ReinforcementLearningNTMOptions>;
  /**
   * Controller, heads and tapes.
   *
   * @internal
   */
  readonly machine: TapeMachine;
  /**
   * What rewards are compared with.
   *
   * @internal
   */
  readonly baseline: Baseline;
  readonly #runner = new TapeRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ReinforcementLearningNTMOptions) {
    super();
    this.options = checkOptions(this.name, options, reinforcementLearningNTMRules());
    const { symbols, hiddenSize, memory, memoryCells, memoryReach } = this.options;
    if (memory && 2 * memoryReach + 1 > memoryCells) {
      throw new RangeError(
        `${this.name}: memoryReach is ${memoryReach}, a window of ${2 * memoryReach + 1} cells, and the memory has ${memoryCells}`,
      );
    }
    this.machine = this.layer("machine", new TapeMachine(this.options));
    const { inputSize } = this.machine;
    this.baseline = this.layer("baseline", new Baseline({ inputSize, symbols, hiddenSize }));
  }

  override expectFit(owner: string, task: AnyTask): void {
    const { name, symbols } = task as TapeTask;
    if (this.options.symbols === symbols) return;
    const message = `${owner}: the model's symbols are ${this.options.symbols}, and must be ${symbols} for the task ${name}`;
    throw new ShapeError(message, owner, String(symbols), String(this.options.symbols));
  }

  override batchLayout() {
    return sequenceLayout({ inputSize: 1, targetSize: 1 });
  }

  /** Of episodes that make every prediction that is due; the auxiliary loss is that of moves and of the baseline. */
  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { x, targets, mask, inside } = inputsOf(graph, this.batchLayout(), batch);
    const episode = new Episode(this, { x: reshape(x, inside.shape), targets, mask });
    const { predictions, due, made } = episode;
    const auxiliary = graph.isTraining ? reinforce(episode) : undefined;
    const answer = { graph, logits: predictions, targets: due, mask: made, inside };
    return { ...evaluateTask(task, answer), ...(auxiliary && { auxiliary }) };
  }

  /**
   * `symbols`: x (time, batch), the input with zeros behind it → symbols (time, batch), what is put out at each step,
   * or −1.
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Readonly<Record<"symbols", Method>> {
    const record = (graph: Graph, batch: number): void => {
      const time = graph.dimension("time");
      const x = graph.input("x", [time, batch]);
      const tape = batchMajor(oneHot(x, { classes: this.options.symbols }));
      const cells = sum(constant(graph, [time, batch], 1), { axis: 0 });
      const heads = this.machine.heads.length;
      const [, symbols] = scan(
        (state, _: readonly Tensor[]) => {
          const { next, prediction, choices } = this.machine.step(state, { tape, cells });
          this.trace({
            positions: beside(state.positions),
            choices: beside(choices),
            ...(next.memory[0] && { memory: next.memory[0] }),
          });
          // 0 where the head stays, and the symbol and 1 where it goes on.
          const put = multiply(affine(argmax(prediction), { shift: 1 }), choices[heads - 1]!);
          return [next, affine(put, { shift: -1 })];
        },
        this.machine.initialState(graph, batch),
        [] as readonly Tensor[],
        { steps: time },
      );
      graph.output("symbols", symbols);
      outputTraces(this.name, graph, trace);
    };
    return { symbols: { record } };
  }

  /**
   * What the machine writes for each input, until it writes the end.
   *
   * @throws TypeError, RangeError when an input has what is no symbol but 0, or an option is out of range.
   * @example
   * const [{ symbols, ended }] = model.run(engine, [[3, 1, 2]]);
   */
  run(engine: Engine, inputs: readonly ArrayLike<number>[], options: TapeRunOptions = {}): TapeRun[] {
    return this.#runner.run(engine, inputs, options);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}
