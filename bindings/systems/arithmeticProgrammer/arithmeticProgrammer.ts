import { divisionByZero, encodeExpression, inputs, numbersIn, parseExpression, showExpression } from "./expression.js";
import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  broadcast,
  concat,
  constant,
  divide,
  maskedSoftmax,
  matmul,
  multiply,
  relu,
  slice,
  softmax,
  subtract,
  sum,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { GRUCell, type GRUState } from "../../layers/gruCell.js";
import { Linear } from "../../layers/linear.js";
import { checkOptions, notNegative, whole, type Check } from "../../common/options.js";
import { hardened } from "../../layers/hardened.js";
import { entropy } from "../../layers/entropy.js";
import { likeliest } from "../../common/argmax.js";
import type { SeedOption } from "../../models/model.js";
import { RecurrentModel } from "../../models/recurrentModel.js";
import type { Recorded } from "../../models/sequenceModel.js";

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

/** What is used up is used once, until a model has learned otherwise: e⁻⁵ times as likely again. */
const AGAIN = -5;

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

export type ArithmeticState = {
  readonly controller: GRUState;
  /** (batch, numbers): the numbers that were read. */
  readonly numbers: Tensor;
  /** (batch, numbers − 1, 4): the operators that were read, each a one-hot choice. */
  readonly operators: Tensor;
  /** (batch, 2 · numbers): 1 for each number, and behind them each operator, that was read. */
  readonly seen: Tensor;
  /** (batch, 2 · numbers): 1 for the one that was read last, if it was no bracket. */
  readonly latest: Tensor;
  /** (batch, 2 · numbers, hiddenSize): what the controller knew a symbol later, by which it finds them again. */
  readonly keys: Tensor;
  /** (batch, reach): results, the latest first, and 1 for each that was computed. */
  readonly results: Tensor;
  readonly made: Tensor;
  /** How much of each the lines so far have used: (batch, numbers − 1), (batch, numbers) and (batch, reach). */
  readonly usedOperators: Tensor;
  readonly usedNumbers: Tensor;
  readonly usedResults: Tensor;
  /** (batch, numbers − 1 + 2 · slots): what was chosen last. */
  readonly chosen: Tensor;
};

