import type { Graph } from "../../graph/graph.js";
import {
  accumulate,
  add,
  affine,
  concat,
  constant,
  divide,
  halting,
  sigmoid,
  sum,
  transpose,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { leavesOf, pathsOf, withLeaves, type Tree } from "../../graph/tree.js";
import type { Cell } from "../../layers/cell.js";
import { checkCellOptions, makeCell, type CellOptions } from "../../layers/cells.js";
import { Linear } from "../../layers/linear.js";
import { between, checkOptions, flag, notNegative, number, object, oneOf, whole } from "../../common/options.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import type { Recorded } from "../../models/sequenceModel.js";

/** Sizes and choices of an AdaptiveComputationTime; all but two have defaults, the paper's where it has one. */
export interface AdaptiveComputationTimeOptions extends SeedOption {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
  /** What ponders; "ntm" is the step of a Neural Turing Machine. Default: "rnn". */
  cell?: "rnn" | "gru" | "lstm" | "ntm";
  /** The cell's further options, such as `slots` of "ntm". Default: none. */
  cellOptions?: CellOptions;
  /** Units of the cell, of an NTM's controller. Default: 128. */
  hiddenSize?: number;
  /** A row halts once the sum of its halting probabilities is within epsilon of 1. Default: 0.01. */
  epsilon?: number;
  /** Most ponder steps for an input, M in the paper. Default: 100. */
  limit?: number;
  /** τ, the price of a ponder step in units of the task's loss. Default: 0.001. */
  timePenalty?: number;
  /** Bias of the halting unit before training: 1 gives two ponder steps. Default: 1. */
  haltingBias?: number;
  /** What the halting unit reads: what an output layer would, or all of the state. Default: "output". */
  haltingInput?: "output" | "state";
  /** Whether an input has one number more, 1 at its first ponder step and 0 after it. Default: true. */
  flag?: boolean;
}

type Metric = "ponder";

/** Default and check of each option; a function, since importing calls nothing. */
export const adaptiveComputationTimeRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    cell: ["rnn", oneOf("rnn", "gru", "lstm", "ntm")],
    cellOptions: [{}, object()],
    hiddenSize: [128, whole(1)],
    epsilon: [0.01, between(0, 1, { below: true })],
    limit: [100, whole(1, { most: MOST_STEPS })],
    timePenalty: [1e-3, notNegative()],
    haltingBias: [1, number()],
    haltingInput: ["output", oneOf("output", "state")],
    flag: [true, flag()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * Adaptive Computation Time: a recurrent network that takes as many ponder steps for an input as it wants.
 * Graves 2016, arXiv:1603.08983; numbers in parentheses are its equations.
 *
 * At each ponder step a halting unit says how likely it is the last. The steps' states, weighted by these
 * probabilities, make the state that the next input finds, memory included where the cell has one, and the output:
 * the output layer is linear, so that of the mean state is the mean of theirs. Each ponder step costs `timePenalty`.
 *
 * Traces: `ponder` (1), ponder steps that an input took; `remainder` (1), the weight of the last; `halting` (limit),
 * the weights of all, 0 behind the last; and the mean state by the names of its parts: `h`, of an LSTM `c` too, of an
 * NTM `controller.h`, `memory` (slots, width), `read`, `readWeights` (heads, slots) and so on.
 *
 * @example
 * const model = new AdaptiveComputationTime({ inputSize: 16, outputSize: 1, timePenalty: 1e-4, limit: 10, seed: 1 });
 */
export class AdaptiveComputationTime extends RecurrentModel<Tree, Metric> {
  static readonly className = "AdaptiveComputationTime";
  readonly name = AdaptiveComputationTime.className;
  override readonly metrics: readonly Metric[] = ["ponder"];
  readonly options: Required<AdaptiveComputationTimeOptions>;
  readonly cell: Cell;
  /** The halting unit. */
  readonly halting: Linear;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: AdaptiveComputationTimeOptions) {
    super();
    const owner = this.name;
    const checked = checkOptions(owner, options, adaptiveComputationTimeRules());
    const { inputSize, outputSize, cell, hiddenSize, haltingBias, haltingInput } = checked;
    const cellOptions = checkCellOptions(owner, cell, checked.cellOptions);
    this.options = { ...checked, cellOptions };
    const sizes = { inputSize: inputSize + Number(checked.flag), hiddenSize };
    this.cell = this.layer("cell", makeCell(cell, sizes, cellOptions));
    const read = haltingInput === "state" ? this.cell.stateSize : this.cell.outputSize;
    const bias = (values: Float32Array): void => void values.fill(haltingBias);
    this.halting = this.layer("halting", new Linear({ inputSize: read, outputSize: 1, bias }));
    this.output = this.layer("output", new Linear({ inputSize: this.cell.outputSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number): Tree {
    return this.cell.initialState(graph, batch);
  }

  /** One time step, of all its ponder steps. x: (batch, inputSize) → y: (batch, outputSize), as logits. */
  override step(x: Tensor, state: Tree): [y: Tensor, next: Tree] {
    const { y, mean } = this.#ponder(x, state, constant(x.scope.graph, [x.shape[0]!], 0));
    return [y, mean];
  }

  /**
   * The cost is τ Σ ρ over the steps inside, with ρ = N + R (10), (11); `ponder` is the mean N over a sequence's steps.
   */
  override record(graph: Graph, xs: Tensor, inside?: Tensor): Recorded {
    const [time, batch] = xs.shape as [Tensor["shape"][number], number];
    const initial = this.initialState(graph, batch);
    // What is not inside has halted before it starts, so it neither ponders nor costs.
    const outside = inside && affine(inside, { scale: -1, shift: 1 });
    const [, { ys, steps, rho }] = scan(
      (state: Tree, [x, halted]: readonly Tensor[]) => {
        const { y, mean, steps, remainder } = this.#ponder(x!, state, halted ?? constant(graph, [batch], 0));
        this.#traceMean(mean);
        return [mean, { ys: y, steps, rho: add(steps, remainder) }];
      },
      initial,
      outside ? [xs, outside] : [xs],
    );
    const total = (perStep: Tensor): Tensor => sum(sum(perStep));
    const count = sum(inside ?? constant(graph, [time, batch], 1), { axis: 0 });
    return {
      ys,
      auxiliary: affine(total(rho), { scale: this.options.timePenalty }),
      metrics: { ponder: sum(divide(sum(steps, { axis: 0 }), count)) },
    };
  }

  /** Equations (3) to (9) for one input. `halted` (batch) is 1 in rows that have no input. */
  #ponder(x: Tensor, first: Tree, halted: Tensor): Pondered {
    const { epsilon, limit, flag, haltingInput } = this.options;
    const graph = x.scope.graph;
    const batch = x.shape[0] as number;
    const zeros = (shape: Tensor["shape"]): Tensor => constant(graph, shape, 0);
    const traced = new Set(graph.traced.keys());
    const [final, weights] = scan(
      ({ state, mean, isFirst, sum, steps, halted }: Pondering) => {
        const next = this.cell.step(flag ? concat([x, isFirst]) : x, state); // (3)
        const read = haltingInput === "state" ? this.cell.flat(next) : this.cell.output(next);
        const h = reshape(sigmoid(this.halting.forward(read)), [batch]); // (5)
        const [p, ...counted] = halting(h, sum, steps, halted, { epsilon, limit }); // (6), (7)
        const means = leavesOf(mean);
        const after: Pondering = {
          state: next,
          mean: withLeaves(
            mean,
            leavesOf(next).map((leaf, i) => accumulate(means[i]!, leaf, p)),
          ),
          isFirst: zeros(isFirst.shape),
          sum: counted[0],
          steps: counted[1],
          halted: counted[2],
        };
        return [after, p, counted[2]];
      },
      {
        state: first,
        mean: withLeaves(
          first,
          leavesOf(first).map(({ shape }) => zeros(shape)),
        ),
        isFirst: constant(graph, [batch, 1], 1),
        sum: halted, // so that the remainder of a row without an input is 0
        steps: zeros([batch]),
        halted,
      } as Pondering,
      [] as Tensor[],
      { steps: limit },
    );
    // What the cell traces of each ponder step has an axis more than a trace can have.
    for (const name of graph.traced.keys()) if (!traced.has(name)) graph.traced.delete(name);
    const remainder = affine(final.sum, { scale: -1, shift: 1 }); // (8)
    this.trace({ ponder: reshape(final.steps, [batch, 1]), remainder: reshape(remainder, [batch, 1]) });
    this.trace({ halting: transpose(weights) });
    const y = this.output.forward(this.cell.output(final.mean)); // (4), (9)
    return { y, mean: final.mean, steps: final.steps, remainder };
  }

  #traceMean(mean: Tree): void {
    const leaves = leavesOf(mean);
    this.trace(Object.fromEntries(pathsOf(mean).map((path, i) => [path, leaves[i]!])));
  }
}

/** A count of steps is exact up to here in single precision, and no loop gets here. */
const MOST_STEPS = 0x10_0000;

/** What is carried from ponder step to ponder step. */
type Pondering = { state: Tree; mean: Tree; isFirst: Tensor; sum: Tensor; steps: Tensor; halted: Tensor };

interface Pondered {
  y: Tensor;
  mean: Tree;
  steps: Tensor;
  remainder: Tensor;
}
