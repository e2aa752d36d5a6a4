import { encodeExpression, inputs, numbersIn, parseExpression } from "../arithmetic/expression.js";
import type { Engine } from "../engine/engine.js";
import type { Graph } from "../graph/graph.js";
import { add, affine, broadcast, concat, constant, divide, maskedSoftmax, matmul, multiply, relu, slice, softmax, subtract, sum } from "../graph/ops/index.js"; // prettier-ignore
import { reshape } from "../graph/reshape.js";
import { scan } from "../graph/scan.js";
import type { Tensor } from "../graph/tensor.js";
import { GRUCell, type GRUState } from "../layers/gruCell.js";
import { Linear } from "../layers/linear.js";
import { checkOptions, notNegative, whole } from "../options.js";
import { entropy } from "./entropy.js";
import { highest } from "./highest.js";
import type { SeedOption } from "./model.js";
import { RecurrentModel, type Recorded } from "./recurrentModel.js";

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
  /**
   * What training pays for a nat of entropy of each choice of a line, so that none is made too early. It keeps the mean
   * of all programs from being exact, and does not matter to the one that runs. Default: 0.
   */
  entropyBonus?: number;
}

/** What the machine can do, in the order of the distributions: f(A, B). */
export const operations = ["add", "subtract", "multiply", "divide", "first"] as const;

/** + − × ÷, whose symbols are the inputs from `inputs.operators` to `inputs.places`. */
const OPERATORS = 4;

/**
 * A divisor b counts as b / max(b², δ²), which is 1 / b from δ on, and finite below. While it learns, the mean of many
 * programs passes 0 all the time, and no divisor of the task is below ½; a program that runs alone divides by anything.
 */
const SQUARED_DELTA = { training: 0.25, running: 1e-30 };

/** Makes a softmax choose: what is below the highest logit by more than a ten-thousandth gets nothing. */
const CHOOSING = 1e6;

/** A value of a program, and how sure the model is that it is this one. */
export interface ProgramValue {
  /** x1, x2, … for the numbers of the expression in their order; r1, r2, … for the results of lines. */
  readonly name: string;
  readonly probability: number;
}

/** A line of a program for an expression. */
export interface ProgramLine {
  readonly operation: (typeof operations)[number];
  /** How sure the model is that it is this operator's turn, and of what it means. */
  readonly probability: number;
  readonly first: ProgramValue;
  readonly second: ProgramValue;
  /** What it computed. */
  readonly result: number;
}

/** What a model makes of an expression: the result of the last line is the answer. */
export interface ArithmeticProgram {
  readonly lines: readonly ProgramLine[];
  readonly answer: number;
  /** How sure the model is of every line. */
  readonly probability: number;
}

type State = {
  readonly controller: GRUState;
  /** (batch, numbers): the numbers that were read. */
  readonly numbers: Tensor;
  /** (batch, numbers, 4): the operators that were read, each a one-hot choice. */
  readonly operators: Tensor;
  /** (batch, 2 · numbers): 1 for each number, and behind them each operator, that was read. */
  readonly seen: Tensor;
  /** (batch, 2 · numbers, hiddenSize): what the controller knew when it read them, by which it finds them again. */
  readonly keys: Tensor;
  /** (batch, reach): results, the latest first, and 1 for each that was computed. */
  readonly results: Tensor;
  readonly made: Tensor;
  /** (batch, numbers + 2 · slots): what was chosen last. */
  readonly chosen: Tensor;
};

