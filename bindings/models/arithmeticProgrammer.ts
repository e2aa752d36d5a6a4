import { COMPUTE, FIRST_NUMBER, numbersIn } from "../arithmetic/expression.js";
import type { Graph } from "../graph/graph.js";
import { add, affine, broadcast, concat, constant, divide, maskedSoftmax, matmul, multiply, slice, softmax, subtract, sum } from "../graph/ops/index.js"; // prettier-ignore
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { GRUCell, type GRUState } from "../layers/gruCell.js";
import { Linear } from "../layers/linear.js";
import { checkOptions, whole } from "../options.js";
import type { SeedOption } from "./model.js";
import { RecurrentModel } from "./recurrentModel.js";

/** Sizes of an ArithmeticProgrammer. */
export interface ArithmeticProgrammerOptions extends SeedOption {
  /** Numbers that go in at each step, those of arithmeticTask: they say how many numbers an expression may have. */
  inputSize: number;
  /** 1, the result of the step. */
  outputSize?: 1;
  /** Units of the controller. Default: 64. */
  hiddenSize?: number;
  /** How many results back an operation may reach. Default: 3. */
  reach?: number;
}

/** What the machine can do, in the order of the distributions: f(A, B). */
export const operations = ["add", "subtract", "multiply", "divide", "first"] as const;

/** A / B is computed as A·B / (B² + ε), which is finite where B is 0. */
const EPSILON = 1e-6;
/** Makes a softmax choose: what is below the highest logit by more than a ten-thousandth gets nothing. */
const CHOOSING = 1e6;

type State = {
  readonly h: GRUState;
  /** (batch, numbers): numbers read so far, and 1 for each that was. */
  readonly numbers: Tensor;
  readonly seen: Tensor;
  /** (batch, numbers, hiddenSize): the controller's state when it read them, by which it finds them again. */
  readonly keys: Tensor;
  /** (batch, reach): latest results, the latest first, and 1 for each that was computed. */
  readonly results: Tensor;
  readonly made: Tensor;
  /** (batch, operations + 2 · slots): what was chosen last. */
  readonly chosen: Tensor;
};

/**
 * A Neural Programmer for arithmetic. Olah & Carter 2016, "Attention and Augmented Recurrent Neural Networks", after
 * Neelakantan, Le & Sutskever 2015, arXiv:1511.04834; what the article leaves open is chosen here.
 *
 * A controller reads an expression and then writes a program, a line a step: what to do, with which value, and with
 * which other. Values are the expression's numbers, found by what the controller knew when it read them, and the latest
 * results, found by how long ago they were. While it learns, every program runs at once: the result of a step is the
 * expectation over operations and both arguments, so that answers alone teach it. When it is used, the most probable
 * line runs, and the answer is as exact as the program.
 *
 *   result = Σ_op a(op) Σ_k Σ_l u(k) v(l) f_op(H_k, H_l)
 *
 * Every f is a function of H_k times one of H_l, or a sum of the two, and k and l are independent, so the double sum is
 * made of A = Σ_k u(k) H_k, B = Σ_l v(l) H_l and C = Σ_l v(l) H_l / (H_l² + ε).
 *
 * Traces: `operations` (5), in the order of `operations`; `first`, `second` (numbers + reach), where the arguments come
 * from, numbers in their order and then results, the latest first; `result` (1). They are what the controller says,
 * also where only the most probable is done.
 *
 * @example
 * const task = arithmeticTask({ maxOperators: 3 });
 * const model = new ArithmeticProgrammer({ inputSize: task.inputSize, seed: 1 });
 */
