import { Machine as Word, Register, Status } from "../../assembly/machine.js";
import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { operand } from "../../bindings/graph/operand.js";

const GUARD_WORDS = 8;
const GUARD = 0x7fa5_5a5a; // a NaN that no kernel makes

/** Some words of memory between guard words. */
export interface Buffer {
  readonly name: string;
  readonly address: number;
  readonly size: number;
}

/** An instruction as it stands in memory: operands in the order writes, adds, reads. */
export interface RawInstruction {
  readonly opcode: Opcode;
  readonly operands: readonly Buffer[];
  readonly sizes?: readonly number[];
  readonly scalars?: readonly number[];
}

/**
 * Buffers, each between guard words, and instructions that run on them by themselves, so that a kernel which touches
 * more than its own shows.
 */
export class GuardedMemory {
  readonly #engine: Engine;
  readonly #buffers: Buffer[] = [];
  readonly #blocks: number[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  buffer(name: string, size: number): Buffer {
    const block = this.#allocate((size + 2 * GUARD_WORDS) * 4);
    this.#engine.memory.u32.fill(GUARD, block / 4, block / 4 + size + 2 * GUARD_WORDS);
    const buffer = { name, address: block + 4 * GUARD_WORDS, size };
    this.#buffers.push(buffer);
    return buffer;
  }

  /** A buffer's numbers; a view, to read and to write, until the next buffer is made. */
  numbers({ address, size }: Buffer): Float32Array {
    return this.#engine.memory.f32.subarray(address / 4, address / 4 + size);
  }

  /** The same, as words. */
  words({ address, size }: Buffer): Uint32Array {
    return this.#engine.memory.u32.subarray(address / 4, address / 4 + size);
  }

  /** @throws Error when a guard word has changed. */
  run(instructions: readonly RawInstruction[]): Status {
    const words = [...instructions.flatMap(encode), Opcode.end | (1 << 16)];
    const program = this.#allocate((words.length + 6) * 4); // the interpreter decodes a few words ahead
    const machine = this.#allocate(Word.words * 4);
    const list = this.#allocate(4);
    const memory = this.#engine.memory.u32;
    memory.set(words, program / 4);
    memory.fill(0, machine / 4, machine / 4 + Word.words);
    memory[machine / 4 + Word.program] = program;
    memory[list / 4] = machine;
    const status = this.#engine.run(list, 1);
    this.#expectGuards();
    return status;
  }

  free(): void {
    for (const address of this.#blocks) this.#engine.memory.free(address);
  }

  #allocate(bytes: number): number {
    const address = this.#engine.memory.allocate(bytes);
    this.#blocks.push(address);
    return address;
  }

  #expectGuards(): void {
    const words = this.#engine.memory.u32;
    for (const { name, address, size } of this.#buffers) {
      const first = address / 4;
      for (let i = 1; i <= GUARD_WORDS; ++i) {
        if (words[first - i] !== GUARD) throw new Error(`wrote ${i} words in front of ${name}`);
        if (words[first + size + i - 1] !== GUARD) throw new Error(`wrote ${i} words behind ${name}`);
      }
    }
  }
}

const float = new DataView(new ArrayBuffer(4));
const bitsOf = (value: number): number => (float.setFloat32(0, value), float.getUint32(0));

function encode({ opcode, operands, sizes = [], scalars = [] }: RawInstruction): number[] {
  const words = [
    ...operands.map(({ address }) => operand(Register.activations, address)), // a register that is 0
    ...sizes,
    ...scalars.map(bitsOf),
  ];
  return [opcode | ((1 + words.length) << 16), ...words];
}

type Values = Float32Array | Uint32Array;

/** Runs one instruction on copies of these operands, and returns the status and what then was in each of them. */
export function runInstruction<const Operands extends { readonly [name: string]: Values }>(
  engine: Engine,
  opcode: Opcode,
  operands: Operands,
  { sizes, scalars }: { sizes?: readonly number[]; scalars?: readonly number[] } = {},
): { status: Status } & { [Name in keyof Operands]: Operands[Name] extends Uint32Array ? Uint32Array : Float32Array } {
  const memory = new GuardedMemory(engine);
  const buffers = Object.entries(operands).map(([name, { length }]) => memory.buffer(name, length));
  const view = (buffer: Buffer): Values =>
    operands[buffer.name] instanceof Uint32Array ? memory.words(buffer) : memory.numbers(buffer);
  for (const buffer of buffers) view(buffer).set(operands[buffer.name]!);
  const status = memory.run([{ opcode, operands: buffers, ...(sizes && { sizes }), ...(scalars && { scalars }) }]);
  const after = Object.fromEntries(buffers.map((buffer) => [buffer.name, view(buffer).slice()]));
  memory.free();
  return { status, ...after } as ReturnType<typeof runInstruction<Operands>>;
}
