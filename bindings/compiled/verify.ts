/**
 * What makes a program from a stranger safe to run: before a word of it is interpreted, every instruction is decoded as
 * the interpreter will decode it, and every operand must lie with all that its kernel touches inside one of
 *
 *   the model's parameters             to be read
 *   its activations                    planned buffers
 *   its inputs and outputs
 *   frames of the loops around it, and of the loops that ended before it in the same block
 *   elements of the sequences of the loops around it
 *
 * Kernels take addresses from operands and sizes alone; those that choose an element by a number, such as gather,
 * compare it with a size first. The registers themselves are written only by loops, in ways that are checked here, and
 * no kernel can reach them. So a program that passes cannot read or write anything else, whatever numbers it computes
 * with.
 *
 * The words are those with lengths filled in, and this is done again for every new length, so nothing here reasons
 * about lengths.
 */
import { Register, registerBits } from "../../assembly/machine.js";
import { Opcode } from "../../assembly/generated/opcodes.js";
import { REACH } from "../graph/operand.js";
import type { Kernel } from "./signature.js";

/** What a register points at. */
export interface Span {
  readonly bytes: number;
  readonly writable: boolean;
}

/** By register. */
export type Spans = readonly (Span | undefined)[];

export interface Verified {
  readonly words: Uint32Array;
  /** The words at which runs start; from each on, instructions reach to the next. */
  readonly entries: readonly number[];
  /** By opcode: what the program may have. Control instructions have no kernel. */
  readonly kernels: ReadonlyMap<number, Kernel | undefined>;
  /** What registers point at when a run starts. */
  readonly spans: Spans;
  /** The register whose frames a session turns. */
  readonly turning?: number | undefined;
  readonly fail: (reason: string) => never;
}

const NONE = 0xffff_ffff;

/** Operands of a loop's instructions before its sequences; see assembly/loops.ts. */
const ENTER_WORDS = 6;
const LOOP_WORDS = 11;
/** Words of a fork before those that say where its branches are; see assembly/fork.ts. */
const FORK_WORDS = 3;
/** Words of a loop's record that it writes. */
const RECORD = 2;

/** Checks a program. Returns the bytes that frames of its loops take at most. */
export function verify(program: Verified): number {
  return new Verifier(program).all();
}

class Verifier {
  readonly #program: Verified;
  readonly #words: Uint32Array;
  #most = 0;

  constructor(program: Verified) {
    this.#program = program;
    this.#words = program.words;
  }

  all(): number {
    const { entries, spans } = this.#program;
    entries.forEach((entry, i) => {
      const next = entries[i + 1] ?? this.#words.length;
      if (this.#block(entry, next, [...spans], 0) !== next) this.#fail(entry, "ends before its words do");
    });
    return this.#most;
  }

  #fail(at: number, reason: string): never {
    return this.#program.fail(`the instruction at word ${at} of a program ${reason}`);
  }

