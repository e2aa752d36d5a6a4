import { Opcode } from "../../assembly/generated/opcodes.js";
import { expectFree } from "../checkpoint/checkpoint.js";
import { COMPILED } from "../checkpoint/formats.js";
import { toJSON } from "../checkpoint/json.js";
import { encodeSafetensors, type StoredTensor } from "../checkpoint/safetensors.js";
import { SHARD_ROWS } from "../engine/shards.js";
import type { Program, Relocation } from "../graph/program.js";
import type { Offset, Region } from "../graph/region.js";
import type { SymbolicSize } from "../graph/size.js";
import type { Tree } from "../graph/tree.js";
import type { RecurrentModel } from "../models/recurrentModel.js";
import {
  OWN,
  type Description,
  type OffsetDescription,
  type PortDescription,
  type ProgramDescription,
  type RegionDescription,
  type RelocationDescription,
  type SizeDescription,
} from "./format.js";
import { signatures } from "./generated/signatures.js";

/** What a compiled model is to have beside its outputs. */
export interface CompileModelOptions {
  /** Names of values that its runs can bring back, as the model documents them. */
  readonly trace?: readonly string[];
  /** Texts that go with it, such as its vocabulary, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A model as the bytes of a file with its programs and parameters, which `loadCompiled` of tapehead/run runs without
 * the rest of this library, with the same bits.
 *
 * @throws TypeError for a trace that the model does not have, or a name in the metadata that is taken.
 * @example
 * await writeFile("copy.tape", compileModel(model, { trace: ["readWeights"] }));
 */
export function compileModel(
  model: RecurrentModel<Tree, string>,
  { trace = [], metadata = {} }: CompileModelOptions = {},
): Uint8Array<ArrayBuffer> {
  expectFree(metadata, OWN);
  const tensors = new Map<string, StoredTensor>();
  for (const parameter of model.parameters.parameters) {
    tensors.set(parameter.path, { shape: parameter.shape, data: model.parameters.valuesOf(parameter) });
  }
  const opcodes = new Map<number, number>();
  const store = (name: string, program: Program): ProgramDescription => {
    const words = numbered(program.words, opcodes);
    tensors.set(name, { shape: [words.length], data: words });
    return describe(name, program);
  };
  // One row, and as many as a full shard: any batch is cut into these.
  const runs = [1, SHARD_ROWS].map((rows) => ({ ...store(`program of ${rows}`, model.program(rows, trace)), rows }));
  const stepwise = model.sessionProgram();
  const { frameRegister, frame, sequences } = stepwise.session!;
  const session = {
    ...store("program of a session", stepwise),
    step: stepwise.entries["step"]!,
    frameRegister,
    frame: frame.fixedBytes,
    sequences: sequences.map(({ register, offset }) => [register, offsetOf(offset)] as const),
  };
  const programs: Description = { opcodes: [...opcodes.keys()].map(nameOf), runs, session };
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
    Object.fromEntries([...of].map(([name, { shape, offset }]) => [name, [shape.map(axisOf), offsetOf(offset)]]));
  const described = relocations.map(relocation); // which may find more regions
  return {
    words,
    regions: regions.map(regionOf),
    relocations: described,
    inputs: ports(inputs),
    outputs: ports(outputs),
  };
}

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
