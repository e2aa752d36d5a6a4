import type { Engine } from "../../engine/engine.js";
import { between, checkOptions, notNegative, oneOf, whole } from "../../common/options.js";
import type { Graph } from "../../graph/graph.js";
import {
  add,
  affine,
  argmax,
  broadcast,
  concat,
  constant,
  divide,
  dropout,
  multiply,
  slice,
  sum,
  transpose,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Shape } from "../../graph/shape.js";
import { ShapeError } from "../../graph/shapeError.js";
import type { Tensor } from "../../graph/tensor.js";
import { Embedding } from "../../layers/embedding.js";
import { glorot, uniform } from "../../layers/initializers.js";
import { Linear } from "../../layers/linear.js";
import { inputsOf } from "../../graph/layout.js";
import { evaluateTask } from "../../models/evaluateTask.js";
import { Model, type Objective, type SeedOption } from "../../models/model.js";
import { outputTraces } from "../../models/outputTraces.js";
import { sequenceLayout } from "../../models/sequenceLayout.js";
import type { Method, MethodOptions } from "../../runtime/method.js";
import type { AnyTask } from "../../tasks/task.js";
import { CGRU } from "./cgru.js";
import { DiagonalCell, hardTanh, saturation } from "./diagonalCell.js";
import { distances, firstSet, nextSet } from "./parameterSets.js";
import { SymbolRunner, type SymbolRun, type SymbolRunOptions } from "./symbolRunner.js";
import type { SymbolTask } from "./symbolTask.js";

/** Sizes and choices of a NeuralGPU. */
export interface NeuralGPUOptions extends SeedOption {
  /** Symbols there are, 0 included, which stands for nothing. */
  symbols: number;
  /** What a step does: "cgru", over images, as in the first article, or "diagonal", over a sequence. Default: "cgru". */
  cell?: "cgru" | "diagonal";
  /** Numbers at each place of the state. Default: 24, of a diagonal one 48. */
  maps?: number;
  /** Places beside each position; a diagonal one has 1. Default: 4. */
  width?: number;
  /** Cells behind each other in a step. Default: 2, of a diagonal one 1. */
  layers?: number;
  /** Sets of parameters that steps take in turn, pulled together while it learns. Default: 6, of a diagonal one 1. */
  relaxation?: number;
  /** The part of the state, of a diagonal one of its input and candidates, that training drops. Default: 0.09, 0.1. */
  dropout?: number;
  /** What training pays for the squared distance of the sets of parameters from their mean. Default: 0.0005. */
  pull?: number;
  /** What training pays for saturation, of a diagonal one, which has none. Default: 0.001. */
  saturation?: number;
}

const DEFAULTS = {
  cgru: { maps: 24, width: 4, layers: 2, relaxation: 6, dropout: 0.09 },
  diagonal: { maps: 48, width: 1, layers: 1, relaxation: 1, dropout: 0.1 },
} as const;