/** Default and check of each option; a function, since importing calls nothing. */
export const arithmeticProgrammerRules = () =>
  ({
    inputSize: [undefined, whole(inputs.places + 3)],
    outputSize: [1, whole(1, { most: 1 }) as Check<1>],
    hiddenSize: [64, whole(1)],
    reach: [3, whole(1)],
    entropyBonus: [0, notNegative()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A Neural Programmer for arithmetic. Olah & Carter 2016, "Attention and Augmented Recurrent Neural Networks", after
 * Neelakantan, Le & Sutskever 2015, arXiv:1511.04834; what the article leaves open is chosen here.
 *
 * A controller reads where numbers, operators and brackets stand in an expression, and then writes a program, a line a
 * step: whose turn it is of the operators, and with which two values. It finds operators and numbers by what it knew a
 * symbol after it read them, and results by how long ago they were; what the operator and the values are is no business
 * of its own. How much of each has been used already counts too, as coverage does in Tu et al. 2016, arXiv:1601.04811.
 * While it learns, every program runs at once: the result of a line is the expectation over operators, what these mean,
 * and both arguments, so that answers alone teach it. When it is used, the most probable line runs, and answers are as
 * exact as the program.
 *
 *   result = Σ_j p(j) Σ_op a_j(op) Σ_k Σ_l u_j(k) v_j(l) f_op(H_k, H_l)
 *
 * Given the operator j, the choices of k and l are independent, and every f is a sum or a product of a function of H_k
 * and one of H_l, so the double sum is made of A = Σ_k u(k) H_k, B = Σ_l v(l) H_l and C = Σ_l v(l) / H_l.
 *
 * Traces: `operations` (5), the distribution Σ_j p(j) a_j in the order of `operations`; `operators` (numbers − 1), p;
 * `arguments` (2 · (numbers − 1), numbers + reach), u_j and v_j of every operator, numbers in their order and then
 * results, the latest first; of the operator whose turn it is `operation` (5), `first` and `second` (numbers + reach);
 * `result` (1). Distributions are what the controller says, also where only the most probable is done, and 0 while
 * it reads.
 *
 * @example
 * const task = arithmeticTask({ maxOperators: 3 });
 * const model = new ArithmeticProgrammer({ inputSize: task.inputSize, seed: 1 });
 */
export class ArithmeticProgrammer extends RecurrentModel<ArithmeticState> {
  static readonly className = "ArithmeticProgrammer";
  readonly name = ArithmeticProgrammer.className;
  readonly options: Required<ArithmeticProgrammerOptions>;
  /** Numbers that an expression may have. */
  readonly numbers: number;
  readonly controller: GRUCell;
  /** What it looks for among the operators, and how much it wants those that have been used. */
  readonly operatorQuery: Linear;
  /** What an operator means. */
  readonly operation: Linear;
  /**
   * For the first argument and the second, what it looks for among the numbers, how much it wants each of the latest
   * results, and how much what has been used: what the controller says of it, and what the operator does.
   */
  readonly argumentQuery: Linear;
  readonly operatorArgumentQuery: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: ArithmeticProgrammerOptions) {
    super();
    this.options = checkOptions(this.name, options, arithmeticProgrammerRules());
    const { inputSize, hiddenSize, reach } = this.options;
    const numbers = (this.numbers = numbersIn(inputSize));
    const structure = inputs.operators + 1 + numbers;
    const chosen = chosenSize(numbers, reach);
    this.controller = this.layer("controller", new GRUCell({ inputSize: structure + chosen, hiddenSize }));
    this.operatorQuery = this.layer("operatorQuery", new Linear({ inputSize: hiddenSize, outputSize: hiddenSize + 1 }));
    this.operation = this.layer("operation", new Linear({ inputSize: OPERATORS, outputSize: operations.length }));
    const sizes = { inputSize: hiddenSize, outputSize: 2 * (hiddenSize + reach + 1) };
    this.argumentQuery = this.layer("argumentQuery", new Linear(sizes));
    this.operatorArgumentQuery = this.layer("operatorArgumentQuery", new Linear(sizes));
  }

  /**
   * The program that the model writes for an expression, and its answer.
   *
   * @throws SyntaxError when the expression cannot be read, RangeError when it has more numbers than the model takes, or
   * divides by zero, or the program that the model writes for it does.
   * @example
   * const { answer, lines } = model.induce(engine, "(3 + 4) * 5");
   */
  induce(engine: Engine, expression: string): ArithmeticProgram {
    const parsed = parseExpression(expression);
    const rows = encodeExpression(parsed, this.numbers);
    const impossible = divisionByZero(parsed);
    if (impossible) throw new RangeError(`The expression is divided by zero, in ${showExpression(impossible)}`);
    const { outputs, trace } = this.run(engine, rows, { trace: ["operation", "operators", "first", "second"] });
    const steps = rows.flatMap((row, step) => (row[inputs.compute] ? [step] : []));
    const lines = steps.map((step, line): ProgramLine => {
      const at = (name: string): [index: number, probability: number] => likeliest(trace[name]![step]!);
      const valueOf = (name: string): ProgramValue => {
        const [slot, probability] = at(name);
        const back = slot - this.numbers;
        return { name: back < 0 ? `x${slot + 1}` : `r${line - back}`, probability };
      };
      const [operation, certainty] = at("operation");
      const probability = certainty * at("operators")[1];
      const [first, second] = [valueOf("first"), valueOf("second")];
      return { operation: operations[operation]!, probability, first, second, result: outputs[step]![0]! };
    });
    const given = rows.filter((row) => row[inputs.number]).map((row) => row.at(-1)!);
    // Where there is nothing yet there is 0.
    const valueOf = ({ name }: ProgramValue): number =>
      (name.startsWith("x") ? given[Number(name.slice(1)) - 1] : lines[Number(name.slice(1)) - 1]?.result) ?? 0;
    const divided = lines.findIndex(({ operation, second }) => operation === "divide" && valueOf(second) === 0);
    if (divided >= 0)
      throw new RangeError(
        `The program that the model wrote divides by zero, in line ${divided + 1}: it has no answer`,
      );
    const probability = lines.reduce(
      (all, line) => all * line.probability * line.first.probability * line.second.probability,
      1,
    );
    return { lines, answer: lines.at(-1)!.result, probability };
  }

  override initialState(graph: Graph, batch: number): ArithmeticState {
    const { numbers } = this;
    const { hiddenSize, reach } = this.options;
    const none = (...shape: number[]): Tensor => constant(graph, [batch, ...shape], 0);
    return {
      controller: this.controller.initialState(graph, batch),
      numbers: none(numbers),
      operators: none(numbers - 1, OPERATORS),
      seen: none(2 * numbers),
      latest: none(2 * numbers),
      keys: none(2 * numbers, hiddenSize),
      results: none(reach),
      made: none(reach),
      usedOperators: none(numbers - 1),
      usedNumbers: none(numbers),
      usedResults: none(reach),
      chosen: none(chosenSize(numbers, reach)),
    };
  }

  /** One symbol, or one line of the program. x: (batch, inputSize) → y: (batch, 1), the result. */
  override step(x: Tensor, state: ArithmeticState): [y: Tensor, next: ArithmeticState] {
    const { y, next } = this.#line(x, state);
    return [y, next];
  }

  override record(graph: Graph, xs: Tensor, inside?: Tensor): Recorded {
    const { entropyBonus } = this.options;
    if (!entropyBonus || !graph.isTraining) return super.record(graph, xs, inside);
    const [, { ys, entropies }] = scan(
      (state: ArithmeticState, x: Tensor) => {
        const { y, next, entropies } = this.#line(x, state);
        return [next, { ys: y, entropies }];
      },
      this.initialState(graph, xs.shape[1] as number),
      xs,
    );
    return { ys, auxiliary: affine(sum(sum(entropies)), { scale: -entropyBonus }) };
  }

  /** `entropies` (batch) are those of all choices of a line, and 0 at a symbol. */
  #line(x: Tensor, state: ArithmeticState): { y: Tensor; next: ArithmeticState; entropies: Tensor } {
    const { numbers } = this;
    const { inputSize, hiddenSize, reach } = this.options;
    const slots = numbers + reach;
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
      operators: add(state.operators, outer(slice(operatorPlace, { end: numbers - 1 }), operator)),
      seen: add(state.seen, places),
      latest: places,
      keys: add(state.keys, outer(state.latest, h)),
    };

    // Whose turn it is, p: (batch, n), n operators.
    const n = numbers - 1;
    const chooses = x.scope.graph.isTraining ? (logits: Tensor) => logits : hardened;
    const ofOperators = { begin: numbers, end: numbers + n };
    const operatorKeys = slice(read.keys, { axis: 1, ...ofOperators });
    const turnQuery = this.operatorQuery.forward(h);
    const fitting = reshape(match(slice(turnQuery, { end: hiddenSize }), operatorKeys), [batch, n]);
    const coverage = multiply(repeated(wanting(slice(turnQuery, { begin: hiddenSize })), n), state.usedOperators);
    const toOperators = add(fitting, coverage);
    const seenOperators = slice(read.seen, ofOperators);
    const operators = maskedSoftmax(toOperators, seenOperators);
    const turn = maskedSoftmax(chooses(toOperators), seenOperators);

    // For each operator what it means, a: (batch, n, 5), and where both its arguments come from, u and v: (batch, 2n, slots).
    const toOperations = this.operation.forward(read.operators);
    const query = add(
      broadcast(this.argumentQuery.forward(h), { axis: 1, count: n }),
      this.operatorArgumentQuery.forward(operatorKeys),
    );
    const ofBoth = (begin: number, size: number): Tensor =>
      reshape(slice(query, { begin: 2 * begin, end: 2 * (begin + size) }), [batch, 2 * n * size]);
    const numberKeys = slice(read.keys, { axis: 1, end: numbers });
    const toNumbers = match(ofBoth(0, hiddenSize), numberKeys);
    const toResults = reshape(ofBoth(hiddenSize, reach), [batch, 2 * n, reach]);
    const used = concat([state.usedNumbers, state.usedResults]);
    const toValues = add(concat([toNumbers, toResults]), outer(wanting(ofBoth(hiddenSize + reach, 1)), used));
    const exists = broadcast(concat([slice(read.seen, { end: numbers }), state.made]), { axis: 1, count: 2 * n });
    const values = maskedSoftmax(toValues, exists);

    const result = expectation(
      turn,
      softmax(chooses(toOperations)),
      maskedSoftmax(chooses(toValues), exists),
      concat([read.numbers, state.results]),
    );

    const means = softmax(toOperations);
    const argumentsOf = (of: Tensor): [first: Tensor, second: Tensor] => {
      const both = weighted(of, reshape(values, [batch, n, 2 * slots]));
      return [slice(both, { end: slots }), slice(both, { begin: slots })];
    };
    const [first, second] = argumentsOf(turn);
    const ofLine = (distribution: Tensor): Tensor => {
      const size = distribution.shape.slice(1).reduce<number>((product, length) => product * (length as number), 1);
      return multiply(distribution, reshape(repeated(isLine, size), distribution.shape));
    };
    this.trace({
      operations: ofLine(weighted(operators, means)),
      operators: ofLine(operators),
      arguments: ofLine(values),
      operation: ofLine(weighted(turn, means)),
      first: ofLine(first),
      second: ofLine(second),
      result,
    });

    const chosen = argumentsOf(operators);
    const now = multiply(add(...chosen), repeated(isLine, slots));
    const [numbersNow, resultsNow] = [slice(now, { end: numbers }), slice(now, { begin: numbers })];
    const push = (latest: Tensor, before: Tensor): Tensor =>
      reach === 1 ? latest : concat([latest, slice(before, { end: reach - 1 })]);
    const uncertain = add(entropy(operators), sum(multiply(operators, sum(reshape(entropy(values), [batch, n, 2])))));
    return {
      y: result,
      entropies: multiply(uncertain, reshape(isLine, [batch])),
      next: {
        controller,
        ...read,
        results: push(result, state.results),
        made: push(isLine, state.made),
        usedOperators: add(state.usedOperators, multiply(operators, repeated(isLine, n))),
        usedNumbers: add(state.usedNumbers, numbersNow),
        usedResults: push(affine(isLine, { scale: 0 }), add(state.usedResults, resultsNow)),
        chosen: concat([operators, ...chosen]),
      },
    };
  }
}

