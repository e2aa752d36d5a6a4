import { shown } from "../common/shown.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { Graph } from "../graph/graph.js";
import type { Program } from "../graph/program.js";
import { format, ShapeError, type Shape } from "../graph/shape.js";
import { Executable, type Field, type Parametric } from "./executable.js";
import { batchAxis, type Outputs } from "./outputs.js";
import type { Values } from "./sequences.js";

/** Arrays by the names of a graph's inputs or outputs: `{ data, shape }`, row-major. */
export type NamedValues = Readonly<
  Record<string, { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>
>;

/** What a call is told beside its inputs. */
export interface CallOptions {
  /** Run-time lengths that no input has, by the names of their dimensions. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** Seed of `graph.random()`. Default: 0. */
  readonly seed?: number;
}

/** A graph that runs. */
export type Call = (inputs: NamedValues, options?: CallOptions) => Readonly<Record<string, Values>>;

/** A model whose graphs become programs. */
interface Compiling extends Parametric {
  readonly name: string;
  compile(record: (graph: Graph) => void): Program;
}

/**
 * A function of named arrays that runs a graph over a model's parameters. `record` builds the graph for a batch of so many
 * examples, with `graph.input` and `graph.output`; the batch is the axis behind a run-time length, or the first. Programs
 * are cached, and batches of any size cut into shards, which threads share.
 *
 * @example
 * const embed = executable(engine, model, (graph, batch) => {
 *   const ids = graph.input("ids", [graph.dimension("time"), batch]);
 *   graph.output("vectors", model.embedding.forward(ids));
 * });
 * const { vectors } = embed({ ids: { data: [3, 1, 2], shape: [3, 1] } });
 */
export function executable(engine: Engine, model: Compiling, record: (graph: Graph, batch: number) => void): Call {
  const owner = "executable";
  expectEngine(owner, engine);
  const runner = new Executable(model);
  const like = new Graph();
  record(like, 1);
  const variant = { key: "", program: (rows: number) => model.compile((graph) => record(graph, rows)) };
  return (inputs, { lengths = {}, seed = 0 } = {}) => {
    const dimensions: Record<string, number> = { ...lengths };
    let count: number | undefined;
    for (const name of Object.keys(inputs)) {
      if (!like.inputs.has(name)) {
        throw new TypeError(`${owner} has no input ${shown(name)}; it has ${[...like.inputs.keys()].join(", ")}`);
      }
    }
    const fields = [...like.inputs]
      .filter(([name]) => !name.startsWith("streams"))
      .map(([name, { shape }]): Field => {
        const given = inputs[name];
        if (!given) throw new TypeError(`${owner} needs the input "${name}", ${format(shape)}`);
        count = fit(owner, name, shape, given, dimensions, count);
        const axis = batchAxis({ shape });
        const inner = (shape as readonly number[]).slice(axis + 1).reduce((a, b) => a * b, 1);
        return { name, data: Float32Array.from(given.data), time: axis ? given.shape[0]! : 1, size: inner };
      });
    for (const name of like.dimensions.keys()) {
      if (dimensions[name] === undefined) throw new TypeError(`${owner} needs the length of "${name}"`);
    }
    const outputs = runner.run(engine, variant, { count: count ?? 1, dimensions, fields }, { seed });
    return Object.fromEntries([...like.outputs.keys()].map((name) => [name, whole(outputs, name, count ?? 1)]));
  };
}

/** Checks an array against a port, and learns the lengths and the number of examples from it. */
function fit(
  owner: string,
  name: string,
  shape: Shape,
  { data, shape: given }: NamedValues[string],
  lengths: Record<string, number>,
  count: number | undefined,
): number {
  const axis = batchAxis({ shape });
  const batch = count ?? given[axis];
  const expected = shape.map((length, i) => {
    if (i === axis) return batch;
    return typeof length === "number" ? length : (lengths[length.name] ??= given[i]!);
  });
  const size = given.reduce((a, b) => a * b, 1);
  if (String(expected) === String([...given]) && size === data.length && batch! > 0) return batch!;
  const message = `${owner}: ${name} is (${given.join(", ")}) with ${data.length} numbers, and must be (${expected.join(", ")})`;
  throw new ShapeError(message, owner, `(${expected.join(", ")})`, `(${given.join(", ")})`);
}

/** An output of all examples. */
function whole(outputs: Outputs, name: string, count: number): Values {
  const all = Array.from({ length: count }, (_, i) => outputs.of(name, i));
  if (!outputs.isSequence(name)) {
    const data = Float32Array.from(all.flatMap(({ data }) => [...data]));
    return { data, shape: [count, ...all[0]!.shape] };
  }
  const [time, ...inner] = all[0]!.shape as [number, ...number[]];
  const size = inner.reduce((a, b) => a * b, 1);
  const data = new Float32Array(time * count * size);
  all.forEach((one, i) => {
    for (let t = 0; t < time; ++t) data.set(one.data.subarray(t * size, (t + 1) * size), (t * count + i) * size);
  });
  return { data, shape: [time, count, ...inner] };
}
