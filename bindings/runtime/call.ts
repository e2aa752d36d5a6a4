import { shown } from "../common/shown.js";
import { expectOptions } from "../common/options.js";
import type { Engine } from "../engine/engine.js";
import { format, ShapeError, type Shape } from "../graph/shape.js";
import { isStreams } from "../graph/streams.js";
import type { Executable, Field, Variant } from "./executable.js";
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

/** Results by the names of a graph's outputs. */
export type Called = Readonly<Record<string, Values>>;

/** What a program reads and answers, for a batch of any size. */
export interface Ports {
  readonly inputs: ReadonlyMap<string, { readonly shape: Shape; readonly symbols?: number | undefined }>;
  readonly outputs: ReadonlyMap<string, { readonly shape: Shape }>;
  readonly dimensions: ReadonlyMap<string, unknown>;
}

/** A program that is called by the names of its ports. */
export interface Callee {
  /** For messages. */
  readonly owner: string;
  readonly runner: Executable;
  readonly variant: Variant;
  readonly ports: Ports;
}

/** Inputs that are somebody's to give: all but random streams. */
const givenInputs = ({ inputs }: Ports): string[] => [...inputs.keys()].filter((name) => !isStreams(name));

/** Runs a program on a batch of named arrays; the batch is the axis behind a run-time length, or the first. */
export function call(
  engine: Engine,
  { owner, runner, variant, ports }: Callee,
  inputs: NamedValues,
  options: CallOptions = {},
): Called {
  const { lengths = {}, seed = 0, ...rest } = expectOptions(owner, options);
  for (const name of Object.keys(rest))
    throw new TypeError(`${owner} has no option ${shown(name)}; it has lengths, seed`);
  for (const name of Object.keys(lengths)) {
    if (!ports.dimensions.has(name)) throw new TypeError(`${owner} has no length ${shown(name)}`);
  }
  if (seed >>> 0 !== seed)
    throw new RangeError(`${owner}: seed is ${shown(seed)}, and must be a whole number of 32 bits`);
  const dimensions: Record<string, number> = { ...lengths };
  const names = givenInputs(ports);
  for (const name of Object.keys(inputs)) {
    if (!names.includes(name)) {
      throw new TypeError(`${owner} has no input ${shown(name)}; it has ${names.join(", ")}`);
    }
  }
  let count: number | undefined;
  const fields = names.map((name): Field => {
    const { shape, symbols } = ports.inputs.get(name)!;
    const given = inputs[name];
    if (!given) throw new TypeError(`${owner} needs the input "${name}", ${format(shape)}`);
    count = fit(owner, name, shape, given, dimensions, count);
    const axis = batchAxis({ shape });
    const inner = given.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const data = Float32Array.from(given.data);
    if (data.some(Number.isNaN)) throw new RangeError(`${owner}: ${name} has something that is not a number`);
    const odd = symbols && data.find((id) => !(Number.isInteger(id) && id >= -1 && id < symbols));
    if (symbols && odd !== undefined) {
      throw new RangeError(`${owner}: ${name} has ${odd}, and takes symbols: whole numbers from 0 to ${symbols - 1}`);
    }
    return { name, data, time: axis ? given.shape[0]! : 1, size: inner };
  });
  for (const name of ports.dimensions.keys()) {
    const length = dimensions[name];
    if (length === undefined) throw new TypeError(`${owner} needs the length of "${name}"`);
    if (!(Number.isSafeInteger(length) && length > 0)) {
      throw new RangeError(`${owner}: the length of ${name} is ${shown(length)}, and must be a whole number from 1 up`);
    }
  }
  const outputs = runner.run(engine, variant, { count: count ?? 1, dimensions, fields }, { seed });
  return Object.fromEntries([...ports.outputs.keys()].map((name) => [name, whole(outputs, name, count ?? 1)]));
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
  if (String(expected) === String([...given]) && size === data.length && size > 0) return batch!;
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