/**
 * A Neural Programmer for arithmetic. Olah & Carter 2016, "Attention and Augmented Recurrent Neural Networks", after
 * Neelakantan, Le & Sutskever 2015, arXiv:1511.04834; what the article leaves open is chosen here.
 *
 * A controller reads where numbers, operators and brackets stand in an expression, and then writes a program, a line a
 * step: what to do, with which value, and with which other. It finds the operator and the numbers by what it knew when
 * it read them, and results by how long ago they were; what the operator and the values are is no business of its own.
 * While it learns, every program runs at once: the result of a line is the expectation over operations and both
 * arguments, so that answers alone teach it. When it is used, the most probable line runs, and answers are as exact as
 * the program.
 *
 *   result = Σ_op a(op) Σ_k Σ_l u(k) v(l) f_op(H_k, H_l)
 *
 * k and l are independent, and every f is a sum or a product of a function of H_k and one of H_l, so the double sum is
 * made of A = Σ_k u(k) H_k, B = Σ_l v(l) H_l and C = Σ_l v(l) / H_l.
 *
 * Traces: `operations` (5), in the order of `operations`; `operators` (numbers), which of the expression's it looks at;
 * `first`, `second` (numbers + reach), where the arguments come from, numbers in their order and then results, the
 * latest first; `result` (1). Distributions are what the controller says, also where only the most probable is done.
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
  /** What it looks for among the operators. */
  readonly operatorQuery: Linear;
  /** What is done at an operator. */
  readonly operation: Linear;
  /** What it looks for among the numbers, for the first argument and the second. */
  readonly numberQuery: Linear;
  /** How much it wants each of the latest results, for both arguments. */
  readonly resultLogits: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ArithmeticProgrammerOptions) {
    super();
    this.options = checkOptions(this.name, options, {
      inputSize: [undefined, whole(inputs.places + 3)],
      outputSize: [1, whole(1, { most: 1 })],
      hiddenSize: [64, whole(1)],
      reach: [3, whole(1)],
      entropyBonus: [0, notNegative()],
      seed: [0, whole(0, { most: 0xffff_ffff })],
    });
    const { inputSize, hiddenSize, reach } = this.options;
    const numbers = (this.numbers = numbersIn(inputSize));
    const structure = inputs.operators + 1 + numbers;
    const chosen = 3 * numbers + 2 * reach;
    this.controller = this.layer("controller", new GRUCell({ inputSize: structure + chosen, hiddenSize }));
    this.operatorQuery = this.layer("operatorQuery", new Linear({ inputSize: hiddenSize, outputSize: hiddenSize }));
    this.operation = this.layer("operation", new Linear({ inputSize: OPERATORS, outputSize: operations.length }));
    const known = 2 * hiddenSize;
    this.numberQuery = this.layer("numberQuery", new Linear({ inputSize: known, outputSize: 2 * hiddenSize }));
    this.resultLogits = this.layer("resultLogits", new Linear({ inputSize: known, outputSize: 2 * reach }));
  }

  /**
   * The program that the model writes for an expression, and its answer.
   *
   * @throws SyntaxError when the expression cannot be read, RangeError when it has more numbers than the model takes.
   * @example
   * const { answer, lines } = model.induce(engine, "(3 + 4) * 5");
   */
  induce(engine: Engine, expression: string): ArithmeticProgram {
    const rows = encodeExpression(parseExpression(expression), this.numbers);
    const { outputs, trace } = this.run(engine, rows, { trace: ["operations", "operators", "first", "second"] });
    const steps = rows.flatMap((row, step) => (row[inputs.compute] ? [step] : []));
    const lines = steps.map((step, line): ProgramLine => {
      const at = (name: string): [index: number, probability: number] => highest(trace[name]![step]!);
      const valueOf = (name: string): ProgramValue => {
        const [slot, probability] = at(name);
        const back = slot - this.numbers;
        return { name: back < 0 ? `x${slot + 1}` : `r${line - back}`, probability };
      };
      const [operation, certainty] = at("operations");
      const probability = certainty * at("operators")[1];
      const [first, second] = [valueOf("first"), valueOf("second")];
      return { operation: operations[operation]!, probability, first, second, result: outputs[step]![0]! };
    });
    const probability = lines.reduce(
      (all, line) => all * line.probability * line.first.probability * line.second.probability,
      1,
    );
    return { lines, answer: lines.at(-1)!.result, probability };
  }

  override initialState(graph: Graph, batch: number): State {
    const { numbers } = this;
    const { hiddenSize, reach } = this.options;
    const zeros = (...shape: number[]): Tensor => constant(graph, [batch, ...shape], 0);
    return {
      controller: this.controller.initialState(graph, batch),
      numbers: zeros(numbers),
      operators: zeros(numbers, OPERATORS),
      seen: zeros(2 * numbers),
      keys: zeros(2 * numbers, hiddenSize),
      results: zeros(reach),
      made: zeros(reach),
      chosen: zeros(3 * numbers + 2 * reach),
    };
  }

  /** One symbol, or one line of the program. x: (batch, inputSize) → y: (batch, 1), the result. */
  override step(x: Tensor, state: State): [y: Tensor, next: State] {
    const { y, next } = this.#line(x, state);
    return [y, next];
  }

  override record(graph: Graph, xs: Tensor, inside?: Tensor): Recorded {
    const { entropyBonus } = this.options;
    if (!entropyBonus || !graph.isTraining) return super.record(graph, xs, inside);
    const [, { ys, entropies }] = scan(
      (state: State, x: Tensor) => {
        const { y, next, entropies } = this.#line(x, state);
        return [next, { ys: y, entropies }];
      },
      this.initialState(graph, xs.shape[1] as number),
      xs,
    );
    return { ys, cost: affine(sum(sum(entropies)), { scale: -entropyBonus }) };
  }

  /** `entropies` (batch) are those of all choices of a line, and 0 at a symbol. */
  #line(x: Tensor, state: State): { y: Tensor; next: State; entropies: Tensor } {
    const { numbers } = this;
    const { inputSize, reach } = this.options;
    const batch = x.shape[0] as number;
    const part = (begin: number, count: number): Tensor => slice(x, { begin, end: begin + count });
    const operator = part(inputs.operators, OPERATORS);
    const isOperator = reshape(sum(operator), [batch, 1]);
    const isLine = part(inputs.compute, 1);
    const place = part(inputs.places, numbers);
    const numberPlace = multiply(place, repeated(part(inputs.number, 1), numbers));
    const operatorPlace = subtract(place, numberPlace);
    const places = concat([numberPlace, operatorPlace]);

    const seenNow = concat([part(0, inputs.operators), isOperator, place, state.chosen]);
    const controller = this.controller.step(seenNow, state.controller);
    const { h } = controller;
    const read = {
      numbers: add(state.numbers, multiply(numberPlace, repeated(part(inputSize - 1, 1), numbers))),
      operators: add(state.operators, outer(operatorPlace, operator)),
      seen: add(state.seen, places),
      keys: add(state.keys, outer(places, h)),
    };

    // Where to look, (batch, numbers) and (batch, 2, slots), what that means, and what of it is done.
    const chooses = x.scope.graph.isTraining ? (logits: Tensor) => logits : choosing;
    const half = (tensor: Tensor, index: number): Tensor =>
      slice(tensor, { axis: 1, begin: index * numbers, end: (index + 1) * numbers });
    const [numberKeys, operatorKeys] = [half(read.keys, 0), half(read.keys, 1)];
    const toOperators = reshape(match(this.operatorQuery.forward(h), operatorKeys), [batch, numbers]);
    const seenOperators = half(read.seen, 1);
    const focus = maskedSoftmax(toOperators, seenOperators);
    const done = maskedSoftmax(chooses(toOperators), seenOperators);
    const operationLogits = this.operation.forward(weighted(done, read.operators));

    const known = concat([h, weighted(focus, operatorKeys)]);
    const toNumbers = match(this.numberQuery.forward(known), numberKeys);
    const toValues = concat([toNumbers, reshape(this.resultLogits.forward(known), [batch, 2, reach])]);
    const exists = broadcast(concat([half(read.seen, 0), state.made]), { axis: 1, count: 2 });
    const from = maskedSoftmax(toValues, exists);

    const values = concat([read.numbers, state.results]);
    const operation = softmax(chooses(operationLogits));
    const result = expectation(operation, maskedSoftmax(chooses(toValues), exists), values);

    const argument = (index: number): Tensor =>
      reshape(slice(from, { axis: 1, begin: index, end: index + 1 }), values.shape);
    const [first, second] = [argument(0), argument(1)];
    this.trace({ operations: softmax(operationLogits), operators: focus, first, second, result });
    const push = (latest: Tensor, before: Tensor): Tensor =>
      reach === 1 ? latest : concat([latest, slice(before, { end: reach - 1 })]);
    return {
      y: result,
      entropies: multiply(add(entropy(focus), sum(entropy(from))), reshape(isLine, [batch])),
      next: {
        controller,
        ...read,
        results: push(result, state.results),
        made: push(isLine, state.made),
        chosen: concat([focus, first, second]),
      },
    };
  }
}

