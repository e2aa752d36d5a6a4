import { bitsOf } from "../common/bits.js";
import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Block, Fork, Loop } from "./lower.js";
import type { Instruction } from "./op.js";
import { operand } from "./operand.js";
import type { Place, Plan } from "./plan.js";
import type { Relocation } from "./program.js";
import type { Region } from "./region.js";
import { sizeOf } from "./shape.js";
import { product, type Size } from "./size.js";
import type { Tensor } from "./tensor.js";

const NONE = 0xffff_ffff;

/** Writes a pruned and planned block as words. */
export class Encoder {
  readonly #words: number[] = [];
  readonly relocations: Relocation[] = [];
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  get words(): Uint32Array {
    return Uint32Array.from(this.#words);
  }

  get length(): number {
    return this.#words.length;
  }

  block(block: Block): void {
    for (const item of block) {
      if (item.kind === "instruction") this.#instruction(item);
      else if (item.kind === "fork") this.#fork(item);
      else this.#loop(item);
    }
  }

  end(): void {
    this.#emit(Opcode.end, () => {});
  }

  turn(frameRegister: number): void {
    this.#emit(Opcode.scanTurn, () => this.#words.push(frameRegister));
  }

  /** Opcode and length share the first word. */
  #emit(opcode: Opcode, operands: () => void): void {
    const head = this.#words.push(0) - 1;
    operands();
    this.#words[head] = (opcode | ((this.#words.length - head) << 16)) >>> 0;
  }

  #instruction({ opcode, writes, adds, reads, sizes, scalars }: Instruction): void {
    this.#emit(opcode, () => {
      for (const tensors of [writes, adds, reads]) for (const tensor of tensors) this.#tensor(tensor);
      for (const size of sizes) this.#size(size);
      for (const scalar of scalars) this.#words.push(bitsOf(scalar));
    });
  }

  #fork({ branches }: Fork): void {
    const fork = this.#words.length;
    this.#emit(Opcode.fork, () => this.#words.push(0, branches.length, ...branches.map(() => 0)));
    const start = this.#words.length;
    branches.forEach((branch, i) => {
      this.#words[fork + 3 + i] = this.#words.length - fork;
      this.block([...branch]);
      this.end();
    });
    this.#words[fork + 1] = this.#words.length - start;
  }

  #loop({ scan, direction, prologue, body, epilogue, sequences }: Loop): void {
    const { halted, record, steps } = scan;
    const planned = this.#plan.scans.get(scan)!;
    const forward = direction === "forward";
    /** What both of a loop's instructions begin with. */
    const head = (): void => {
      this.#tensor(record);
      this.#words.push(planned.frameRegister);
      this.#bytes(planned.frame);
      if (forward) this.#size(product([steps]));
      this.#words.push(forward ? Number(planned.keep) : planned.gradientRegister);
    };
    this.#emit(forward ? Opcode.scanEnter : Opcode.scanEnterBackward, () => {
      head();
      if (forward) return;
      this.#place(planned.gradientFrames!);
      this.#bytes(planned.gradientFrame);
    });
    this.block(prologue);
    let bodyWords = 0;
    this.#emit(forward ? Opcode.scanLoop : Opcode.scanLoopBackward, () => {
      head();
      if (forward) {
        this.#words.push(Number(planned.leaf));
        if (halted) this.#tensor(halted);
        else this.#words.push(NONE);
        this.#size(halted ? sizeOf(halted.shape) : 0);
      }
      bodyWords = this.#words.push(0) - 1;
      this.#words.push(sequences.length);
      for (const { outer, inner } of sequences) {
        this.#words.push(planned.sequenceRegisters.get(inner)!);
        this.#tensor(outer);
        this.#size(product([sizeOf(inner.shape), 4]));
      }
    });
    const start = this.#words.length;
    this.block(body);
    this.end();
    this.#words[bodyWords] = this.#words.length - start;
    this.block(epilogue);
  }

  #tensor(tensor: Tensor): void {
    this.#place(this.#plan.placeOf(tensor), tensor.start);
  }

  #place({ register, region, offset: { bytes, dynamic } }: Place, start = 0): void {
    if (dynamic >= 0 && start) throw new Error("A part of a tensor whose size depends on a dimension has no place");
    if (dynamic >= 0) this.#relocate({ kind: "operand", register, region: region!, dynamic });
    this.#words.push(operand(register, bytes + 4 * start));
  }

  #size(size: Size): void {
    if (typeof size === "number") this.#words.push(size);
    else {
      this.#relocate({ kind: "size", factor: size.factor, dimensions: size.dimensions });
      this.#words.push(0);
    }
  }

  #bytes(region: Region): void {
    if (region.dynamic.length) this.#relocate({ kind: "bytes", region });
    this.#words.push(region.fixedBytes);
  }

  #relocate(relocation: DistributiveOmit<Relocation, "word">): void {
    this.relocations.push({ ...relocation, word: this.#words.length });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