/** Default and check of each option; a function, since importing calls nothing. */
export const neuralGPURules = (options?: Partial<NeuralGPUOptions>) => {
  const isDiagonal = options?.cell === "diagonal";
  const fallback = DEFAULTS[isDiagonal ? "diagonal" : "cgru"];
  return {
    symbols: [undefined, whole(2, { most: 0xffff })],
    cell: ["cgru", oneOf("cgru", "diagonal")],
    maps: [fallback.maps, whole(1)],
    width: [fallback.width, whole(1, isDiagonal ? { most: 1 } : {})],
    layers: [fallback.layers, whole(1, { most: 16 })],
    relaxation: [fallback.relaxation, whole(1, { most: 64 })],
    dropout: [fallback.dropout, between(0, 1, { below: true })],
    pull: [0.0005, notNegative()],
    saturation: [0.001, notNegative()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  } as const;
};

/** What one pass leaves. */
interface Passed {
  /** (time, batch, symbols) */
  readonly logits: Tensor;
  /** (batch): how far pre-activations were saturated in all steps, of a diagonal one that is trained. */
  readonly saturated: Tensor | undefined;
}

/**
 * Neural GPU: a state as long as the input is turned into the output by as many steps as it is long, each the same
 * convolutional gated recurrent units at all positions at once. Kaiser & Sutskever 2016, "Neural GPUs Learn Algorithms",
 * arXiv:1511.08228; with `cell: "diagonal"` that of Freivalds & Liepins 2017, "Improving the Neural GPU Architecture for
 * Algorithm Learning", arXiv:1702.08727.
 *
 * A sequence of n symbols takes n steps, and what stands at each position then is its answer: it runs on inputs of any
 * length, and costs the square of it.
 *
 * @example
 * const model = new NeuralGPU({ symbols: 4, cell: "diagonal", seed: 1 });
 * const [{ symbols }] = model.run(engine, [[1, 2, 3, 2, 2]]);
 */
export class NeuralGPU extends Model {
  static readonly className = "NeuralGPU";
  readonly name = NeuralGPU.className;
  readonly options: Required<NeuralGPUOptions>;
  readonly embedding: Embedding;
  /**
   * Layers of a step: several where each has another cell, by relaxation.
   *
   * @internal
   */
  readonly cells: readonly (CGRU | DiagonalCell)[];
  readonly output: Linear;
  readonly #runner = new SymbolRunner(this);

  /** @throws RangeError when an option is out of range, TypeError when one is unknown or missing. */
  constructor(options: NeuralGPUOptions) {
    super();
    const checked = checkOptions(this.name, options, neuralGPURules(options));
    this.options = checked;
    const { symbols, cell, maps, layers, relaxation: sets } = checked;
    const isDiagonal = cell === "diagonal";
    const vectors = isDiagonal ? glorot() : uniform(1.7);
    this.embedding = this.layer("embedding", new Embedding({ symbols, width: maps, vectors }));
    this.cells = Array.from({ length: layers }, (_, i) =>
      this.layer(`cells.${i}`, cell === "diagonal" ? new DiagonalCell({ maps, sets }) : new CGRU({ maps, sets })),
    );
    this.output = this.layer("output", new Linear({ inputSize: maps, outputSize: symbols }));
  }

  override expectFit(owner: string, task: AnyTask): void {
    const { name, symbols } = task as SymbolTask;
    if (this.options.symbols === symbols) return;
    const message = `${owner}: the model's symbols are ${this.options.symbols}, and must be ${symbols} for the task ${name}`;
    throw new ShapeError(message, owner, String(symbols), String(this.options.symbols));
  }

  override batchLayout() {
    return sequenceLayout({ inputSize: 1, targetSize: 1 });
  }

  override objective(graph: Graph, task: AnyTask, batch: number): Objective {
    const { x, targets, mask, inside } = inputsOf(graph, this.batchLayout(), batch);
    const { logits, saturated } = this.pass(reshape(x, inside.shape), inside);
    const auxiliary = graph.isTraining ? this.#auxiliary(graph, batch, saturated, inside) : undefined;
    return { ...evaluateTask(task, { graph, logits, targets, mask, inside }), ...(auxiliary && { auxiliary }) };
  }

  /** The auxiliary loss, summed over sequences: for saturation a step and a position, and for distance. */
  #auxiliary(graph: Graph, rows: number, saturated: Tensor | undefined, inside: Tensor): Tensor | undefined {
    const { pull, relaxation } = this.options;
    const costs: Tensor[] = [];
    if (saturated) {
      const [positions, steps] = [inside, constant(graph, inside.shape, 1)].map((x) => sum(x, { axis: 0 }));
      const mean = divide(divide(saturated, positions!), steps!);
      costs.push(affine(sum(mean), { scale: this.options.saturation }));
    }
    if (pull && relaxation > 1) costs.push(affine(distances(this.#sets(), graph), { scale: pull * rows }));
    return costs.length ? costs.reduce((a, b) => add(a, b)) : undefined;
  }

  /** The parameters that there are several sets of. */
  *#sets() {
    for (const cell of this.cells) for (const [, parameter] of cell.namedParameters()) yield parameter;
  }

  /**
   * x: (time, batch), whole numbers. Where `inside` (time, batch) is 0 there is no state, so that sequences of different
   * lengths share a batch; all take as many steps as the longest.
   *
   * @internal
   */
  pass(x: Tensor, inside?: Tensor): Passed {
    const { graph } = x.scope;
    const [time, batch] = x.shape as [Tensor["shape"][number], number];
    const { cell, maps, width, relaxation, dropout: rate } = this.options;
    const isDiagonal = cell === "diagonal";
    const embedded = this.embedding.forward(transpose(x));
    const shape = isDiagonal ? [batch, time, maps] : [batch, width, time, maps];
    const ones = graph.isTraining && rate ? constant(graph, [time, ...shape], 1) : undefined;
    const dropped = ones && dropout(ones, graph.random(), { rate });
    // Without it, few seeds of a diagonal one learn what longer sequences need.
    const input = isDiagonal ? hardTanh(embedded) : inFirstColumn(embedded, width);
    const begun = isDiagonal && dropped ? dropout(input, graph.random(), { rate }) : input;
    const positions = inside && transpose(inside);
    const mask = positions && maskOf(positions, shape);
    const masked = (s: Tensor): Tensor => (mask ? multiply(s, mask) : s);
    const [final] = scan(
      ({ image, set, saturation: before }: State, { kept }: { kept: Tensor[] }) => {
        const drop = (s: Tensor): Tensor => (kept[0] ? multiply(s, kept[0]) : s);
        let s = image;
        const saturated = [...before];
        for (const cell of this.cells) {
          if (cell instanceof CGRU) {
            s = masked(cell.step(s, set[0]));
            continue;
          }
          const step = cell.step(s, set[0], drop);
          s = masked(step.next);
          for (const x of saturated.length ? step.before : []) {
            saturated[0] = add(saturated[0]!, saturation(x, positions!));
          }
        }
        if (!isDiagonal) s = drop(s);
        this.trace({ image: s });
        return [{ image: s, set: set.map((t) => nextSet(t, relaxation)), saturation: saturated }, [] as Tensor[]];
      },
      {
        image: masked(begun),
        set: relaxation > 1 ? [firstSet(graph)] : [],
        saturation: isDiagonal && graph.isTraining && this.options.saturation ? [constant(graph, [batch], 0)] : [],
      },
      { kept: dropped ? [dropped] : [] },
      { steps: time },
    );
    return { logits: timeMajor(this.read(final.image)), saturated: final.saturation[0] };
  }

  /**
   * `symbols`: x (time, batch) → symbols (time, batch), of sequences of one length. Traces: `image`, the state behind
   * every step, (time, batch, …), and `readings`, what would be answered if it were the last, (time, batch, time).
   */
  override methods({ trace }: Pick<MethodOptions, "trace">): Readonly<Record<"symbols", Method>> {
    const record = (graph: Graph, batch: number): void => {
      const { logits } = this.pass(graph.input("x", [graph.dimension("time"), batch]));
      graph.output("symbols", argmax(logits));
      if (trace.includes("readings")) graph.traced.set("readings", argmax(this.read(graph.traced.get("image")!)));
      outputTraces(this.name, graph, trace);
    };
    return { symbols: { record } };
  }

  /** What stands in the first column: (…, width, length, maps), without the width of a diagonal one → (…, length, symbols). */
  read(image: Tensor): Tensor {
    if (this.options.cell === "diagonal") return this.output.forward(image);
    const first = slice(image, { axis: -3, end: 1 });
    const { shape } = image;
    return this.output.forward(reshape(first, [...shape.slice(0, -3), ...shape.slice(-2)]));
  }

  /**
   * The answers to sequences of symbols, as long as these, all of one length in one call of a program.
   *
   * @throws TypeError, RangeError when a sequence is empty or has what is no symbol, or an option is out of range.
   * @example
   * const [{ symbols }] = model.run(engine, [[2, 1, 3, 1, 2]]);
   */
  run(engine: Engine, sequences: readonly ArrayLike<number>[], options: SymbolRunOptions = {}): SymbolRun[] {
    return this.#runner.run(engine, sequences, options);
  }

  /** The model whose only set of parameters is the mean of all: what relaxation ends in. */
  averaged(): NeuralGPU {
    const model = new NeuralGPU({ ...this.options, relaxation: 1 });
    const mine = new Map(this.namedParameters());
    const { values } = this.parameters;
    const target = model.parameters.values.slice();
    for (const [path, parameter] of model.namedParameters()) {
      const from = mine.get(path)!;
      const sets = from.size / parameter.size;
      for (let i = 0; i < parameter.size; ++i) {
        let total = 0;
        for (let set = 0; set < sets; ++set) total += values[from.offset + set * parameter.size + i]!;
        target[parameter.offset + i] = total / sets;
      }
    }
    model.parameters.set(target);
    return model;
  }

  override release(engine: Engine): void {
    super.release(engine);
    this.#runner.release(engine);
  }
}

type State = { readonly image: Tensor; readonly set: Tensor[]; readonly saturation: Tensor[] };

/** (batch, length, maps) → (batch, width, length, maps), zero beside the first column. */
function inFirstColumn(embedded: Tensor, width: number): Tensor {
  const [batch, time, maps] = embedded.shape;
  const column = reshape(embedded, [batch!, 1, time!, maps!]);
  if (width === 1) return column;
  return concat([column, constant(embedded.scope.graph, [batch!, width - 1, time!, maps!], 0)], { axis: 1 });
}

/** (batch, time) → (batch, …, time, maps), the same for all maps. */
function maskOf(inside: Tensor, shape: Shape): Tensor {
  const byPosition = broadcast(inside, { axis: 2, count: shape.at(-1)! });
  return shape.length === 3 ? byPosition : broadcast(byPosition, { axis: 1, count: shape[1]! });
}

/** (batch, time, n) → (time, batch, n). */
function timeMajor(x: Tensor): Tensor {
  const [batch, time, n] = x.shape as [number, Tensor["shape"][number], number];
  return reshape(transpose(reshape(transpose(x), [batch * n, time])), [time, batch, n]);
}
