import type { Graph } from "../graph/graph.js";
import { constant, popStrengths, pushRows, sigmoid, slice, stackRead, tanh } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import type { Dimension } from "../graph/size.js";
import type { Tensor } from "../graph/tensor.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/** Memory of vectors: last in first out, first in first out, or both at both ends. */
export type StackKind = "stack" | "queue" | "deque";

/** Sizes and choices of a StackMemory. */
export interface StackMemoryOptions {
  /** Numbers of what drives it. */
  inputSize: number;
  /** Numbers of a stored vector. */
  width: number;
  /** Default: "stack". */
  memory?: StackKind;
  /** Initial bias of the push at each end, of a deque the bottom's and then the top's. Default: 0 at each. */
  pushBias?: readonly number[];
}

/**
 * State of a StackMemory. Rows stand behind the end at which they came in, the newest first; a stack and a queue have one
 * end, a deque has its bottom, then its top.
 */
export type StackMemoryState = {
  /** (batch, ends, slots, width) */
  readonly values: Tensor;
  /** How much of each row is there, from 0 to 1: (batch, ends, slots). */
  readonly strengths: Tensor;
  /** What was read: (batch, sides · width), of a deque at its bottom, then at its top. */
  readonly read: Tensor;
};

/** What a step did, for traces. */
export interface StackMove {
  /** How much of the new rows was pushed: (batch, ends). */
  readonly push: Tensor;
  /** How much was popped before: (batch, ends). */
  readonly pop: Tensor;
  /** The new rows: (batch, ends, width). */
  readonly pushed: Tensor;
  /** How much of each row was read: (batch, sides, ends, slots). */
  readonly weights: Tensor;
}

/** Ends at which rows come in. */
export const stackEnds = (memory: StackKind): number => (memory === "deque" ? 2 : 1);

/**
 * Neural stack, queue or deque, and the layers by which a controller drives it. Grefenstette, Hermann, Suleyman & Blunsom
 * 2015, arXiv:1506.02516, section 3. In each step it pops, then pushes, then reads:
 *
 *     d, u = σ(W o′ + b)      v = tanh(W o′ + b)                  section 3.3
 *     s[i] = max(0, s[i] − max(0, u − Σ s before i)),   s[new] = d          (2), (5), (8) to (10)
 *     r    = Σᵢ min(s[i], max(0, 1 − Σ s before i)) · V[i]                  (3), (6), (11), (12)
 *
 * where "before i" is nearer to the side that is popped or read: a stack's newest row, a queue's oldest. The bias of the
 * pop starts at −1, as in the paper's appendix, so that rows stay until popping has been learned. With biases alike at
 * both ends, a deque at first buries at each end what came in at the other: `pushBias` lets it begin as a memory whose
 * rows come in at one end, and so with the newest there to be read, and the oldest at the other.
 */
export class StackMemory extends Layer {
  readonly memory: StackKind;
  readonly ends: number;
  /** Numbers that are read in a step. */
  readonly readSize: number;
  readonly push: Linear;
  readonly pop: Linear;
  readonly values: Linear;
  readonly #width: number;

  constructor({ inputSize, width, memory = "stack", pushBias = [] }: StackMemoryOptions) {
    super();
    this.memory = memory;
    this.ends = stackEnds(memory);
    this.readSize = this.ends * width;
    this.#width = width;
    const linear = (outputSize: number, bias = 0, first: readonly number[] = []): Linear =>
      new Linear({ inputSize, outputSize, bias: (values) => values.fill(bias).set(first) });
    this.push = this.layer("push", linear(this.ends, 0, pushBias));
    this.pop = this.layer("pop", linear(this.ends, -1));
    this.values = this.layer("values", linear(this.ends * width));
  }

  /** Nothing yet, and room for as many steps as there are slots. */
  initialState(graph: Graph, batch: number, slots: number | Dimension): StackMemoryState {
    const rows = [batch, this.ends, slots];
    return {
      values: constant(graph, [...rows, this.#width], 0),
      strengths: constant(graph, rows, 0),
      read: constant(graph, [batch, this.readSize], 0),
    };
  }

  /** One step, by moveStack. x: (batch, inputSize), what the controller put out. */
  step(x: Tensor, state: StackMemoryState): [next: StackMemoryState, move: StackMove] {
    const push = sigmoid(this.push.forward(x));
    const pop = sigmoid(this.pop.forward(x));
    const pushed = reshape(tanh(this.values.forward(x)), [x.shape[0]!, this.ends, this.#width]);
    const [next, weights] = moveStack(this.memory, state, { push, pop, pushed });
    return [next, { push, pop, pushed, weights }];
  }
}

/**
 * One step of a neural stack, queue or deque: it pops, then pushes, then reads. push, pop: (batch, ends), from 0 to 1, of
 * a deque the bottom, then the top; pushed: (batch, ends, width) → the next state, and how much of each row was read:
 * (batch, sides, ends, slots). Where a row of any strength would fall out at the far end of its slots, everything read
 * from then on is NaN.
 */
export function moveStack(
  memory: StackKind,
  { values: before, strengths }: StackMemoryState,
  { push, pop, pushed }: Omit<StackMove, "weights">,
): [next: StackMemoryState, weights: Tensor] {
  const side = ({ stack: "first", queue: "last", deque: "both" } as const)[memory];
  const values = pushRows(before, pushed); // (1), (7)
  const next = pushRows(popped(strengths, pop, side), push, { whole: true });
  const [read, weights] = stackRead(values, next, { side }); // (3), (6), (11), (12)
  const [batch, sides, width] = read.shape as [number, number, number];
  return [{ values, strengths: next, read: reshape(read, [batch, sides * width]) }, weights];
}

/** (2) of a stack, (5) of a queue; of a deque first the top, (8), then the bottom, (9). */
function popped(strengths: Tensor, pop: Tensor, side: "first" | "last" | "both"): Tensor {
  if (side !== "both") return popStrengths(strengths, pop, { side });
  const top = popStrengths(strengths, slice(pop, { begin: 1 }), { side: "last" });
  return popStrengths(top, slice(pop, { end: 1 }), { side: "first" });
}
