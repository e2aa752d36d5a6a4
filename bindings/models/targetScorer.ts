import { shown } from "../common/shown.js";
import type { Vocabulary } from "../common/vocabulary.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import type { Graph } from "../graph/graph.js";
import { logSoftmax, multiply, oneHot, sum } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { Executable, type Field } from "../runtime/executable.js";
import { inGroups } from "../runtime/groups.js";
import { variantOf, type Compiling } from "../runtime/method.js";
import type { Truth } from "./speller.js";
import type { SymbolModel } from "./symbolDecoder.js";
import type { Sources } from "./transducer.js";

/** Pairs that are scored at once: a step has a number for every symbol of the vocabulary. */
const AT_ONCE = 32;

/** A model that says symbols of `target`, and logits of every symbol after true ones. */
interface ScoredModel extends SymbolModel, Compiling {
  readonly name: string;
  readonly target: Vocabulary;
}

interface ScoredPair<Source> {
  readonly source: Source;
  readonly target: readonly number[];
}

/** How likely a model finds targets that it is given, instead of those that it says itself. */
export class TargetScorer<Source extends { readonly length: number }> {
  readonly #model: ScoredModel;
  readonly #sources: Sources<Source>;
  readonly #logits: (truth: Truth) => Tensor;
  readonly #executable: Executable;

  /** @param logits logits of every symbol after the true ones before it: (time, rows, symbols). */
  constructor(model: ScoredModel, sources: Sources<Source>, logits: (truth: Truth) => Tensor) {
    this.#model = model;
    this.#sources = sources;
    this.#logits = logits;
    this.#executable = new Executable(model);
  }

  /** Natural logarithms of probabilities, in the order of the pairs. */
  run(engine: Engine, pairs: readonly (readonly [source: unknown, target: unknown])[]): number[] {
    const owner = `${this.#model.name}.score`;
    expectEngine(owner, engine);
    if (!Array.isArray(pairs)) throw new TypeError(`${owner}: the pairs are ${shown(pairs)}, and must be an array`);
    const read = pairs.map((pair, i) => this.#read(owner, pair, i));
    const variant = variantOf(this.#model, "score", { record: (graph, rows) => this.#record(graph, rows) });
    const sizeOf = ({ source, target }: ScoredPair<Source>): number => source.length + target.length;
    return inGroups(read, { sizeOf, most: AT_ONCE }, (group) => {
      const { count, dimensions, fields } = this.#sources.feed(group.map(({ source }) => source));
      const targets = targetFields(group.map(({ target }) => target));
      const feed = { count, dimensions: { ...dimensions, time: targets[0]!.time }, fields: [...fields, ...targets] };
      const outputs = this.#executable.run(engine, variant, feed);
      return group.map((_, i) => outputs.of("scores", i).data[0]!);
    });
  }

  #read(owner: string, pair: unknown, i: number): ScoredPair<Source> {
    const [from, to] = (Array.isArray(pair) ? pair : []) as readonly unknown[];
    const source = this.#sources.read(owner, from, `source ${i}`);
    const symbols: unknown = typeof to === "string" ? [...to] : to;
    if (!Array.isArray(symbols))
      throw new TypeError(`${owner}: target ${i} is ${shown(to)}, and must be a string or an array of symbols`);
    const target = symbols.map((symbol: unknown) => {
      const number = typeof symbol === "string" ? this.#model.target.numberOf(symbol) : undefined;
      if (number) return number;
      throw new RangeError(`${owner}: target ${i} holds ${shown(symbol)}, which is not in the vocabulary`);
    });
    return { source, target };
  }

  #record(graph: Graph, rows: number): void {
    const time = graph.dimension("time");
    const encoded = this.#model.encode(graph, rows);
    const previous = graph.input("previous", [time, rows]);
    const targets = graph.input("targets", [time, rows, 1]);
    const mask = graph.input("mask", [time, rows]);
    const scores = logSoftmax(this.#logits({ previous, ...encoded }));
    const chosen = oneHot(reshape(targets, [time, rows]), { classes: this.#model.target.size });
    const each = sum(multiply(scores, chosen));
    graph.output("scores", reshape(sum(multiply(each, mask), { axis: 0 }), [rows, 1]));
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

/** Targets with the end, 0, behind them; the same a step later; and where they are: (time, count). */
function targetFields(targets: readonly (readonly number[])[]): Field[] {
  const count = targets.length;
  const time = 1 + Math.max(...targets.map(({ length }) => length));
  const [previous, ids, mask] = [0, 1, 2].map(() => new Float32Array(time * count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  targets.forEach((target, row) => {
    for (let t = 0; t <= target.length; ++t) {
      mask[t * count + row] = 1;
      ids[t * count + row] = target[t] ?? 0;
      previous[t * count + row] = t ? target[t - 1]! : 0;
    }
  });
  return [
    { name: "previous", data: previous, time, size: 1 },
    { name: "targets", data: ids, time, size: 1 },
    { name: "mask", data: mask, time, size: 1 },
  ];
}
