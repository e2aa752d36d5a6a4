import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  broadcast,
  concat,
  constant,
  dropout,
  maskedSoftmax,
  matmul,
  multiply,
  slice,
  softmax,
  sum,
  tanh,
} from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import { uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { between, checkOptions, notNegative, oneOf, positive, whole } from "../../common/options.js";
import { EXTENDED_STEPS, layoutOf, QUESTION_NUMBERS, type TableLayout } from "./layout.js";
import {
  COMPARISONS,
  extendedOperations,
  joinings,
  numericOperations,
  TableMachine,
  tableOperations,
  type TableOperation,
} from "./machine.js";
import { encodeQuestion, isLiteral, type QuestionToken, type TableRow } from "./question.js";
import { hardened } from "../../layers/hardened.js";
import { entropy } from "../../layers/entropy.js";
import { probabilityOf, type ChosenLine, type ChosenProgram, type Selection } from "../../layers/tablePrograms.js";
import { likeliest } from "../../common/argmax.js";
import type { SeedOption } from "../../models/model.js";
import { SequenceModel, type Recorded } from "../../models/sequenceModel.js";

/** Sizes of a NeuralProgrammer. */
export interface NeuralProgrammerOptions extends SeedOption {
  /** Numbers that go in at each step, those of tableTask: they say whether its tables have columns of text. */
  inputSize: number;
  /** Numbers that come out: the scalar, and one for each column. */
  outputSize: number;
  /** Steps of a program, T in the paper. Default: 4. */
  steps?: number;
  /** Units of both networks and width of all embeddings, d in the paper. Default: 64; the paper's is 256. */
  hiddenSize?: number;
  /** Bound of the uniform distribution of the first parameters. Default: 0.1, the paper's. */
  initialRange?: number;
  /**
   * How "and" joins two selections of rows while it learns: by their product, which is its expectation and has a
   * gradient for both, or by the paper's minimum. It is the same where programs are certain. Default: "product".
   */
  joining?: "product" | "minimum";
  /** What training pays for a nat of entropy of each selector, so that nothing is selected too early. Default: 0. */
  entropyBonus?: number;
  /**
   * How likely training takes an operation away from a step of a program, so that no other way of half an answer becomes
   * the only one that is learned: in [0, 1). Default: 0.
   */
  operationDropout?: number;
}

/** A line of a NeuralProgrammer's program. Lines in front of the first that the answer depends on are not used. */
export type TableLine = ChosenLine<TableOperation>;

/** A NeuralProgrammer's program for a question, and its answer. */
export type TableProgram = ChosenProgram<TableLine>;

/** Added to the logits of dropped operations. If all are dropped, the softmax cancels it. */
const MASK_LOGIT = -1e3;

type Numbers = Float32Array<ArrayBuffer>;

/** Operations that look at a column. */
const OF_COLUMN: readonly TableOperation[] = [
  "sum",
  "greater",
  "lesser",
  "assign",
  "textMatch",
  "mean",
  "maximum",
  "minimum",
];

/** Steps back to the lines whose selections of rows, or whose numbers, an operation takes. */
const TAKES: {
  readonly [O in TableOperation]?: { readonly rows?: readonly number[]; readonly numbers?: readonly number[] };
} = {
  sum: { rows: [1] },
  count: { rows: [1] },
  assign: { rows: [1] },
  and: { rows: [1, 2] },
  or: { rows: [1, 2] },
  difference: { numbers: [1, 3] },
  mean: { rows: [1] },
  maximum: { rows: [1] },
  minimum: { rows: [1] },
  not: { rows: [1] },
};
/** Operations that leave a selection of rows. */
const GIVES_ROWS: readonly TableOperation[] = ["and", "or", "maximum", "minimum", "not"];

/** Which lines the last one depends on. A line that selects rows has no number, and the other way round. */
function usedBy(operations: readonly TableOperation[]): boolean[] {
  const isUsed = operations.map(() => false);
  const use = (line: number, kind: "rows" | "numbers" | "all"): void => {
    if (line < 0) return;
    isUsed[line] = true;
    const operation = operations[line]!;
    const gives = GIVES_ROWS.includes(operation) ? "rows" : "numbers";
    if (kind !== "all" && kind !== gives) return;
    const { rows = [], numbers = [] } = TAKES[operation] ?? {};
    for (const back of rows) use(line - back, "rows");
    for (const back of numbers) use(line - back, "numbers");
  };
  use(operations.length - 1, "all");
  return isUsed;
}

type Question = {
  /** (batch, hiddenSize) */
  readonly z: Tensor;
  /** (batch, literals): the numbers that were read, behind them those that stand for texts, and 1 for each. */
  readonly numbers: Tensor;
  readonly seen: Tensor;
  /** (batch, literals, hiddenSize): z at the words to their left. */
  readonly keys: Tensor;
};

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralProgrammerRules = () =>
  ({
    inputSize: [undefined, whole(1)],
    outputSize: [undefined, whole(2)],
    steps: [4, whole(1, { most: 64 })],
    hiddenSize: [64, whole(1)],
    initialRange: [0.1, positive()],
    joining: ["product", oneOf(...joinings)],
    entropyBonus: [0, notNegative()],
    operationDropout: [0, between(0, 1, { below: true })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A Neural Programmer: it answers questions about a table with a program of a few steps, and learns to from answers
 * alone. Neelakantan, Le & Sutskever 2015, arXiv:1511.04834; sections and symbols are the paper's.
 *
 * An RNN reads the question (2.1), from which at every step two selectors choose an operation and a column (2.2), and
 * an RNN remembers what they chose (2.4). While it learns, every operation runs on every column, weighted by the
 * selectors; when it is used, the most probable do. Our RNN of the question has a bias. It needs the kernels of
 * `tapehead/full`.
 *
 * Question and table go in side by side, as tables/layout says. At every step there comes out the scalar answer, and
 * for each column how much the row's cell is printed.
 *
 * Tables of numbers have nine operations; where columns hold texts there is a tenth, that selects the rows whose cell is
 * a text of the question.
 *
 * Traces, the same at every step: `operations` (steps, operations), `columns` (steps, columns) and `pivots`
 * (comparisons, numbers), for "greater", "lesser" and, with texts, "textMatch". Of the row that goes in at a step,
 * `selected` (steps): how much each step of the program selects it.
 */
export class NeuralProgrammer extends SequenceModel {
  static readonly className = "NeuralProgrammer";
  readonly name = NeuralProgrammer.className;
  readonly options: Required<NeuralProgrammerOptions>;
  readonly layout: TableLayout;
  /** What a step can do. */
  readonly operationNames: readonly TableOperation[];
  /** V, words and columns' names: (vocabulary, d). */
  readonly embedding: Parameter;
  /** U: (operations, d). */
  readonly operations: Parameter;
  readonly question: Linear;
  readonly selectOperation: Linear;
  readonly selectColumn: Linear;
  readonly history: Linear;

  /** @throws RangeError when an option is out of range, TypeError when one is unknown. */
  constructor(options: NeuralProgrammerOptions) {
    super();
    const checked = checkOptions(this.name, options, neuralProgrammerRules());
    const { inputSize, outputSize, hiddenSize: d, initialRange } = checked;
    const layout = layoutOf(inputSize, outputSize);
    if (!layout) {
      throw new RangeError(
        `${this.name}: inputSize is ${inputSize} and outputSize ${outputSize}, and must be those of a tableTask`,
      );
    }
    this.layout = layout;
    if (layout.isExtended && checked.steps !== EXTENDED_STEPS) {
      throw new RangeError(
        `${this.name}: steps is ${checked.steps}, and programs of extended questions have ${EXTENDED_STEPS}`,
      );
    }
    this.operationNames = layout.isExtended
      ? extendedOperations
      : layout.hasTexts
        ? tableOperations
        : numericOperations;
    this.options = checked;
    const weights = uniform(initialRange);
    const linear = (inputSize: number): Linear => new Linear({ inputSize, outputSize: d, weights });
    this.embedding = this.parameter("embedding", [this.layout.vocabulary, d], weights);
    this.operations = this.parameter("operations", [this.operationNames.length, d], weights);
    this.question = this.layer("question", linear(2 * d));
    this.selectOperation = this.layer("selectOperation", linear(2 * d));
    this.selectColumn = this.layer("selectColumn", linear(2 * d));
    this.history = this.layer("history", linear(3 * d));
  }

  /**
   * The program that the model writes for a question, and what it answers about a table, whose rows have a number or a
   * text for each column, NaN where there is none.
   *
   * @throws RangeError when the question has no word or too many numbers and texts, or names a column that is not there,
   * or has a text where the model knows tables of numbers alone.
   * @example
   * const { number, lines } = model.induce(engine, ["greater", 2.5, "count"], [[1], [3], [4]]);
   */
  induce(engine: Engine, question: readonly QuestionToken[], rows: readonly TableRow[]): TableProgram {
    const { columns } = this.layout;
    const names = ["operations", "columns", "pivots"];
    const { outputs, trace } = this.run(engine, encodeQuestion(question, rows, this.layout), {
      trace: [...names, "selected"],
    });
    const [operations, selected, pivots] = names.map((name) => trace[name]![0]!) as [Numbers, Numbers, Numbers];
    const literals = question.filter(isLiteral);
    const numbers = literals.filter((token) => typeof token === "number");
    const texts = literals.flatMap((token) => (typeof token === "object" ? [token.text] : []));
    const count = this.operationNames.length;
    const chosen = Array.from({ length: this.options.steps }, (_, t) => {
      const [index, probability] = likeliest(operations.subarray(t * count, (t + 1) * count));
      return { operation: this.operationNames[index]!, probability };
    });
    const used = usedBy(chosen.map(({ operation }) => operation));
    const lines = chosen.map(({ operation, probability }, t): TableLine => {
      const [column, sure] = likeliest(selected.subarray(t * columns, (t + 1) * columns));
      const line = {
        operation,
        probability,
        column: { index: column, probability: sure },
        rows: rows.flatMap((_, row) => (trace["selected"]![row]![t]! > 0.5 ? [row] : [])),
        isUsed: used[t]!,
        choices: {
          operations: operations.slice(t * count, (t + 1) * count),
          columns: selected.slice(t * columns, (t + 1) * columns),
        },
      };
      const given = operation === "textMatch" ? texts : numbers;
      if (!COMPARISONS.includes(operation) || !given.length) return line;
      const first = COMPARISONS.indexOf(operation) * QUESTION_NUMBERS;
      const among = given.map((value, i) => ({ value, probability: pivots[first + i]! }));
      const [place] = likeliest(among.map(({ probability }) => probability));
      return { ...line, pivot: among[place]!, choices: { ...line.choices, pivots: among } };
    });
    const last = lines.at(-1)!;
    const probability = probabilityOf(lines, OF_COLUMN);
    if (last.operation === "assign") {
      const { index } = last.column;
      const isPrinted = rows.flatMap((_, row) => (outputs[row]![1 + index]! > 0.5 ? [row] : []));
      return { lines, probability, printed: { column: index, rows: isPrinted } };
    }
    const isNumber = ["sum", "count", "difference", "mean"].includes(last.operation);
    return { lines, probability, ...(isNumber && { number: outputs[0]![0]! }) };
  }

  #nothingRead(graph: Graph, batch: number): Question {
    const zeros = (...shape: number[]): Tensor => constant(graph, [batch, ...shape], 0);
    const { hiddenSize: d } = this.options;
    const { literals } = this.layout;
    return {
      z: zeros(d),
      numbers: zeros(literals),
      seen: zeros(literals),
      keys: zeros(literals, d),
    };
  }

  /** A word of the question: z = tanh(W [z; V(w)]), 2.1. Where there is none, nothing changes. */
  #read(x: Tensor, { z, numbers, seen, keys }: Question): Question {
    const { vocabulary, isWord, place, literals, value } = this.layout;
    const { hiddenSize: d } = this.options;
    const batch = x.shape[0] as number;
    const part = (begin: number, count: number): Tensor => slice(x, { begin, end: begin + count });
    const repeated = (of: Tensor, count: number): Tensor => reshape(broadcast(of, { axis: 1, count }), [batch, count]);
    const word = matmul(part(0, vocabulary), x.scope.graph.parameter(this.embedding));
    const next = tanh(this.question.forward(concat([z, word])));
    const isHere = repeated(part(isWord, 1), d);
    const after = add(multiply(isHere, next), multiply(affine(isHere, { scale: -1, shift: 1 }), z));
    const at = part(place, literals);
    return {
      z: after,
      numbers: add(numbers, multiply(at, repeated(part(value, 1), literals))),
      seen: add(seen, at),
      keys: add(keys, matmul(reshape(at, [batch, literals, 1]), reshape(after, [batch, 1, d]))),
    };
  }

  override record(graph: Graph, xs: Tensor): Recorded {
    const { isWord, isRow, cells, present, texts, orders, columns, hasTexts, isExtended, words } = this.layout;
    const { hiddenSize: d, steps, joining, operationDropout: rate } = this.options;
    const [time, batch] = xs.shape as [Tensor["shape"][number], number];
    const [read] = scan(
      (state: Question, x: Tensor) => {
        // The loop ends at the first step in which no question of the shard has a word.
        const isOver = affine(slice(x, { begin: isWord, end: isWord + 1 }), { scale: -1, shift: 1 });
        return [this.#read(x, state), [] as Tensor[], isOver];
      },
      this.#nothingRead(graph, batch),
      xs,
    );

    const chooses = graph.isTraining ? (logits: Tensor) => logits : hardened;
    const U = graph.parameter(this.operations);
    const P = slice(graph.parameter(this.embedding), { axis: 0, begin: words.length });
    const pivots = this.#pivots(read, U, chooses);
    const part = (begin: number, count: number): Tensor => slice(xs, { begin, end: begin + count });
    const tables = {
      cells: part(cells, columns),
      present: part(present, columns),
      isRow: reshape(part(isRow, 1), [time, batch]),
      ...(hasTexts && { texts: part(texts, columns) }),
      // Rows are counted from 1, so that 0 is none.
      ...(isExtended && { orders: affine(part(orders, 2 * columns), { shift: -1 }) }),
    };
    const machine = new TableMachine(tables, pivots.done, joining);

    const drops = graph.isTraining && rate > 0;
    const every = constant(graph, [batch, this.operationNames.length], 1);
    const allowed = (logits: Tensor): Tensor =>
      drops
        ? add(
            logits,
            affine(dropout(every, graph.random(), { rate }), { scale: (1 - rate) * -MASK_LOGIT, shift: MASK_LOGIT }),
          )
        : logits;

    let h = constant(graph, [batch, d], 0);
    let last: Selection | undefined;
    const selections: Selection[] = [];
    const selected: Tensor[] = [];
    for (let t = 0; t < steps; ++t) {
      if (last) h = tanh(this.history.forward(concat([matmul(last.operation, U), matmul(last.column, P), h]))); // 2.4
      const known = concat([read.z, h]);
      const toOperation = allowed(matmul(tanh(this.selectOperation.forward(known)), U, { transposeB: true })); // 2.2
      const toColumn = matmul(tanh(this.selectColumn.forward(known)), P, { transposeB: true });
      last = { operation: softmax(toOperation), column: softmax(toColumn) };
      selections.push(last);
      machine.step(
        graph.isTraining ? last : { operation: softmax(chooses(toOperation)), column: softmax(chooses(toColumn)) },
      );
      selected.push(reshape(machine.selected, [time, batch, 1]));
    }

    const always = (x: Tensor): Tensor => broadcast(x, { axis: 0, count: time });
    const stacked = (of: keyof Selection): Tensor =>
      always(reshape(concat(selections.map((each) => each[of])), [batch, steps, selections[0]![of].shape[1]!]));
    this.trace({
      operations: stacked("operation"),
      columns: stacked("column"),
      pivots: always(pivots.said),
      selected: concat(selected),
    });
    const said = (): Tensor[] => [
      ...(["operation", "column"] as const).map((of) => concat(selections.map((each) => each[of]))),
      reshape(pivots.said, [
        batch,
        pivots.said.shape.slice(1).reduce<number>((all, size) => all * (size as number), 1),
      ]),
    ];
    const ys = concat([
      always(reshape(machine.scalar, [batch, 1])),
      machine.lookup,
      ...(isExtended ? said().map(always) : []),
    ]);
    const { entropyBonus } = this.options;
    if (!entropyBonus || !graph.isTraining) return { ys };
    const entropies = selections.flatMap(({ operation, column }) => [sum(entropy(operation)), sum(entropy(column))]);
    return {
      ys,
      auxiliary: affine(
        entropies.reduce((a, b) => add(a, b)),
        { scale: -entropyBonus },
      ),
    };
  }

  /** β: how much each number of the question is the pivot of each comparison, 2.3, or each text. */
  #pivots({ numbers, keys, seen }: Question, U: Tensor, chooses: (logits: Tensor) => Tensor) {
    const batch = seen.shape[0] as number;
    const { hiddenSize: d } = this.options;
    const { literals } = this.layout;
    const operations = matmul(reshape(keys, [batch * literals, d]), U, { transposeB: true });
    const names = COMPARISONS.filter((name) => this.operationNames.includes(name));
    const ofKind = (of: Tensor, name: TableOperation): Tensor => {
      const begin = name === "textMatch" ? QUESTION_NUMBERS : 0;
      return slice(of, { begin, end: begin + QUESTION_NUMBERS });
    };
    const scored = names.map((name) => {
      const begin = this.operationNames.indexOf(name);
      const scores = reshape(slice(operations, { begin, end: begin + 1 }), [batch, literals]);
      return { scores: ofKind(scores, name), seen: ofKind(seen, name) };
    });
    const [greater, lesser, textMatch] = scored.map(({ scores, seen }) => maskedSoftmax(chooses(scores), seen)) as [
      Tensor,
      Tensor,
      Tensor?,
    ];
    const said = concat(scored.map(({ scores, seen }) => maskedSoftmax(scores, seen)));
    return {
      done: {
        numbers: ofKind(numbers, "greater"),
        greater,
        lesser,
        ...(textMatch && { texts: ofKind(numbers, "textMatch"), textMatch }),
      },
      said: reshape(said, [batch, names.length, QUESTION_NUMBERS]),
    };
  }
}
