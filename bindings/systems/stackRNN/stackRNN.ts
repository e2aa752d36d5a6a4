import { checkOptions, flag, notNegative, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  circularConvolution,
  concat,
  constant,
  sigmoid,
  slice,
  softmax,
  uniform,
} from "../../graph/ops/index.js";
import type { Initializer } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Dimension } from "../../graph/size.js";
import type { Tensor } from "../../graph/tensor.js";
import { hardened } from "../../layers/hardened.js";
import { Linear } from "../../layers/linear.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import type { Recorded } from "../../models/sequenceModel.js";

/** Sizes and choices of a StackRNN. */
export interface StackRNNOptions extends SeedOption {
  /** Numbers that go in at each step. */
  inputSize: number;
  /** Numbers that come out at each step, as logits. */
  outputSize: number;
  /** Units of the hidden layer. Default: 40. */
  hiddenSize?: number;
  /** Stacks. Default: 10. */
  stacks?: number;
  /** Cells of a stack, of one number each: a push onto a full stack drops the deepest. Default: 200. */
  capacity?: number;
  /** Cells at the top of each stack that the hidden layer reads. Default: 2. */
  depth?: number;
  /** Whether a stack may also stay as it is: NO-OP, the third action. Default: false. */
  noop?: boolean;
  /** Whether the hidden layer also reads itself of the step before; otherwise only stacks remember. Default: false. */
  recurrent?: boolean;
  /** Whether every stack takes its most probable action outright where the model is not trained. Default: true. */
  rounding?: boolean;
  /**
   * Noise on the logits of actions and of pushed numbers in training, uniform from −noise to noise. It teaches the model
   * to be clear about both, so that rounding changes little, and not to count by small differences of numbers. Default: 0.
   */
  noise?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const stackRNNRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(1)],
    hiddenSize: [40, whole(1)],
    stacks: [10, whole(1, { most: 1024 })],
    capacity: [200, whole(1, { most: 0xffff })],
    depth: [2, whole(1, { most: 0xffff })],
    noop: [false, flag()],
    recurrent: [false, flag()],
    rounding: [true, flag()],
    noise: [0, notNegative()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/** Number in an empty cell. What is pushed is between 0 and 1, so the network sees where a stack ends. */
const EMPTY = -1;

/** State between steps: stacks (batch, stacks, capacity), the top first; hidden (batch, hiddenSize), if it is recurrent. */
export type StackState = { readonly [name: string]: Tensor };

/**
 * Stack-augmented recurrent network of Joulin & Mikolov 2015, arXiv:1503.01007, section 3.2: at each step every stack
 * pushes a number or pops one, softly, which moves all of its cells by a convex mix of "down" and "up":
 *
 *     hₜ    = σ(U xₜ + R hₜ₋₁ + P sₜ₋₁[0..depth − 1])           R = 0 unless `recurrent`
 *     aₜ    = softmax(A hₜ)                                    (3), for each stack: PUSH, POP and perhaps NO-OP
 *     sₜ[0] = a[PUSH] σ(D hₜ) + a[POP] sₜ₋₁[1] + a[NO-OP] sₜ₋₁[0]      (4), (6)
 *     sₜ[i] = a[PUSH] sₜ₋₁[i − 1] + a[POP] sₜ₋₁[i + 1] + a[NO-OP] sₜ₋₁[i]   (5)
 *     yₜ    = V hₜ, as logits
 *
 * An empty cell is −1. Every layer has a bias, which the authors' code has not. With `rounding`, graphs that are not for
 * training take the most probable action of each stack outright; training is soft, whatever the option says.
 *
 * Traces: `hidden` (hiddenSize), `actions` (stacks, 2 or 3) in the order PUSH, POP, NO-OP, `pushed` (stacks), the
 * numbers that a push would push, and `stacks` (stacks, capacity), the top first, after the step.
 *
 * @example
 * const model = new StackRNN({ inputSize: 2, outputSize: 2, hiddenSize: 10, stacks: 1, seed: 1 });
 */
export class StackRNN extends RecurrentModel<StackState> {
  static readonly className = "StackRNN";
  readonly name = StackRNN.className;
  readonly options: Required<StackRNNOptions>;
  readonly hidden: Linear;
  readonly actions: Linear;
  readonly values: Linear;
  readonly output: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: StackRNNOptions) {
    super();
    this.options = checkOptions(this.name, options, stackRNNRules());
    const { inputSize, outputSize, hiddenSize, stacks, capacity, depth, noop, recurrent } = this.options;
    if (depth > capacity) {
      throw new RangeError(`${this.name}: depth is ${depth}, and must be at most capacity, which is ${capacity}`);
    }
    const linear = (inputSize: number, outputSize: number): Linear =>
      new Linear({ inputSize, outputSize, weights: threeUniform });
    const read = inputSize + stacks * depth + (recurrent ? hiddenSize : 0);
    this.hidden = this.layer("hidden", linear(read, hiddenSize));
    this.actions = this.layer("actions", linear(hiddenSize, stacks * (noop ? 3 : 2)));
    this.values = this.layer("values", linear(hiddenSize, stacks));
    this.output = this.layer("output", linear(hiddenSize, outputSize));
  }

  override initialState(graph: Graph, batch: number): StackState {
    const { stacks, capacity, recurrent, hiddenSize } = this.options;
    return {
      stacks: constant(graph, [batch, stacks, capacity], EMPTY),
      ...(recurrent && { hidden: constant(graph, [batch, hiddenSize], 0) }),
    };
  }

  /** With noise, if there is any, where the graph is for training. */
  override record(graph: Graph, xs: Tensor): Recorded {
    const { noise, stacks, noop } = this.options;
    if (!noise || !graph.isTraining) return super.record(graph, xs);
    const [time, batch] = xs.shape as [Dimension, number, number];
    const u = uniform(graph.random(), { shape: [time, batch, stacks, noop ? 4 : 3] });
    const [, ys] = scan(
      (state: StackState, { x, drawn }: { readonly x: Tensor; readonly drawn: Tensor }) => {
        const [y, next] = this.step(x, state, drawn);
        return [next, y];
      },
      this.initialState(graph, batch),
      { x: xs, drawn: affine(u, { scale: 2 * noise, shift: -noise }) },
    );
    return { ys };
  }

  /**
   * One time step. x: (batch, inputSize) → y: (batch, outputSize), as logits. Of noise (batch, stacks, 3 or 4), the last
   * number is for what a push would push, those in front of it for the actions.
   */
  override step(
    x: Tensor,
    { stacks: before, hidden: last }: StackState,
    noise?: Tensor,
  ): [y: Tensor, next: StackState] {
    const { stacks: count, depth, noop, rounding } = this.options;
    const batch = x.shape[0]!;
    const kinds = noop ? 3 : 2;
    const tops = reshape(slice(before!, { end: depth }), [batch, count * depth]);
    const hidden = sigmoid(this.hidden.forward(concat(last ? [x, tops, last] : [x, tops])));
    const noisy = (logits: Tensor, begin: number, end: number): Tensor => {
      const whole = reshape(logits, [batch, count, end - begin]);
      return noise ? add(whole, slice(noise, { begin, end })) : whole;
    };
    const logits = noisy(this.actions.forward(hidden), 0, kinds);
    const isRounded = rounding && !x.scope.graph.isTraining;
    const actions = softmax(isRounded ? hardened(logits) : logits); // (3)
    const pushed = sigmoid(noisy(this.values.forward(hidden), kinds, kinds + 1));
    const stacks = moved(before!, actions, pushed);
    this.trace({ hidden, actions, pushed: reshape(pushed, [batch, count]), stacks });
    return [this.output.forward(hidden), last ? { stacks, hidden } : { stacks }];
  }
}