/** Numbers that say what was chosen: an operator, and two of the numbers and the latest results. */
const chosenSize = (numbers: number, reach: number): number => numbers - 1 + 2 * (numbers + reach);

/** How much what has been used is wanted again. */
const wanting = (logits: Tensor): Tensor => affine(logits, { shift: AGAIN });

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

/**
 * The result (batch, 1) of all operations (batch, n, 5) of operators (batch, n), on all pairs of values (batch, slots),
 * chosen by from (batch, 2 · n, slots).
 */
function expectation(operators: Tensor, operations: Tensor, from: Tensor, values: Tensor): Tensor {
  const [batch, slots] = values.shape as [number, number];
  const n = operators.shape[1] as number;
  const delta = SQUARED_DELTA[values.scope.graph.isTraining ? "training" : "running"];
  const squares = affine(relu(affine(multiply(values, values), { shift: -delta })), { shift: delta });
  const column = (x: Tensor): Tensor => reshape(x, [batch, slots, 1]);
  const means = reshape(matmul(from, concat([column(values), column(divide(values, squares))])), [batch, n, 4]);
  const mean = (index: number): Tensor => slice(means, { begin: index, end: index + 1 });
  const [A, B, C] = [mean(0), mean(2), mean(3)];
  const outcomes = concat([add(A, B), subtract(A, B), multiply(A, B), multiply(A, C), A]); // as `operations`
  return reshape(sum(multiply(operators, sum(multiply(operations, outcomes)))), [batch, 1]);
}