  /**
   * Instructions from `p` to the one that ends them, with `stack` bytes of frames in use. Returns the word behind them.
   */
  #block(p: number, limit: number, spans: (Span | undefined)[], stack: number): number {
    const words = this.#words;
    /** Registers that this block may set again: those it has set itself. */
    const own = new Set<number>();
    let entered: number | undefined;
    while (true) {
      if (p >= limit) this.#fail(p, "is missing");
      const opcode = words[p]! & 0xffff;
      const length = words[p]! >>> 16;
      if (length === 0 || p + length > limit) this.#fail(p, "is longer than what there is");
      const { kernels, turning } = this.#program;
      if (!kernels.has(opcode)) this.#fail(p, "is none that a compiled model has");
      const kernel = kernels.get(opcode);
      if (kernel) {
        this.#kernel(p, length, kernel, spans);
        p += length;
      } else if (opcode === Opcode.scanEnter && length === ENTER_WORDS) {
        if (entered !== undefined) this.#fail(p, "enters a loop where none can be");
        this.#enter(p, spans, own);
        this.#most = Math.max(this.#most, stack + 2 * words[p + 3]!);
        entered = p;
        p += length;
      } else if (opcode === Opcode.scanLoop && length >= LOOP_WORDS) {
        if (entered === undefined) this.#fail(p, "is a loop that nothing entered");
        this.#expectSame(p, entered);
        p = this.#loop(p, length, limit, spans, stack + 2 * words[p + 3]!);
        entered = undefined;
      } else if (opcode === Opcode.fork && length > FORK_WORDS && length === FORK_WORDS + words[p + 2]!) {
        p = this.#fork(p, length, limit, spans);
      } else if (opcode === Opcode.scanTurn && length === 2) {
        if (turning === undefined || words[p + 1] !== turning) this.#fail(p, "turns frames that are not a session's");
        p += length;
      } else if (opcode === Opcode.end && length === 1) {
        if (entered !== undefined) this.#fail(p, "ends a block that has entered a loop");
        return p + 1;
      } else {
        this.#fail(p, "has not the words that it must have");
      }
    }
  }

  #kernel(p: number, length: number, kernel: Kernel, spans: Spans): void {
    const first = p + length - kernel.scalars - kernel.sizes;
    if (first <= p) this.#fail(p, "has not the words that it must have");
    const sizes: number[] = [];
    for (let i = 0; i < kernel.sizes; ++i) {
      sizes.push(this.#count(first + i, kernel.orZero?.includes(i) ? 0 : 1, p));
    }
    if (kernel.allows && !kernel.allows(...sizes)) this.#fail(p, "has sizes that its kernel cannot take");
    const writes = kernel.writes(...sizes);
    const reads = kernel.reads(...sizes);
    if (p + 1 + writes.length + reads.length !== first) this.#fail(p, "has not the words that it must have");
    let at = p + 1;
    for (const elements of writes) this.#operand(at++, elements, true, spans, p);
    for (const elements of reads) this.#operand(at++, elements, false, spans, p);
  }

  /** Words of all branches, number of branches, where each begins. They follow, one behind the other, kernels only. */
  #fork(p: number, length: number, limit: number, spans: Spans): number {
    const words = this.#words;
    const end = p + length + words[p + 1]!;
    if (end > limit) this.#fail(p, "has branches that are longer than what there is");
    let at = p + length;
    for (let i = FORK_WORDS; i < length; ++i) {
      if (p + words[p + i]! !== at) this.#fail(p, "has a branch that begins somewhere else");
      at = this.#branch(at, end, spans);
    }
    if (at !== end) this.#fail(p, "has branches that end too soon");
    return end;
  }

  #branch(p: number, limit: number, spans: Spans): number {
    while (true) {
      if (p >= limit) this.#fail(p, "is missing");
      const opcode = this.#words[p]! & 0xffff;
      const length = this.#words[p]! >>> 16;
      if (length === 0 || p + length > limit) this.#fail(p, "is longer than what there is");
      if (opcode === Opcode.end && length === 1) return p + 1;
      const kernel = this.#program.kernels.get(opcode);
      if (!kernel) return this.#fail(p, "is none that a branch can have");
      this.#kernel(p, length, kernel, spans);
      p += length;
    }
  }

  /** A word that counts something. */
  #count(at: number, least: number, p: number): number {
    const value = this.#words[at]!;
    if (value < least || value > REACH)
      this.#fail(p, `has the size ${value}, and must have one from ${least} to ${REACH}`);
    return value;
  }

  #operand(at: number, elements: number, writes: boolean, spans: Spans, p: number): Span {
    const word = this.#words[at]!;
    const register = word & ((1 << registerBits) - 1);
    const span = spans[register];
    if (!span) return this.#fail(p, `uses register ${register}, which points at nothing of its own`);
    if (writes && !span.writable) this.#fail(p, `writes to register ${register}, which is to be read`);
    const end = ((word >>> registerBits) + elements) * 4;
    if (end > span.bytes) {
      this.#fail(p, `reaches ${end} bytes behind register ${register}, which has ${span.bytes}`);
    }
    return span;
  }

  /** A register for a loop, free in this block. */
  #register(at: number, spans: Spans, own: ReadonlySet<number>, p: number): number {
    const register = this.#words[at]!;
    const isOne = register >= Register.loops && register < Register.count;
    if (!isOne || (spans[register] && !own.has(register))) this.#fail(p, `cannot have register ${register}`);
    return register;
  }

  /** scanEnter: record, frame register, frame bytes, steps, keep. */
  #enter(p: number, spans: (Span | undefined)[], own: Set<number>): void {
    const words = this.#words;
    this.#operand(p + 1, RECORD, true, spans, p);
    const frame = this.#register(p + 2, spans, own, p);
    if (frame + 1 >= Register.count || (spans[frame + 1] && !own.has(frame + 1))) {
      this.#fail(p, `cannot have register ${frame + 1}`);
    }
    this.#count(p + 4, 1, p);
    if (words[p + 5] !== 0) this.#fail(p, "keeps all frames, which only training does");
    spans[frame] = spans[frame + 1] = { bytes: words[p + 3]!, writable: true };
    own.add(frame).add(frame + 1);
  }

  /** A loop goes on with what was entered: record, frame register, frame bytes, steps, keep. */
  #expectSame(p: number, entered: number): void {
    for (let i = 1; i < ENTER_WORDS; ++i) {
      if (this.#words[p + i] !== this.#words[entered + i])
        this.#fail(p, "is another loop than the one that was entered");
    }
  }

  /** scanLoop, its first words being those of scanEnter; then leaf, halted, size of halted, body words, sequences. */
  #loop(p: number, length: number, limit: number, outside: Spans, stack: number): number {
    const words = this.#words;
    const steps = words[p + 4]!;
    const count = words[p + 10]!;
    if (length !== LOOP_WORDS + 3 * count) this.#fail(p, "has not the words that it must have");
    this.#operand(p + 1, RECORD, true, outside, p); // again, since its register may be one that was just set
    const spans = [...outside];
    for (let at = p + LOOP_WORDS; at < p + length; at += 3) {
      const stride = words[at + 2]!;
      if (stride % 4) this.#fail(p, `has elements of ${stride} bytes`);
      const { writable } = this.#operand(at + 1, (steps * stride) / 4, false, outside, p);
      spans[this.#register(at, spans, new Set(), p)] = { bytes: stride, writable };
    }
    const begin = p + length;
    const end = begin + words[p + 9]!;
    if (end > limit) this.#fail(p, "has a body that is longer than what there is");
    if (words[p + 7] !== NONE) this.#operand(p + 7, this.#count(p + 8, 1, p), false, spans, p);
    if (this.#block(begin, end, [...spans], stack) !== end) this.#fail(p, "has a body that ends too soon");
    return end;
  }
}
