import fc from "./properties.js";
import { control, kernels } from "../../assembly/kernels.table.js";
import { signatures } from "../../bindings/compiled/generated/signatures.js";
import type { Parts } from "./compiledFile.js";

/** One change of a file; what the numbers mean is up to the kind. */
export interface Mutation {
  readonly kind: number;
  readonly where: number;
  readonly value: number;
  readonly other: number;
}

/** Also of instructions that no compiled model has. */
const names = [...Object.keys(control), ...Object.keys(kernels)];
const interesting = [
  0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 32, 63, 64, 127, 128, 255, 256, 4095, 65535, 0x7fff_ffff,
].flatMap((n) => [n, -n]);
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const small = (n: number): number => (n % 9) - 4;

/** Steps along the words, so that a change finds what it is a change of: operands, opcodes, sizes. */
type Change = (parts: Parts, mutation: Mutation) => void;

const methodsOf = (programs: Parts["programs"]) => Object.values(programs.methods).flat();

function program({ programs, words }: Parts, n: number): { name: string; list: Int32Array } {
  const name = pick([...methodsOf(programs), ...(programs.session ? [programs.session] : [])], n).words;
  return { name, list: words(name) };
}

function spliced(parts: Parts, { where, value, other }: Mutation, remove: number, add: readonly number[]): void {
  const { name, list } = program(parts, other);
  const words = [...list];
  words.splice(where % words.length, remove, ...add);
  void value;
  parts.tensors.set(name, { shape: [words.length], data: Int32Array.from(words) });
}

const word =
  (change: (old: number, mutation: Mutation, list: Int32Array) => number): Change =>
  (parts, mutation) => {
    const { list } = program(parts, mutation.other >>> 8);
    const at = mutation.where % list.length;
    list[at] = change(list[at]!, mutation, list);
  };

/** A kernel's call in a program, and which of its words are what. */
interface Call {
  readonly list: Int32Array;
  readonly at: number;
  readonly operands: number;
  readonly sizes: number;
  readonly scalars: number;
}

function calls(parts: Parts, n: number): Call[] {
  const { list } = program(parts, n);
  const found: Call[] = [];
  for (let at = 0; at < list.length; at += list[at]! >>> 16 || list.length) {
    const kernel = signatures[parts.programs.opcodes[list[at]! & 0xffff] as keyof typeof signatures]?.kernel;
    if (!kernel) continue;
    const { sizes, scalars } = kernel;
    found.push({ list, at, operands: (list[at]! >>> 16) - 1 - sizes - scalars, sizes, scalars });
  }
  return found;
}

const inCall =
  (change: (call: Call, mutation: Mutation, all: readonly Call[]) => void): Change =>
  (parts, mutation) => {
    const all = calls(parts, mutation.other >>> 8);
    change(pick(all, mutation.where), mutation, all);
  };

const operandAt = ({ at, operands }: Call, n: number): number => at + 1 + (n % operands);
const sizeAt = ({ at, operands, sizes }: Call, n: number): number => at + 1 + operands + (n % sizes);

/** Changes that often leave a program which may run. */
const careful: readonly Change[] = [
  inCall((call, { value, other }, all) => {
    call.list[operandAt(call, value)] = call.list[operandAt(pick(all, value >>> 8), other)]!;
  }),
  inCall((call, { value, other }) => {
    const at = operandAt(call, other);
    call.list[at] = call.list[at]! - 32 * Math.min(call.list[at]! >>> 5, pick([1, 2, 3, 4, 8, 16], value));
  }),
  inCall((call, { value, other }) => (call.list[operandAt(call, other)]! += 32 * pick([1, 4, 16, -4], value))),
  inCall((call, { value, other }) => (call.list[sizeAt(call, other)]! -= 1 + (value % 3))),
  inCall((call, { value, other }) => (call.list[sizeAt(call, other)]! += 1 + (value % 3))),
  inCall((call, { value, other }, all) => {
    call.list[sizeAt(call, other)] = call.list[sizeAt(pick(all, value), other >>> 3)]!;
  }),
  inCall((call, { value, other }, all) => {
    // Another instruction of the same length in its place.
    const alike = all.filter(({ at, list }) => list[at]! >>> 16 === call.list[call.at]! >>> 16);
    const { at, list } = pick(alike, value);
    call.list.set(list.slice(at, at + (list[at]! >>> 16)), call.at);
    void other;
  }),
  inCall((call, { value }, all) => {
    // Another kernel over the same operands.
    const alike = all.filter(
      ({ operands, sizes, scalars }) => operands === call.operands && sizes === call.sizes && scalars === call.scalars,
    );
    call.list[call.at] = pick(alike, value).list[pick(alike, value).at]!;
  }),
  inCall((call, { value }) => {
    const { at, operands, sizes, scalars } = call;
    if (scalars) call.list[at + 1 + operands + sizes + (value % scalars)] = value | 0;
  }),
];

