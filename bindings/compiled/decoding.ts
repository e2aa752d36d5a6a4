import { checkOptions, orNull, positive, whole } from "../common/options.js";
import { shown } from "../common/shown.js";
import type { Engine } from "../engine/engine.js";
import type { Called, CallOptions, NamedValues } from "../runtime/call.js";
import { limitOf } from "../runtime/generate/limit.js";
import { beamMethod, GREEDY, SAMPLED, STREAM_START, STREAM_STEP } from "../runtime/generate/names.js";
import { readBeams, readOne, type Generated, type ReadOutputs } from "../runtime/generate/readChoices.js";
import { pack, type Sequence, type Sequences } from "../runtime/sequences.js";
import type { MethodPorts } from "./compiledPrograms.js";

/** A compiled model, as `loadCompiled` of tapehead/run gives it. */
export interface Decoding {
  readonly name: string;
  readonly methods: readonly string[];
  /** What a method reads and answers. */
  portsOf(method: string): MethodPorts;
  /** Calls a method with named arrays. */
  call(engine: Engine, method: string, inputs: NamedValues, options?: CallOptions): Called;
}

/** What is decoded: the numbers of its symbols, or its vectors. */
export type Source = ArrayLike<number> | Sequence;

/** How a compiled model decodes. */
export interface DecodeOptions {
  /** The most choices. Default: about 10 more than twice as many as the longest source has. */
  limit?: number;
  /** Beams that are followed at once: 1, or as many as it was compiled for. Default: 1. */
  beam?: number;
  /** Draws choices from the softmax of logits / temperature, instead of the likeliest. */
  temperature?: number;
  /** Seed of what is drawn. Default: 0. */
  seed?: number;
}

/** What a source was turned into, and all that beam search has found, the likeliest first. */
export interface GeneratedTarget extends Generated {
  readonly beams: readonly Generated[];
}

/**
 * Decodes sources with a compiled model: the likeliest choices, one after the other, unless beams or samples are asked
 * for. Has the bits of the model it was compiled from.
 *
 * @throws TypeError of a model that does not decode, or not in this way; ShapeError, RangeError when sources do not fit.
 * @example
 * const model = loadCompiled(bytes);
 * const [{ choices }] = generate(model, engine, [[3, 1, 2]], { beam: 5 });
 */
export function generate(
  model: Decoding,
  engine: Engine,
  sources: readonly Source[],
  options: DecodeOptions = {},
): GeneratedTarget[] {
  const owner = `generate: ${model.name}`;
  const { limit, beam, temperature, seed } = checkOptions(owner, options, {
    limit: [null, orNull(whole(1))],
    beam: [1, whole(1)],
    temperature: [1, positive()],
    seed: [0, whole(0, { most: 0xffff_ffff })],
  });
  const isSampled = options.temperature !== undefined;
  if (isSampled ? beam > 1 : options.seed !== undefined) {
    throw new TypeError(`${owner}: ${isSampled ? "beam search draws nothing" : "seed is for what is drawn"} at random`);
  }
  const method = beam > 1 ? beamMethod(beam) : isSampled ? SAMPLED : GREEDY;
  const { inputs, lengths } = packed(owner, model, method, sources);
  const noise = { temperature: { data: lengths.map(() => temperature), shape: [lengths.length] } };
  const called = model.call(engine, method, isSampled ? { ...inputs, ...noise } : inputs, {
    lengths: { limit: limit ?? limitOf(Math.max(...lengths)) },
    seed,
  });
  const outputs = outputsOf(called, model.portsOf(method));
  const read = beam > 1 ? readBeams : readOne;
  return lengths.map((length, example) => {
    const beams = read(outputs, example, length);
    return { ...beams[0]!, beams };
  });
}

/**
 * Decodes one source choice by choice, each the likeliest after those before, and computes none that nobody asks for.
 * The choice that ends it is the last. @throws as `generate` does.
 */
export function* decode(
  model: Decoding,
  engine: Engine,
  source: Source,
  options: Pick<DecodeOptions, "limit"> = {},
): Generator<number> {
  const owner = `decode: ${model.name}`;
  const { inputs, lengths } = packed(owner, model, STREAM_START, [source]);
  const { limit } = checkOptions(owner, options, { limit: [limitOf(lengths[0]!), whole(1)] });
  let state = model.call(engine, STREAM_START, inputs);
  for (let t = 0; t < limit; ++t) {
    const { choice, ended, ...next } = model.call(engine, STREAM_STEP, state);
    if (!choice || !ended) throw new TypeError(`${owner} has no outputs "choice" and "ended" of a step`);
    yield choice.data[0]!;
    if (ended.data[0]! > 0) return;
    state = { ...state, ...next };
  }
}

/** Sources as a method's inputs, in the shape that its port has. @throws TypeError when the model does not decode. */
function packed(
  owner: string,
  model: Decoding,
  method: string,
  sources: readonly Source[],
): { inputs: NamedValues; lengths: readonly number[] } {
  if (!Array.isArray(sources)) throw new TypeError(`${owner}: the sources are ${shown(sources)}, and must be an array`);
  const axes = model.portsOf(method).inputs["source"];
  if (!axes) throw new TypeError(`${owner} has no input "source" of its method ${method}`);
  const [size = 1] = axes.slice(2) as number[];
  // A symbol is a vector of one number.
  const vectors = axes.length < 3 ? sources.map((one) => Array.from(one as ArrayLike<number>, (id) => [id])) : sources;
  const { data, lengths, time } = pack(owner, vectors as Sequences, size);
  if (axes.length < 3 && !data.every((id) => id >= 0 && Number.isInteger(id))) {
    throw new RangeError(`${owner}: a source has a number that is no symbol's: they are whole numbers from 0 up`);
  }
  const count = lengths.length;
  const inside = Float32Array.from({ length: time * count }, (_, i) => +(Math.floor(i / count) < lengths[i % count]!));
  return {
    inputs: {
      source: { data, shape: [time, count, size].slice(0, axes.length) },
      inside: { data: inside, shape: [time, count] },
      lengths: { data: lengths, shape: [count] },
    },
    lengths,
  };
}

/** Arrays of a batch, an example at a time. */
const outputsOf = (called: Called, { outputs }: MethodPorts): ReadOutputs => ({
  has: (name) => name in called,
  of(name, example, length = Infinity) {
    if (!called[name]) throw new TypeError(`The method has no output "${name}", which decoding reads`);
    const { data, shape } = called[name];
    const axis = outputs[name]!.indexOf("batch");
    const inner = shape.slice(axis + 1);
    const size = inner.reduce((a, b) => a * b, 1);
    const time = axis ? Math.min(length, shape[0]!) : 1;
    const own = new Float32Array(time * size);
    for (let t = 0; t < time; ++t) {
      const from = (t * shape[axis]! + example) * size;
      own.set(data.subarray(from, from + size), t * size);
    }
    return { data: own, shape: axis ? [time, ...inner] : inner };
  },
});