/**
 * Stacks after a step, (4) to (6): a stack between what is pushed and an empty cell, convolved with its actions.
 * stacks (batch, count, capacity), actions (batch, count, 2 or 3), pushed (batch, count, 1) → (batch, count, capacity).
 */
function moved(stacks: Tensor, actions: Tensor, pushed: Tensor): Tensor {
  const { graph } = stacks.scope;
  const [batch, count, capacity] = stacks.shape as [number, number, number];
  const cell = [batch, count, 1];
  const action = (i: number): Tensor => slice(actions, { begin: i, end: i + 1 });
  const stay = actions.shape.at(-1) === 3 ? action(2) : constant(graph, cell, 0);
  const whole = concat([pushed, stacks, constant(graph, cell, EMPTY)]);
  const shifts = concat([action(1), stay, action(0)]); // up by one, not at all, down by one
  return slice(circularConvolution(whole, shifts), { begin: 1, end: 1 + capacity });
}

/** Sum of three uniform numbers in [−0.1, 0.1), as in the authors' code. */
const threeUniform: Initializer = (values, random) => {
  for (let i = 0; i < values.length; ++i) {
    values[i] = random.uniform(-0.1, 0.1) + random.uniform(-0.1, 0.1) + random.uniform(-0.1, 0.1);
  }
};