/** Every place in the description where something could be something else. */
function places(value: unknown, into: [holder: Record<string, unknown>, key: string][] = []): typeof into {
  if (typeof value !== "object" || value === null) return into;
  for (const [key, child] of Object.entries(value)) {
    into.push([value as Record<string, unknown>, key]);
    places(child, into);
  }
  return into;
}

const changes: readonly Change[] = [
  word((_, { value }) => pick(interesting, value)),
  word((_, { value }) => value | 0),
  word((old, { value }) => old + small(value)),
  word((old, { value }) => old + small(value)),
  word((old, { value }) => old ^ (1 << (value % 32))),
  word((old, { value }) => (old & ~31) | (value % 32)), // an operand's register
  word((old, { value }) => old + 32 * pick([1, -1, 4, -4, 16, 64, 256, 1024, -64], value)), // its element
  word((_, { value }, list) => list[value % list.length]!),
  (parts, mutation) => spliced(parts, mutation, 1, []),
  (parts, mutation) => spliced(parts, mutation, 0, [mutation.value | 0]),
  (parts, mutation) => {
    const { list } = program(parts, mutation.other);
    const [from, count] = [mutation.where % list.length, 1 + (mutation.value % 12)];
    spliced(parts, { ...mutation, where: mutation.value >>> 4 }, 0, [...list.subarray(from, from + count)]);
  },
  ...Array.from({ length: 3 }, (): Change => (parts, { where, value }) => {
    const numbers = places(parts.programs).filter(([holder, key]) => typeof holder[key] === "number");
    if (!numbers.length) return;
    const [holder, key] = pick(numbers, where);
    holder[key] = (holder[key] as number) + pick([1, -1, 16, -16, 64, 128, -128, 1024, 4096], value);
  }),
  (parts, { where, value }) => {
    const [holder, key] = pick(places(parts.programs), where);
    holder[key] = pick<unknown>([0, 1, -1, 1e9, 2 ** 53, 1e300, 0.5, "time", null, true, [], {}, "Infinity"], value);
  },
  (parts, { where, value }) => {
    const all = places(parts.programs);
    const [[a, i], [b, j]] = [pick(all, where), pick(all, value)];
    a[i] = structuredClone(b[j]);
  },
  (parts, { where }) => {
    const [holder, key] = pick(places(parts.programs), where);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  ({ programs }, { where, value }) => {
    programs.opcodes[where % programs.opcodes.length] = pick(names, value);
  },
  ({ programs }, { where, value }) => {
    // Rows of the sizes of buffers that depend on lengths, and back.
    const { regions } = pick(methodsOf(programs), where);
    for (const [, ...dynamic] of regions as unknown as [number, ...[number, string][]][]) {
      for (const size of dynamic) size[0] = Math.max(1, size[0] + small(value));
    }
  },
  ({ tensors }, { where }) => {
    const parameters = [...tensors].filter(([, { data }]) => data instanceof Float32Array);
    tensors.delete(pick(parameters, where)[0]);
  },
  ({ metadata }, { where, value }) => {
    metadata[pick(Object.keys(metadata), where)] = pick(["", "0", "{}", "[]", "null", "NeuralTuringMachine"], value);
  },
];

export function mutate(parts: Parts, mutations: readonly Mutation[]): void {
  for (const mutation of mutations) {
    try {
      pick(mutation.kind % 3 ? careful : changes, Math.floor(mutation.kind / 3))(parts, mutation);
    } catch {
      // An earlier change has taken away what this one would have changed.
    }
  }
}

export const mutations = fc.array(fc.record({ kind: fc.nat(), where: fc.nat(), value: fc.nat(), other: fc.nat() }), {
  minLength: 1,
  maxLength: 4,
});