const choosing = (logits: Tensor): Tensor => affine(logits, { scale: CHOOSING });

/** x (batch, 1) → (batch, count). */
const repeated = (x: Tensor, count: number): Tensor => reshape(broadcast(x, { axis: 1, count }), [x.shape[0]!, count]);

/** a (batch, m), b (batch, n) → (batch, m, n). */
function outer(a: Tensor, b: Tensor): Tensor {
  const [batch, m] = a.shape as [number, number];
  return matmul(reshape(a, [batch, m, 1]), reshape(b, [batch, 1, b.shape[1]!]));
}

/** weights (batch, n), of (batch, n, width) → (batch, width). */
function weighted(weights: Tensor, of: Tensor): Tensor {
  const [batch, n, width] = of.shape as [number, number, number];
  return reshape(matmul(reshape(weights, [batch, 1, n]), of), [batch, width]);
}

/** How well queries (batch, q · width) fit keys (batch, n, width): (batch, q, n), about as large for any width. */
function match(queries: Tensor, keys: Tensor): Tensor {
  const [batch, , width] = keys.shape as [number, number, number];
  const count = (queries.shape[1] as number) / width;
  const products = matmul(reshape(queries, [batch, count, width]), keys, { transposeB: true });
  return affine(products, { scale: 1 / Math.sqrt(width) });
}

/** The result (batch, 1) of all operations (batch, 5) on all pairs of values (batch, slots), chosen by from (batch, 2, slots). */
function expectation(operation: Tensor, from: Tensor, values: Tensor): Tensor {
  const [batch, slots] = values.shape as [number, number];
  const delta = SQUARED_DELTA[values.scope.graph.isTraining ? "training" : "running"];
  const squares = affine(relu(affine(multiply(values, values), { shift: -delta })), { shift: delta });
  const column = (x: Tensor): Tensor => reshape(x, [batch, slots, 1]);
  const means = reshape(matmul(from, concat([column(values), column(divide(values, squares))])), [batch, 4]);
  const mean = (index: number): Tensor => slice(means, { begin: index, end: index + 1 });
  const [A, B, C] = [mean(0), mean(2), mean(3)];
  const outcomes = concat([add(A, B), subtract(A, B), multiply(A, B), multiply(A, C), A]); // as `operations`
  return reshape(sum(multiply(operation, outcomes)), [batch, 1]);
}
