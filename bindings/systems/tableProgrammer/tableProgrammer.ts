import type { Engine } from "../../engine/engine.js";
import { wideShardRows } from "../../engine/shards.js";
import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  batchMajor,
  broadcast,
  clip,
  concat,
  constant,
  dropout,
  gather,
  maskedSoftmax,
  matmul,
  multiply,
  relu,
  reverseSequence,
  slice,
  softmax,
  sum,
  tanh,
  transpose,
  uniform as uniformNumbers,
  weightedRead,
} from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { first, reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { Attention, type Annotations } from "../../layers/attention.js";
import { Embedding } from "../../layers/embedding.js";
import { uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { LSTMCell, type LSTMState } from "../../layers/lstmCell.js";
import { oneHot } from "../../layers/places.js";
import { between, checkOptions, positive, whole } from "../../common/options.js";
import { TableRunner, type AskedQuestion, type TableAnswer } from "./tableRunner.js";
import { answeringGraph } from "./answeringGraph.js";
import { answerLoss } from "./answerLoss.js";
import { ASKED_NUMBERS, COLUMN_MARKS, NAME_WORDS } from "./asked.js";
import type { Selection } from "../../layers/tablePrograms.js";
import { RowMachine, rowOperations, type RowPivots } from "./rowMachine.js";
import type { TextTable } from "./textTable.js";
import { ANSWER_ITEMS, tableQuestionLayout } from "./fillTableQuestions.js";
import type { TableQuestionsTask } from "./tableQuestionsTask.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import type { Method } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";

/** Vocabulary and sizes of a TableProgrammer. */
export interface TableProgrammerOptions extends SeedOption {
  /** Words it knows, those of tableQuestionsTask; all others are one unknown word. */
  symbols: readonly string[];
  /** Columns of a table that it reads, from the first. Default: 12. */
  columns?: number;
  /** Steps of a program, T in the paper. Default: 4. */
  steps?: number;
  /** Units of all networks and width of all embeddings, d in the paper. Default: 128; the paper's is 256. */
  hiddenSize?: number;
  /** Bound of the uniform distribution of embeddings at first. Default: 0.1, the paper's. */
  initialRange?: number;
  /** The part of embedded words and of the selectors' units that training drops. Default: 0.2, the paper's. */
  dropout?: number;
  /** The part of the LSTM's state that it drops, the same at every word. Default: 0.1, the paper's. */
  recurrentDropout?: number;
  /** How likely a word becomes the unknown one in training. Default: 0.1, the paper's. */
  wordDropout?: number;
}

/** What a program does with a question and a table, as tensors of a graph. */
export interface RecordedProgram {
  /** Runs every program at once in training, and elsewhere the most probable. */
  readonly machine: RowMachine;
  /** Runs the most probable. */
  readonly chosen: RowMachine;
  /** How much each row is selected behind each step of it: (rows, batch). */
  readonly selected: readonly Tensor[];
  /** The distributions over what each step does. */
  readonly selections: readonly Selection[];
  /** (batch, comparisons, numbers) */
  readonly pivots: Tensor;
}

const COMPARISONS = 4;
/** An answer is right whose loss is below it when the most probable program runs: the paper's. */
const RIGHT = 1e-4;
const STEEP = 1e30;

/** Default and check of each option; a function, since importing calls nothing. */
export const tableProgrammerRules = () =>
  ({
    symbols: [undefined, isVocabulary],
    columns: [12, whole(1, { most: 256 })],
    steps: [4, whole(1, { most: 8 })],
    hiddenSize: [128, whole(1)],
    initialRange: [0.1, positive()],
    dropout: [0.2, between(0, 1, { below: true })],
    recurrentDropout: [0.1, between(0, 1, { below: true })],
    wordDropout: [0.1, between(0, 1, { below: true })],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  }) as const;

/**
 * A Neural Programmer that answers questions in words about tables of text: it writes programs of a few steps, and
 * learns to from answers alone. Neelakantan, Le, Abadi, McCallum & Amodei 2017, arXiv:1611.08945; sections and symbols
 * are the paper's. It needs the kernels of `tapehead/full`.
 *
 * An LSTM reads the question, with attention for every step of the program; an operation is chosen, and a column in
 * view of it. While it learns, every operation runs on every column, weighted by how likely each is chosen; when it is
 * used, the most probable do. Other than the paper's, our LSTM is the usual one, selectors have biases, a column is told
 * by all words of its name (the first four), by whether any of its entries matches, instead of how many, and by whether it
 * holds numbers, dates, and an entry that is frequent. Numbers leave a mark among the words, and pivots are told by the
 * state there, instead of the one to their left.
 *
 * @example
 * const model = new TableProgrammer({ symbols: task.symbols, seed: 1 });
 * const { items, lines } = model.answer(engine, "which city was the last?", { header, rows });
 */
export class TableProgrammer extends Model<"answerError"> {
  static readonly className = "TableProgrammer";
  readonly name = TableProgrammer.className;
  override readonly metrics = ["answerError"] as const;
  override readonly hasOwnLoss = true;
  readonly options: Required<TableProgrammerOptions>;
  /** What a step can do. */
  readonly operationNames = rowOperations;
  /** Number 0 is the unknown word. */
  readonly vocabulary: Vocabulary;
  /** Words of questions and of columns' names: (vocabulary, d). */
  readonly embedding: Embedding;
  /** U: (operations, d). */
  readonly operations: Parameter;
  /** What columns are told by beside their names, (marks, d), and how much a name that matches counts. */
  readonly marks: Parameter;
  readonly nameMatch: Parameter;
  readonly encoder: LSTMCell;
  readonly attention: Attention;
  readonly selectOperation: Linear;
  readonly selectColumn: Linear;
  /** The column's selector, in view of the operation. */
  readonly condition: Linear;
  readonly history: Linear;
  readonly #runner = new TableRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: TableProgrammerOptions) {
    super();
    const checked = checkOptions(this.name, options, tableProgrammerRules());
    this.options = checked;
    const { hiddenSize: d, initialRange } = checked;
    const vectors = uniform(initialRange);
    this.vocabulary = new Vocabulary(checked.symbols);
    const linear = (inputs: number): Linear => new Linear({ inputSize: inputs * d, outputSize: d });
    this.embedding = this.layer("embedding", new Embedding({ symbols: this.vocabulary.size, width: d, vectors }));
    this.operations = this.parameter("operations", [rowOperations.length, d], vectors);
    this.marks = this.parameter("marks", [COLUMN_MARKS, d], vectors);
    this.nameMatch = this.parameter("nameMatch", [1], vectors);
    this.encoder = this.layer("encoder", new LSTMCell({ inputSize: d, hiddenSize: d }));
    this.attention = this.layer("attention", new Attention({ querySize: d, annotationSize: d, score: "dot" }));
    this.selectOperation = this.layer("selectOperation", linear(3));
    this.selectColumn = this.layer("selectColumn", linear(3));
    this.condition = this.layer("condition", linear(2));
    this.history = this.layer("history", linear(3));
  }

  override expectFit(owner: string, task: AnyTask): void {
    const { name, symbols, columns } = task as TableQuestionsTask;
    for (const [what, theirs] of Object.entries({ symbols, columns })) {
      const ours = this.options[what as "symbols" | "columns"];
      if (String(ours) === String(theirs)) continue;
      const message = `${owner}: the model's ${what} are not those of the task ${name}`;
      throw new ShapeError(message, owner, String(theirs), String(ours));
    }
  }

  override batchLayout(): ReturnType<typeof tableQuestionLayout> {
    return tableQuestionLayout(this.options.columns);
  }

  /** Shards of large matrices: every one reads them all. */
  override shardRows(left: number, batch: number): number {
    return wideShardRows(left, batch);
  }

  /** `answer`: the fields of the batch → the most probable program, and the rows that each of its steps selects. */
  override methods(): Readonly<Record<"answer", Method>> {
    return {
      answer: { record: (graph: Graph, batch: number) => answeringGraph(this, graph, batch), cut: wideShardRows },
    };
  }

  override objective(graph: Graph, _: AnyTask, batch: number): Objective {
    const { machine, chosen } = this.record(graph, batch);
    const { columns } = this.options;
    const rows = graph.dimension("rows");
    const expected = {
      number: graph.input("number", [batch]),
      items: graph.input("items", [batch, ANSWER_ITEMS]),
      answers: graph.input("answers", [rows, batch, ANSWER_ITEMS * columns]),
      isCell: graph.input("isCell", [rows, batch, columns]),
      perRow: graph.input("perRow", [batch]),
      perCell: graph.input("perCell", [batch]),
    };
    const lossesOf = ({ scalar, lookup }: RowMachine): Tensor => answerLoss({ scalar, lookup, ...expected });
    const losses = lossesOf(machine);
    const whenChosen = chosen === machine ? losses : lossesOf(chosen);
    const isWrong = clip(affine(whenChosen, { scale: STEEP, shift: -RIGHT * STEEP }), { low: 0, high: 1 });
    return { loss: sum(losses), metrics: { answerError: sum(isWrong) } };
  }

  /**
   * The programs over the batch's inputs.
   *
   * @internal
   */
  record(graph: Graph, batch: number): RecordedProgram {
    const { columns, hiddenSize: d, steps, dropout: rate } = this.options;
    const rows = graph.dimension("rows");
    const read = this.#read(graph, batch);
    const dropped = (x: Tensor): Tensor => (rate && graph.isTraining ? dropout(x, graph.random(), { rate }) : x);
    const U = graph.parameter(this.operations);
    const pivots = this.#pivots(graph, read, batch);
    const cells = (name: string): Tensor => graph.input(name, [rows, batch, columns]);
    const tables = {
      cells: cells("cells"),
      present: cells("present"),
      matches: cells("matches"),
      frequent: cells("frequent"),
      orders: graph.input("orders", [rows, batch, 2 + 2 * columns]),
      isRow: graph.input("isRow", [rows, batch]),
    };
    const chosen = new RowMachine(tables, pivots.chosen);
    const machine = graph.isTraining ? new RowMachine(tables, pivots.all) : chosen;
    const { vectors, named, isColumn } = this.#columns(graph, batch);

    let h = constant(graph, [batch, d], 0);
    const selections: Selection[] = [];
    const selected: Tensor[] = [];
    for (let t = 0; t < steps; ++t) {
      const known = concat([read.question, this.attention.forward(h, read.annotations).context, h]);
      const toOperation = matmul(dropped(relu(this.selectOperation.forward(known))), U, { transposeB: true });
      const operation = softmax(toOperation);
      const said = matmul(operation, U); // (batch, d)
      const inView = relu(this.condition.forward(concat([dropped(relu(this.selectColumn.forward(known))), said])));
      const fits = matmul(reshape(dropped(inView), [batch, 1, d]), vectors, { transposeB: true });
      const toColumn = add(reshape(fits, [batch, columns]), named);
      const column = maskedSoftmax(toColumn, isColumn);
      selections.push({ operation, column });
      if (machine !== chosen) machine.step({ operation, column });
      chosen.step({ operation: oneHotArgmax(operation), column: oneHotArgmax(column) });
      selected.push(chosen.selected);
      if (t === steps - 1) break;
      const looked = reshape(matmul(reshape(column, [batch, 1, columns]), vectors), [batch, d]);
      h = tanh(this.history.forward(concat([h, said, looked])));
    }
    return { machine, chosen, selected, selections, pivots: pivots.said };
  }

  /** The question: its last state, and all of them to attend to. */
  #read(graph: Graph, batch: number): Read {
    const { hiddenSize: d, dropout: rate, recurrentDropout, wordDropout } = this.options;
    const words = graph.dimension("words");
    const ids = graph.input("words", [words, batch]);
    const inside = graph.input("inside", [words, batch]);
    const lengths = graph.input("lengths", [batch]);
    let known = ids;
    if (graph.isTraining && wordDropout) {
      const u = uniformNumbers(graph.random(), { shape: ids.shape });
      // Number 0 is the unknown word.
      known = multiply(ids, clip(affine(u, { scale: STEEP, shift: -wordDropout * STEEP }), { low: 0, high: 1 }));
    }
    const embedded = this.embedding.forward(known);
    const xs = graph.isTraining && rate ? dropout(embedded, graph.random(), { rate }) : embedded;
    const whole = constant(graph, [batch, d], 1);
    const kept =
      graph.isTraining && recurrentDropout ? dropout(whole, graph.random(), { rate: recurrentDropout }) : undefined;
    const [, outputs] = scan(
      ({ h, c }: LSTMState, x: Tensor) => {
        const next = this.encoder.step(x, { h: kept ? multiply(h, kept) : h, c });
        return [next, next.h];
      },
      this.encoder.initialState(graph, batch),
      xs,
    );
    const annotations = this.attention.annotate(batchMajor(outputs), transpose(inside));
    return { question: first(reverseSequence(outputs, lengths)), annotations };
  }

  /** β: how much each number of the question is the pivot of each comparison, by the LSTM's state at it. */
  #pivots(graph: Graph, { annotations }: Read, batch: number) {
    const { hiddenSize: d } = this.options;
    const words = graph.dimension("words");
    const places = transpose(batchMajor(graph.input("places", [words, batch, ASKED_NUMBERS])));
    const keys = weightedRead(annotations.values, places);
    const begin = rowOperations.indexOf("greater");
    const comparisons = slice(graph.parameter(this.operations), { axis: 0, begin, end: begin + COMPARISONS });
    const fits = matmul(reshape(keys, [batch * ASKED_NUMBERS, d]), comparisons, { transposeB: true });
    const logits = transpose(reshape(fits, [batch, ASKED_NUMBERS, COMPARISONS]));
    const seen = graph.input("seen", [batch, ASKED_NUMBERS]);
    const mask = broadcast(seen, { axis: 1, count: COMPARISONS });
    const numbers = graph.input("numbers", [batch, ASKED_NUMBERS]);
    const pivots = (weights: Tensor): RowPivots => {
      const of = (i: number): Tensor =>
        reshape(slice(weights, { axis: 1, begin: i, end: i + 1 }), [batch, ASKED_NUMBERS]);
      return { numbers, weights: Array.from({ length: COMPARISONS }, (_, i) => of(i)) };
    };
    const said = maskedSoftmax(logits, mask);
    return { all: pivots(said), chosen: pivots(multiply(oneHotArgmax(said), mask)), said };
  }

  /** What columns are told by: (batch, columns, d), and how much more one whose name is in the question. */
  #columns(graph: Graph, batch: number) {
    const { columns, hiddenSize: d } = this.options;
    const input = (name: string): Tensor => graph.input(name, [batch, columns]);
    const names = reshape(graph.input("names", [batch, columns * NAME_WORDS]), [batch, columns, NAME_WORDS]);
    const spelled = sum(gather(graph.parameter(this.embedding.vectors), names), { axis: 2 });
    const marks = reshape(graph.input("marks", [batch, columns * COLUMN_MARKS]), [batch * columns, COLUMN_MARKS]);
    const marked = matmul(marks, graph.parameter(this.marks));
    const weight = broadcast(reshape(graph.parameter(this.nameMatch), []), { count: batch * columns });
    return {
      vectors: add(spelled, reshape(marked, [batch, columns, d])),
      named: multiply(reshape(weight, [batch, columns]), input("named")),
      isColumn: input("isColumn"),
    };
  }

  /**
   * Answers a question about a table.
   * @throws RangeError when the table has no row or column, or rows of different lengths.
   * @example
   * const { items } = model.answer(engine, "how many cities?", { header: ["City"], rows: [["Athens"], ["Beijing"]] });
   */
  answer(engine: Engine, question: string, table: TextTable): TableAnswer {
    return this.#runner.run(engine, [{ question, table }])[0]!;
  }

  /** Answers questions, each about its own table, as many as fit in one call of a program. @throws RangeError as answer. */
  answers(engine: Engine, questions: readonly AskedQuestion[]): TableAnswer[] {
    return this.#runner.run(engine, questions);
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}

/** One-hot argmax of each row, the first of equals: (…, n) → (…, n). */
function oneHotArgmax(probabilities: Tensor): Tensor {
  const { graph } = probabilities.scope;
  const count = probabilities.shape.at(-1) as number;
  const rows = (probabilities.shape as readonly number[]).slice(0, -1).reduce((a, b) => a * b);
  const places = concat(Array.from({ length: count }, (_, i) => constant(graph, [rows, 1], i)));
  return reshape(oneHot(reshape(argmax(probabilities), [rows]), places), probabilities.shape);
}

interface Read {
  /** (batch, d) */
  readonly question: Tensor;
  readonly annotations: Annotations;
}
