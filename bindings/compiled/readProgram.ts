import { Register } from "../../assembly/machine.js";
import type { Fail } from "../checkpoint/checkpointError.js";
import { isObject } from "../checkpoint/json.js";
import { bind, type Layout, type Port, type Program, type Relocation } from "../graph/program.js";
import { align, BYTES, Region, type Offset } from "../graph/region.js";
import { Dimension, product, SymbolicSize } from "../graph/size.js";
import { isStreams, STREAMS } from "../graph/streams.js";
import { signatures } from "./generated/signatures.js";
import type { Kernel } from "./signature.js";
import { verify, type Span } from "./verify.js";

type OpcodeName = keyof typeof signatures;
type Fields = Readonly<Record<string, unknown>>;

/** What a file's programs are read with. */
export interface Reading {
  readonly kernels: ReadonlyMap<number, Kernel | undefined>;
  /** Opcodes by their numbers in the file. */
  readonly opcodes: readonly number[];
  readonly parameterCount: number;
  /** The words of a program, by the name of their tensor; they may be written to. */
  readonly wordsOf: (name: unknown) => Uint32Array;
  readonly fail: Fail;
}

/** More dimensions than a size, or a program, can have. */
const MOST_DIMENSIONS = 8;

/** The run-time lengths of one program, by name. */
type Dimensions = Map<string, Dimension>;

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** For messages. */
export const told = (value: unknown): string => (typeof value === "object" ? "that is none" : String(value));

/** The opcodes that a file names, and how to check each. */
export function readOpcodes(names: unknown, fail: Fail): Pick<Reading, "kernels" | "opcodes"> {
  const kernels = new Map<number, Kernel | undefined>();
  const opcodes = list(names, "opcodes", fail).map((name) => {
    const known = typeof name === "string" && Object.hasOwn(signatures, name) && signatures[name as OpcodeName];
    if (!known) return fail(`it uses the instruction ${told(name)}, which no compiled model of this version has`);
    kernels.set(known.opcode, known.kernel);
    return known.opcode;
  });
  return { kernels, opcodes };
}

/** A program for so many rows at a time, checked as far as lengths do not matter, and with the shortest. */
export function readMethod(fields: Fields, reading: Reading): Program {
  return checked(readProgram(fields, [0], reading), reading);
}

/** A session's program. The host sets up its frames and sequences, so where they are is checked here. */
export function readSession(fields: Fields, reading: Reading): Program {
  const { fail } = reading;
  const { step, frameRegister, frame, sequences: given } = fields;
  if (!isCount(step) || !isCount(frameRegister)) return wrong("session", fail);
  const program = readProgram(fields, [0, step], reading);
  if (step >= program.words.length) wrong("session", fail);
  const taken = new Set([frameRegister, frameRegister + 1]);
  const sequences = list(given, "session", fail).map((sequence) => {
    const [register, offset] = list(sequence, "session", fail);
    if (!isCount(register) || taken.has(register)) return wrong("session", fail);
    taken.add(register);
    return { register, offset: readOffset(offset, program.io, fail) };
  });
  for (const register of taken) if (register < Register.loops || register >= Register.count) wrong("session", fail);
  // Of the stack, the check of its words finds the bytes.
  const session = { frameRegister, frame: readRegion([frame], new Map(), fail), stackBytes: 0, sequences };
  return checked({ ...program, session }, reading);
}

/** The program with a check of its words that is made now, and again whenever lengths are filled in. */
function checked(program: Program, { kernels, parameterCount, fail }: Reading): Program {
  const { frameRegister: turning, frame, sequences = [] } = program.session ?? {};
  const check = (words: Uint32Array, { activationBytes, ioBytes, offsetOf }: Layout): number => {
    const spans = new Array<Span | undefined>(Register.count).fill(undefined);
    spans[Register.parameters] = { bytes: parameterCount * 4, writable: false };
    spans[Register.activations] = { bytes: activationBytes, writable: true };
    spans[Register.io] = { bytes: ioBytes, writable: true };
    if (turning !== undefined) spans[turning] = spans[turning + 1] = { bytes: frame!.fixedBytes, writable: true };
    for (const { register, offset } of sequences) {
      spans[register] = { bytes: ioBytes - offsetOf({ shape: [], offset }), writable: true };
    }
    return verify({ words, entries: Object.values(program.entries), kernels, spans, turning, fail });
  };
  const verified = { ...program, verify: check };
  bind(verified, new Map([...program.dimensions.values()].map((dimension) => [dimension, 1])), program.words);
  return verified;
}

function readProgram(fields: Fields, starts: readonly number[], { fail, wordsOf, opcodes }: Reading): Program {
  const words = wordsOf(fields["words"]);
  renumber(words, opcodes, fail);
  const dimensions: Dimensions = new Map();
  const regions = list(fields["regions"], "regions", fail).map((region) => readRegion(region, dimensions, fail));
  const [activations, io] = regions;
  if (!activations || !io) return wrong("regions", fail);
  return {
    words,
    entries: starts.length === 1 ? { run: 0 } : { reset: 0, step: starts[1]! },
    relocations: list(fields["relocations"], "relocations", fail).map((relocation) =>
      readRelocation(relocation, { words: words.length, regions, dimensions, fail }),
    ),
    dimensions,
    activations,
    io,
    inputs: readPorts(fields["inputs"], "inputs", { io, dimensions, fail }),
    outputs: readPorts(fields["outputs"], "outputs", { io, dimensions, fail }),
    results: [],
    gradientSize: 0,
  };
}

