/** The kernels that running single systems needs besides; the default binary goes without. See docs/decisions/0011. Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { additiveScoreForward } from "../kernels/attention/additiveScore";
import { fourierBasis } from "../kernels/audio/fourierBasis";
import { melFilters } from "../kernels/audio/melFilters";
import { circuitForward } from "../kernels/circuit/circuit";
import { growingSoftmaxForward } from "../kernels/circuit/growingSoftmax";
import { renormalizeForward } from "../kernels/circuit/renormalize";
import { convolutionForward } from "../kernels/convolution/convolution";
import { diagonalGateForward } from "../kernels/convolution/diagonalGate";
import { beamStep } from "../kernels/decoding/beamStep";
import { maximumForward } from "../kernels/elementwise/maximum";
import { minimumForward } from "../kernels/elementwise/minimum";
import { maskedLogSoftmaxForward } from "../kernels/normalize/maskedLogSoftmax";
import { categorical } from "../kernels/random/categorical";
import { argmax } from "../kernels/reduce/argmax";
import { oneHot } from "../kernels/shape/oneHot";
import { reverseSequenceForward } from "../kernels/shape/reverseSequence";
import { nearestRowsForward } from "../kernels/sparse/nearestRows";
import { readRowsForward } from "../kernels/sparse/readRows";
import { writeRowsForward } from "../kernels/sparse/writeRows";
import { popStrengthsForward } from "../kernels/stack/popStrengths";
import { pushRowsForward } from "../kernels/stack/pushRows";
import { stackReadForward } from "../kernels/stack/stackRead";
import { columnSumsForward } from "../kernels/tables/columnSums";
import { compareCellsForward } from "../kernels/tables/compareCells";
import { firstInOrderForward } from "../kernels/tables/firstInOrder";
import { selectColumnForward } from "../kernels/tables/selectColumn";
import { shiftRowsForward } from "../kernels/tables/shiftRows";
import { readWindowForward, writeWindowForward } from "../kernels/tape/window";
import { dispatchFull } from "./dispatchFull";
import { Status } from "../machine";
import { address as at, scalar, word } from "../words";
import { Opcode } from "./opcodes";

/** Runs the kernel of one instruction. Returns a Status. */
export function dispatchSystems(machine: usize, p: usize, opcode: u32): i32 {
  // Decoded before they are needed: most arms have as many or fewer, and are half as large so. What is no operand becomes
  // an address that no arm uses; a program ends with words to spare.
  const a1 = at(machine, p, 1);
  const a2 = at(machine, p, 2);
  const a3 = at(machine, p, 3);
  const a4 = at(machine, p, 4);
  switch (opcode) {
    default: {
      if (isDefined(INFERENCE)) return Status.badProgram;
      return dispatchFull(machine, p, opcode);
    }
    case Opcode.maskedLogSoftmaxForward: {
      maskedLogSoftmaxForward(a1, a2, a3, word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.additiveScoreForward: {
      additiveScoreForward(a1, a2, a3, a4, word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.reverseSequenceForward: {
      reverseSequenceForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6));
      break;
    }
    case Opcode.argmax: {
      argmax(a1, a2, word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.beamStep: {
      beamStep(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        at(machine, p, 8),
        at(machine, p, 9),
        at(machine, p, 10),
        word(p, 11),
        word(p, 12),
        scalar(p, 13),
      );
      break;
    }
    case Opcode.minimumForward: {
      minimumForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.maximumForward: {
      maximumForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.compareCellsForward: {
      compareCellsForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        word(p, 6),
        word(p, 7),
        word(p, 8),
        word(p, 9),
        word(p, 10),
      );
      break;
    }
    case Opcode.columnSumsForward: {
      columnSumsForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6));
      break;
    }
    case Opcode.selectColumnForward: {
      selectColumnForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6));
      break;
    }
    case Opcode.firstInOrderForward: {
      firstInOrderForward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7));
      break;
    }
    case Opcode.shiftRowsForward: {
      shiftRowsForward(a1, a2, word(p, 3), word(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.oneHot: {
      oneHot(a1, a2, word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.categorical: {
      categorical(a1, a2, a3, word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.readWindowForward: {
      readWindowForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.writeWindowForward: {
      writeWindowForward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.convolutionForward: {
      convolutionForward(
        a1,
        a2,
        a3,
        word(p, 4),
        word(p, 5),
        word(p, 6),
        word(p, 7),
        word(p, 8),
        word(p, 9),
        word(p, 10),
      );
      break;
    }
    case Opcode.diagonalGateForward: {
      diagonalGateForward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7));
      break;
    }
    case Opcode.popStrengthsForward: {
      popStrengthsForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.pushRowsForward: {
      pushRowsForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.stackReadForward: {
      stackReadForward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7), word(p, 8), word(p, 9), 0, word(p, 10));
      break;
    }
    case Opcode.nearestRowsForward: {
      nearestRowsForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        word(p, 7),
        word(p, 8),
        word(p, 9),
        word(p, 10),
        0,
        word(p, 11),
        scalar(p, 12),
      );
      break;
    }
    case Opcode.readRowsForward: {
      readRowsForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        word(p, 8),
        word(p, 9),
        word(p, 10),
        word(p, 11),
        0,
        word(p, 12),
        scalar(p, 13),
      );
      break;
    }
    case Opcode.writeRowsForward: {
      writeRowsForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        at(machine, p, 8),
        at(machine, p, 9),
        at(machine, p, 10),
        at(machine, p, 11),
        word(p, 12),
        word(p, 13),
        word(p, 14),
        word(p, 15),
        0,
        word(p, 16),
        scalar(p, 17),
      );
      break;
    }
    case Opcode.circuitForward: {
      circuitForward(a1, a2, a3, a4, at(machine, p, 5), at(machine, p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.growingSoftmaxForward: {
      growingSoftmaxForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.renormalizeForward: {
      renormalizeForward(a1, a2, word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.fourierBasis: {
      fourierBasis(a1, word(p, 2), word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.melFilters: {
      melFilters(a1, word(p, 2), word(p, 3), 0, word(p, 4), scalar(p, 5), scalar(p, 6), scalar(p, 7));
      break;
    }
  }
  return Status.done;
}
