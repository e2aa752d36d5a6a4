/**
 * The interpreter: fetch an instruction, decode its operands, call its kernel.
 *
 * An instruction is a first word `opcode | words << 16`, then operands, sizes and scalars, a word each. An operand is
 * `register | element << 5`; the machine's registers hold base addresses. Kernels check nothing: the bindings planned
 * every buffer, and programs from outside are validated when they are loaded.
 */
import { fill } from "./kernels/elementwise/fill";
import { identityBackward, identityForward } from "./kernels/elementwise/identity";
import { softmaxBackward, softmaxForward } from "./kernels/normalize/softmax";
import { enter, enterBackward, loop, loopBackward, turn } from "./loops";
import { Status } from "./machine";
import { Opcode } from "./opcodes";
import { address as at, scalar, word } from "./words";

/** Runs instructions from `p` until one ends the block. Returns a Status. */
export function interpret(machine: usize, p: usize): i32 {
  while (true) {
    const head = load<u32>(p);
    switch (head & 0xffff) {
      // prettier-ignore
      default: return Status.badProgram;
      // prettier-ignore
      case Opcode.end: return Status.done;
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

      case Opcode.identityForward: {
        identityForward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.identityBackward: {
        identityBackward(at(machine, p, 1), at(machine, p, 2), 0, word(p, 3));
        break;
      }
      case Opcode.fill: {
        fill(at(machine, p, 1), 0, word(p, 2), scalar(p, 3));
        break;
      }
      case Opcode.softmaxForward: {
        softmaxForward(at(machine, p, 1), at(machine, p, 2), word(p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.softmaxBackward: {
        softmaxBackward(at(machine, p, 1), at(machine, p, 2), at(machine, p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
    }
    p += (<usize>(head >> 16)) << 2;
  }
}