/** From a file's numbers of opcodes to this binary's. Bodies of loops stand behind their loops, so a walk finds all. */
function renumber(words: Uint32Array, opcodes: readonly number[], fail: Fail): void {
  for (let p = 0; p < words.length;) {
    const head = words[p]!;
    const opcode = opcodes[head & 0xffff];
    if (opcode === undefined || head < 0x1_0000) return fail(`word ${p} of a program is no instruction`);
    words[p] = ((head & 0xffff_0000) | opcode) >>> 0;
    p += head >>> 16;
  }
}

interface Surroundings {
  readonly dimensions: Dimensions;
  readonly fail: Fail;
}

interface Operands extends Surroundings {
  /** How many words there are. */
  readonly words: number;
  readonly regions: readonly Region[];
}

function readRelocation(value: unknown, { words, regions, dimensions: known, fail }: Operands): Relocation {
  const [kind, word, ...rest] = list(value, "relocation", fail);
  const index = kind === "operand" ? rest[1] : rest[0];
  const region = isCount(index) ? regions[index] : undefined;
  if (!isCount(word) || word >= words) return wrong("relocation", fail);
  if (kind === "size") {
    const { factor, dimensions } = readSize(rest[0], known, fail);
    return { kind, word, factor, dimensions };
  }
  if (kind === "bytes" && region) return { kind, word, region };
  const [register, , dynamic] = rest;
  const isOne = kind === "operand" && region && isCount(register) && isCount(dynamic);
  if (!isOne || register >= Register.count || dynamic >= region.dynamic.length) return wrong("relocation", fail);
  return { kind, word, register, region, dynamic };
}

function readRegion(value: unknown, dimensions: Dimensions, fail: Fail): Region {
  const [fixedBytes, ...dynamic] = list(value, "region", fail);
  if (!isCount(fixedBytes) || align(fixedBytes) !== fixedBytes) return wrong("region", fail);
  const region = new Region();
  region.fixedBytes = fixedBytes;
  for (const size of dynamic) region.dynamic.push(readSize(size, dimensions, fail));
  return region;
}

function readSize(value: unknown, dimensions: Dimensions, fail: Fail): SymbolicSize {
  const [factor, ...names] = list(value, "size", fail);
  const isOne = isCount(factor) && names.length > 0 && names.length <= MOST_DIMENSIONS;
  if (!isOne) return wrong("size", fail);
  return new SymbolicSize(
    factor,
    names.map((name) => readDimension(name, dimensions, fail)),
  );
}

function readDimension(name: unknown, dimensions: Dimensions, fail: Fail): Dimension {
  const known = dimensions.get(name as string);
  if (known) return known;
  if (typeof name !== "string" || dimensions.size === MOST_DIMENSIONS) return wrong("dimension", fail);
  const dimension = new Dimension(name);
  dimensions.set(name, dimension);
  return dimension;
}

/** Where something is among what goes in and out. */
function readOffset(value: unknown, io: Region, fail: Fail): Offset {
  const [bytes, dynamic] = list(value, "offset", fail);
  const isOne = isCount(bytes) && bytes % BYTES === 0 && bytes <= io.fixedBytes && Number.isInteger(dynamic);
  if (!isOne || (dynamic as number) < -1 || (dynamic as number) >= io.dynamic.length) return wrong("offset", fail);
  return { bytes, dynamic: dynamic as number };
}

interface Exchange extends Surroundings {
  readonly io: Region;
}

function readPorts(value: unknown, what: string, exchange: Exchange): ReadonlyMap<string, Port> {
  if (!isObject(value)) return wrong(what, exchange.fail);
  return new Map(Object.entries(value).map(([name, port]) => [name, readPort(name, port, exchange)]));
}

/** The host reads and writes all of a port, so all of it must be there, for any length. */
function readPort(name: string, value: unknown, { io, dimensions, fail }: Exchange): Port {
  const [axes, at, symbols] = list(value, "port", fail);
  if (symbols !== undefined && !isCount(symbols)) return wrong("port", fail);
  const offset = readOffset(at, io, fail);
  const shape = list(axes, "shape", fail).map((axis) => {
    if (typeof axis === "string") return readDimension(axis, dimensions, fail);
    return isCount(axis) && axis > 0 ? axis : wrong("shape", fail);
  });
  const size = product(shape);
  const inside =
    typeof size === "number"
      ? offset.dynamic < 0 && offset.bytes + size * BYTES <= io.fixedBytes
      : isSame(io.dynamic[offset.dynamic], size);
  // Random streams are written by their number, whatever the shape says.
  const isWhole = !isStreams(name) || (shape.length === 2 && shape[0] === STREAMS && shape[1] === 4);
  return inside && isWhole ? { shape, offset, symbols } : wrong("port", fail);
}

/** Dimensions of one program are the same where they are one: names are a stranger's, and could be spelled as two. */
const isSame = (a: Region["dynamic"][number] | undefined, b: SymbolicSize): boolean =>
  a instanceof SymbolicSize &&
  a.factor === b.factor &&
  a.dimensions.length === b.dimensions.length &&
  a.dimensions.every((dimension, i) => dimension === b.dimensions[i]);

function list(value: unknown, what: string, fail: Fail): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : wrong(what, fail);
}

const wrong = (what: string, fail: Fail): never => fail(`the description of its programs has a wrong ${what}`);
