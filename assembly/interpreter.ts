/**
 * The interpreter: fetches an instruction, and runs it: control here, kernels by dispatchRun, decoded operands and all.
 *
 * An instruction is a first word `opcode | words << 16`, then operands, sizes and scalars, a word each. An operand is
 * `register | element << 5`; the machine's registers hold base addresses. Kernels check nothing: the bindings planned
 * every buffer, and programs from outside are validated when they are loaded.
 */
import { dispatchRun } from "./generated/dispatchRun";
import { fork } from "./fork";
import { enter, enterBackward, loop, loopBackward, turn } from "./loops";
import { Status } from "./machine";
import { Opcode } from "./generated/opcodes";
import { word } from "./words";

/** Runs instructions from `p` until one ends the block. Returns a Status. */
export function interpret(machine: usize, p: usize): i32 {
  while (true) {
    const head = load<u32>(p);
    switch (head & 0xffff) {
      default: {
        const status = dispatchRun(machine, p, head & 0xffff);
        if (status) return status;
        break;
      }
      case Opcode.end:
        return Status.done;
      case Opcode.scanEnter: {
        if (!enter(machine, p)) return Status.stackOverflow;
        break;
      }
      case Opcode.scanLoop: {
        const status = loop(machine, p);
        if (status) return status;
        p += (<usize>word(p, 9)) << 2; // over the body
        break;
      }
      case Opcode.scanEnterBackward: {
        enterBackward(machine, p);
        break;
      }
      case Opcode.scanLoopBackward: {
        const status = loopBackward(machine, p);
        if (status) return status;
        p += (<usize>word(p, 5)) << 2;
        break;
      }
      case Opcode.scanTurn: {
        turn(machine, p);
        break;
      }
      case Opcode.fork: {
        const status = fork(machine, p);
        if (status) return status;
        p += (<usize>word(p, 1)) << 2; // over the branches
        break;
      }
    }
    p += (<usize>(head >> 16)) << 2;
  }
}