export class ArithmeticProgrammer extends RecurrentModel<State> {
  static readonly className = "ArithmeticProgrammer";
  readonly name = ArithmeticProgrammer.className;
  readonly options;
  /** Numbers that an expression may have. */
  readonly numbers: number;
  readonly controller: GRUCell;
  readonly operation: Linear;
  /** What it looks for among the numbers, for the first argument and the second. */
  readonly query: Linear;
  /** How much it wants each of the latest results, for both arguments. */
  readonly backward: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ArithmeticProgrammerOptions) {
    super();
    this.options = checkOptions(this.name, options, {
      inputSize: [undefined, whole(FIRST_NUMBER + 3)],
      outputSize: [1, whole(1, { most: 1 })],
      hiddenSize: [64, whole(1)],
      reach: [3, whole(1)],
      seed: [0, whole(0, { most: 0xffff_ffff })],
    });
    const { inputSize, hiddenSize, reach } = this.options;
    this.numbers = numbersIn(inputSize);
    const chosen = operations.length + 2 * (this.numbers + reach);
    const seenInputs = inputSize - 1; // a number's value is no business of the controller's
    this.controller = this.layer("controller", new GRUCell({ inputSize: seenInputs + chosen, hiddenSize }));
    this.operation = this.layer("operation", new Linear({ inputSize: hiddenSize, outputSize: operations.length }));
    this.query = this.layer("query", new Linear({ inputSize: hiddenSize, outputSize: 2 * hiddenSize }));
    this.backward = this.layer("backward", new Linear({ inputSize: hiddenSize, outputSize: 2 * reach }));
  }

  override initialState(graph: Graph, batch: number): State {
    const { numbers } = this;
    const { hiddenSize, reach } = this.options;
    const zeros = (...shape: number[]): Tensor => constant(graph, [batch, ...shape], 0);
    return {
      h: this.controller.initialState(graph, batch),
      numbers: zeros(numbers),
      seen: zeros(numbers),
      keys: zeros(numbers, hiddenSize),
      results: zeros(reach),
      made: zeros(reach),
      chosen: zeros(operations.length + 2 * (numbers + reach)),
    };
  }

  /** One symbol, or one line of the program. x: (batch, inputSize) → y: (batch, 1), the result. */
  override step(x: Tensor, state: State): [y: Tensor, next: State] {
    const { numbers } = this;
    const { inputSize, hiddenSize, reach } = this.options;
    const batch = x.shape[0] as number;
    const [symbols, value] = [slice(x, { end: inputSize - 1 }), slice(x, { begin: inputSize - 1 })];
    const place = slice(x, { begin: FIRST_NUMBER, end: FIRST_NUMBER + numbers });
    const isLine = slice(x, { begin: COMPUTE, end: COMPUTE + 1 });

    const next = this.controller.step(concat([symbols, state.chosen]), state.h);
    const { h } = next;
    const read = {
      numbers: add(state.numbers, multiply(place, repeated(value, numbers))),
      seen: add(state.seen, place),
      keys: add(
        state.keys,
        matmul(reshape(place, [batch, numbers, 1]), reshape(h, [batch, 1, hiddenSize])),
      ),
    };

    const op = this.operation.forward(h);
    const toNumbers = matmul(reshape(this.query.forward(h), [batch, 2, hiddenSize]), read.keys, { transposeB: true });
    const toResults = reshape(this.backward.forward(h), [batch, 2, reach]);
    const from = concat([toNumbers, toResults]); // (batch, 2, slots)
    const mask = broadcast(concat([read.seen, state.made]), { axis: 1, count: 2 });
    const chosen = { operation: softmax(op), from: maskedSoftmax(from, mask) };
    // (batch, operations) and (batch, 2, slots): what is done.
    const done = x.scope.graph.isTraining
      ? chosen
      : { operation: softmax(choosing(op)), from: maskedSoftmax(choosing(from), mask) };
    const result = expectation(done.operation, done.from, concat([read.numbers, state.results]));

    const slots = numbers + reach;
    const [first, second] = [0, 1].map((i) =>
      reshape(slice(chosen.from, { axis: 1, begin: i, end: i + 1 }), [batch, slots]),
    ) as [Tensor, Tensor];
    this.trace({ operations: chosen.operation, first, second, result });
    const push = (latest: Tensor, before: Tensor): Tensor =>
      reach === 1 ? latest : concat([latest, slice(before, { end: reach - 1 })]);
    return [
      result,
      {
        h: next,
        ...read,
        results: push(result, state.results),
        made: push(isLine, state.made),
        chosen: concat([chosen.operation, first, second]),
      },
    ];
  }
}

const choosing = (logits: Tensor): Tensor => affine(logits, { scale: CHOOSING });

/** x (batch, 1) → (batch, count). */
const repeated = (x: Tensor, count: number): Tensor =>
  reshape(broadcast(x, { axis: 1, count }), [x.shape[0]!, count]);

/** The result (batch, 1) of all operations (batch, 5) on all pairs of values (batch, slots), chosen by from (batch, 2, slots). */
function expectation(operation: Tensor, from: Tensor, values: Tensor): Tensor {
  const batch = values.shape[0]!;
  const slots = values.shape[1] as number;
  const column = (x: Tensor): Tensor => reshape(x, [batch, slots, 1]);
  const squares = affine(multiply(values, values), { shift: EPSILON });
  const inverses = divide(values, squares);
  const means = matmul(from, concat([column(values), column(inverses)])); // (batch, 2, 2)
  const mean = (argument: number, of: number): Tensor =>
    reshape(slice(slice(means, { axis: 1, begin: argument, end: argument + 1 }), { begin: of, end: of + 1 }), [batch, 1]);
  const [A, B, C] = [mean(0, 0), mean(1, 0), mean(1, 1)];
  const outcomes = concat([add(A, B), subtract(A, B), multiply(A, B), multiply(A, C), A]); // as `operations`
  return reshape(sum(multiply(operation, outcomes)), [batch, 1]);
}
