import { Opcode } from "../../assembly/generated/opcodes.js";
import { expectFree } from "../checkpoint/checkpoint.js";
import { COMPILED } from "../checkpoint/formats.js";
import { toHalf } from "../checkpoint/half.js";
import { toJSON } from "../checkpoint/json.js";
import { encodeSafetensors, type StoredTensor } from "../checkpoint/safetensors.js";
import { shown } from "../common/shown.js";
import { checkOptions, expectOptions, notNegative, oneOf, whole } from "../common/options.js";
import { SHARD_ROWS, shardRows } from "../engine/shards.js";
import type { Parameter } from "../graph/parameter.js";
import type { Port, Program, Relocation } from "../graph/program.js";
import type { Offset, Region } from "../graph/region.js";
import type { SymbolicSize } from "../graph/size.js";
import type { Model } from "../models/model.js";
import { beamMethod } from "../runtime/generate/names.js";
import { MOST_BEAMS } from "../runtime/generate/generator.js";
import { variantOf, type Method } from "../runtime/method.js";
import {
  OWN,
  type Description,
  type OffsetDescription,
  type PortDescription,
  type ProgramDescription,
  type RegionDescription,
  type RelocationDescription,
  type SessionDescription,
  type SizeDescription,
} from "./format.js";
import { factorsOf, quantize } from "./int8.js";
import { signatures } from "./generated/signatures.js";

/** Types in which a compiled model's parameters may be stored. They are widened to single precision at load. */
export const compiledDtypes = ["f32", "f16", "int8"] as const;
/** One of `compiledDtypes`. */
export type CompiledDtype = (typeof compiledDtypes)[number];

