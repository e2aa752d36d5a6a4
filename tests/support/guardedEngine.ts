import { Machine as Word, Register } from "../../assembly/machine.js";
import { signatures } from "../../bindings/compiled/generated/signatures.js";
import type { Kernel } from "../../bindings/compiled/signature.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { MemoryError } from "../../bindings/graph/memoryError.js";
import { testEngine, type Build } from "./engine.js";

/** Bytes in front of every block and behind it that belong to nobody. */
const GUARD = 512;
/** Blocks larger than this are refused, so that a file which asks for gigabytes costs nothing. */
const MOST = 0x10_0000;
/** Multiply-adds of a run that is still worth its time. */
const MOST_WORK = 3e7;

/** A run was not made, since it would have taken too long. */
export class TooLong extends Error {}

/** Memory changed that the program that ran does not own. */
export class Trespass extends Error {}

const kernels = new Map<number, Kernel>();
for (const signature of Object.values(signatures)) {
  if (signature?.kernel) kernels.set(signature.opcode as number, signature.kernel);
}

/**
 * An engine that watches its memory. Whatever is not written by the host holds a pattern: what is around blocks, and
 * blocks when they are made. After each call into wasm every byte is compared with what was there before it; only the
 * blocks of inputs and outputs, of activations and frames, and a machine's registers of loops may have changed.
 */
export async function guardedEngine(build: Build, pattern: number): Promise<Engine> {
  const engine = await testEngine(build);
  const { memory } = engine;
  const blocks = new Map<number, number>(); // address → bytes
  memory.u32.fill(pattern);

  const [allocate, free, run] = [memory.allocate.bind(memory), memory.free.bind(memory), engine.run.bind(engine)];
  memory.allocate = (bytes) => {
    if (bytes > MOST) throw new MemoryError(bytes, MOST);
    const before = memory.byteLength;
    const outer = allocate(bytes + 2 * GUARD);
    memory.u32.fill(pattern, before / 4);
    memory.u32.fill(pattern, outer / 4, outer / 4 + Math.ceil(bytes / 4) + (2 * GUARD) / 4);
    blocks.set(outer + GUARD, bytes);
    return outer + GUARD;
  };
  memory.free = (address) => {
    blocks.delete(address);
    free(address - GUARD);
  };
  engine.run = (machines, count) => {
    const before = memory.u32.slice();
    const own: [begin: number, end: number][] = [];
    for (let i = 0; i < count; ++i) {
      const machine = before[machines / 4 + i]!;
      if (workOf(before, before[machine / 4 + Word.program]! / 4) > MOST_WORK) throw new TooLong();
      own.push([machine + 4 * Register.loops, machine + 4 * Register.count]);
      own.push([machine + 4 * Word.stackTop, machine + 4 * Word.stackTop + 4]);
      own.push([machine + 4 * Word.stackNeeded, machine + 4 * Word.stackNeeded + 4]);
      for (const register of [Register.activations, Register.io]) {
        const address = before[machine / 4 + register]!;
        const bytes = blocks.get(address);
        if (bytes) own.push([address, address + bytes]);
      }
    }
    const status = run(machines, count);
    expectSame(before, memory.u32, own);
    return status;
  };
  return engine;
}

/** Compares all words that are not the program's own. */
function expectSame(before: Uint32Array, after: Uint32Array, own: [begin: number, end: number][]): void {
  let from = 0;
  for (const [begin, end] of [...own.sort(([a], [b]) => a - b), [after.byteLength, after.byteLength]]) {
    const [a, b] = [before, after].map((words) => Buffer.from(words.buffer, from, Math.max(0, begin! - from)));
    if (Buffer.compare(a!, b!)) {
      const at = a!.findIndex((byte, i) => byte !== b![i]);
      throw new Trespass(`a run changed byte ${from + at}, which is not its own`);
    }
    from = Math.max(from, end!);
  }
}

/** An estimate of the multiply-adds of the instructions from word p to the end of their block, if no loop ends early. */
function workOf(words: Uint32Array, p: number): number {
  let work = 0;
  for (let guard = 0; guard < 10_000; ++guard) {
    const [opcode, length] = [words[p]! & 0xffff, words[p]! >>> 16];
    if (opcode === signatures.end!.opcode || !length) return work + 1;
    const kernel = kernels.get(opcode);
    if (kernel) {
      let product = 1;
      for (let i = 0; i < kernel.sizes; ++i) product *= Math.max(1, words[p + length - kernel.scalars - 1 - i]!);
      work += product;
    } else if (opcode === signatures.scanLoop!.opcode) {
      work += words[p + 4]! * workOf(words, p + length);
      p += words[p + 9]!;
    } else if (opcode === signatures.fork!.opcode) {
      for (let i = 0; i < words[p + 2]!; ++i) work += workOf(words, p + words[p + 3 + i]!);
      p += words[p + 1]!;
    }
    p += length;
  }
  return work;
}