/** What a compiled model is to have beside its answers. */
export interface CompileModelOptions {
  /** Names of values that its runs can bring back, as the model documents them. */
  readonly trace?: readonly string[];
  /** Beams that beam search follows at once; 1 compiles none. Only of models that decode. Default: 1. */
  readonly beam?: number;
  /** α of score / length^α, by which beams that have ended are ordered. Default: 1. */
  readonly lengthPenalty?: number;
  /**
   * How parameters are stored: in single precision, in half of the bytes, rounded to 11 bits, or in a quarter, as whole
   * numbers from −127 to 127 with a factor for each row of a matrix; biases stay as they are. Default: "f32".
   */
  readonly dtype?: CompiledDtype;
  /** Names of those of the model's methods that it is to have, such as "greedy": a file of fewer loads faster. Default: all. */
  readonly methods?: readonly string[];
  /** Texts that go with it, such as its vocabulary, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A model as the bytes of a file with its programs and parameters, which `loadCompiled` of tapehead/run runs without
 * the rest of this library, with the same bits. It holds all of the model's `methods`, and its session if it can run one
 * step at a time. Random numbers that a run draws are the same where its batch is cut into shards of 8 rows and of 1.
 *
 * @throws TypeError for a model without methods, a trace that it does not have, beams where nothing is decoded, or methods
 * that it does not have, or a name in the metadata that is taken.
 * @example
 * await writeFile("copy.tape", compileModel(model, { trace: ["readWeights"] }));
 */
export function compileModel(model: Model<string>, options: CompileModelOptions = {}): Uint8Array<ArrayBuffer> {
  const owner = "compileModel";
  const { trace = [], metadata = {}, methods: wanted, ...rest } = expectOptions(owner, options);
  const { beam, lengthPenalty, dtype } = checkOptions(owner, rest, {
    beam: [1, whole(1, { most: MOST_BEAMS })],
    lengthPenalty: [1, notNegative()],
    dtype: ["f32", oneOf(...compiledDtypes)],
  });
  expectFree(metadata, OWN);
  const all = Object.entries(model.methods({ trace, beam, lengthPenalty }));
  if (!all.length) throw new TypeError(`${owner}: ${model.name} has no methods, so there is nothing to compile`);
  if (!all.some(([name]) => name === beamMethod(beam)) && (beam > 1 || rest.lengthPenalty !== undefined)) {
    const search = beam > 1 ? `${model.name} does not decode` : "lengthPenalty is for beam search";
    throw new TypeError(`${owner}: ${search}: leave beam and lengthPenalty out`);
  }
  const methods = wanted === undefined ? all : chosen(owner, all, wanted);
  const tensors = new Map<string, StoredTensor>();
  const storeParameter = ({ path, shape }: Parameter, data: Float32Array<ArrayBuffer>, dtype: CompiledDtype): void => {
    if (dtype === "int8" && shape.length > 1) {
      const { numbers, factors } = quantize(data, shape[0]!);
      tensors.set(path, { shape, data: numbers });
      tensors.set(factorsOf(path), { shape: [factors.length], data: factors });
    } else tensors.set(path, { shape, data: dtype === "f16" ? toHalf(`${owner}: "${path}"`, data) : data });
  };
  for (const parameter of model.parameters.parameters) {
    storeParameter(parameter, model.parameters.valuesOf(parameter), dtype);
  }
  const opcodes = new Map<number, number>();
  const store = (name: string, program: Program): ProgramDescription => {
    const words = numbered(program.words, opcodes);
    tensors.set(name, { shape: [words.length], data: words });
    return describe(name, program);
  };
  const programsOf = (name: string, method: Method): Description["methods"][string] => {
    const { program, cut = shardRows } = variantOf(model, name, method);
    // One row, and as many as a full shard where it takes several: any batch is cut into these.
    const rows = new Set([1, cut(SHARD_ROWS, 2 * SHARD_ROWS)]);
    return [...rows].map((rows) => ({ ...store(`program ${name} of ${rows}`, program(rows)), rows }));
  };
  const described = Object.fromEntries(methods.map(([name, method]) => [name, programsOf(name, method)]));
  // A session answers what `run` does.
  const stepwise = "run" in described ? model.sessionProgram?.() : undefined;
  const session = stepwise && sessionOf(stepwise, store("program of a session", stepwise));
  const programs: Description = {
    opcodes: [...opcodes.keys()].map(nameOf),
    methods: described,
    ...(session && { session }),
  };
  return encodeSafetensors({
    tensors,
    metadata: {
      ...metadata,
      format: COMPILED.name,
      version: COMPILED.version,
      model: model.name,
      options: toJSON(model.options),
      programs: JSON.stringify(programs),
    },
  });
}

/** @throws TypeError unless the names are those of methods, at least one. */
function chosen<T>(owner: string, methods: readonly [string, T][], names: readonly string[]): readonly [string, T][] {
  const there = methods.map(([name]) => name);
  const isRight = Array.isArray(names) && names.length > 0;
  const missing = isRight ? names.find((name) => !there.includes(name)) : undefined;
  if (isRight && missing === undefined) return methods.filter(([name]) => names.includes(name));
  const are = isRight ? `methods has ${shown(missing)}` : `methods is ${shown(names)}`;
  throw new TypeError(`${owner}: ${are}, and must be an array of at least one of ${there.join(", ")}`);
}

function sessionOf({ session, entries }: Program, described: ProgramDescription): SessionDescription {
  const { frameRegister, frame, sequences } = session!;
  return {
    ...described,
    step: entries["step"]!,
    frameRegister,
    frame: frame.fixedBytes,
    sequences: sequences.map(({ register, offset }) => [register, offsetOf(offset)] as const),
  };
}

function nameOf(opcode: number): string {
  for (const [name, signature] of Object.entries(signatures)) if (signature?.opcode === opcode) return name;
  throw new Error(
    `Opcode ${opcode} cannot be compiled: its row in assembly/kernels.table.ts does not say what it touches`,
  );
}

/** Words with opcodes in the order in which they were first met, which `opcodes` remembers. */
function numbered(words: Uint32Array, opcodes: Map<number, number>): Int32Array<ArrayBuffer> {
  const renumbered = Int32Array.from(words);
  for (let p = 0; p < words.length; p += words[p]! >>> 16) {
    const opcode = (words[p]! & 0xffff) as Opcode;
    if (!opcodes.has(opcode)) opcodes.set(opcode, opcodes.size);
    renumbered[p] = (words[p]! & 0xffff_0000) | opcodes.get(opcode)!;
  }
  return renumbered;
}

function describe(words: string, { activations, io, relocations, inputs, outputs }: Program): ProgramDescription {
  const regions = [activations, io];
  const indexOf = (region: Region): number => {
    const index = regions.indexOf(region);
    return index < 0 ? regions.push(region) - 1 : index;
  };
  const relocation = (r: Relocation): RelocationDescription => {
    if (r.kind === "size") return ["size", r.word, sizeOf(r)];
    if (r.kind === "bytes") return ["bytes", r.word, indexOf(r.region)];
    return ["operand", r.word, r.register, indexOf(r.region), r.dynamic];
  };
  const ports = (of: Program["inputs"]): Record<string, PortDescription> =>
    Object.fromEntries([...of].map(([name, port]) => [name, portOf(port)]));
  const described = relocations.map(relocation); // which may find more regions
  return {
    words,
    regions: regions.map(regionOf),
    relocations: described,
    inputs: ports(inputs),
    outputs: ports(outputs),
  };
}

const portOf = ({ shape, offset, symbols }: Port): PortDescription => {
  const port = [shape.map(axisOf), offsetOf(offset)] as const;
  return symbols === undefined ? port : [...port, symbols];
};

const axisOf = (axis: number | { readonly name: string }): number | string =>
  typeof axis === "number" ? axis : axis.name;

const offsetOf = ({ bytes, dynamic }: Offset): OffsetDescription => [bytes, dynamic];

function regionOf({ fixedBytes, dynamic }: Region): RegionDescription {
  const sizes = dynamic.map((size) => {
    if ("region" in size) throw new Error("A compiled model cannot have room for gradients");
    return sizeOf(size);
  });
  return [fixedBytes, ...sizes];
}

const sizeOf = ({ factor, dimensions }: Pick<SymbolicSize, "factor" | "dimensions">): SizeDescription => [
  factor,
  ...dimensions.map(({ name }) => name),
];
