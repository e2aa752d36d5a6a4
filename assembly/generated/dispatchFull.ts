/** The kernels that training of single systems needs besides. Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { additiveScoreBackward } from "../kernels/attention/additiveScore";
import { circuitBackward } from "../kernels/circuit/circuit";
import { clipGradientBackward } from "../kernels/circuit/clipGradient";
import { growingSoftmaxBackward } from "../kernels/circuit/growingSoftmax";
import { logLikelihoodBackward, logLikelihoodForward } from "../kernels/circuit/logLikelihood";
import { convolutionBackward } from "../kernels/convolution/convolution";
import { diagonalGateBackward } from "../kernels/convolution/diagonalGate";
import { maximumBackward } from "../kernels/elementwise/maximum";
import { minimumBackward } from "../kernels/elementwise/minimum";
import { layerNormBackward, layerNormForward } from "../kernels/normalize/layerNorm";
import { maskedLogSoftmaxBackward } from "../kernels/normalize/maskedLogSoftmax";
import { adaMax } from "../kernels/optimizer/adaMax";
import { advance } from "../kernels/random/advance";
import { bits } from "../kernels/random/bits";
import { dropoutBackward, dropoutForward } from "../kernels/random/dropout";
import { permutation } from "../kernels/random/permutation";
import { embeddingBagBackward, embeddingBagForward } from "../kernels/shape/embeddingBag";
import { reverseSequenceBackward } from "../kernels/shape/reverseSequence";
import { approximateNearestRowsForward } from "../kernels/sparse/approximateNearestRows";
import { linkRowsForward } from "../kernels/sparse/linkRows";
import { nearestRowsBackward } from "../kernels/sparse/nearestRows";
import { productTopKBackward, productTopKForward } from "../kernels/sparse/productTopK";
import { readRowsBackward } from "../kernels/sparse/readRows";
import { writeRowsBackward } from "../kernels/sparse/writeRows";
import { popStrengthsBackward } from "../kernels/stack/popStrengths";
import { pushRowsBackward } from "../kernels/stack/pushRows";
import { stackReadBackward } from "../kernels/stack/stackRead";
import { columnSumsBackward } from "../kernels/tables/columnSums";
import { compareCellsBackward } from "../kernels/tables/compareCells";
import { firstInOrderBackward } from "../kernels/tables/firstInOrder";
import { selectColumnBackward } from "../kernels/tables/selectColumn";
import { shiftRowsBackward } from "../kernels/tables/shiftRows";
import { readWindowBackward, writeWindowBackward } from "../kernels/tape/window";
import { Status } from "../machine";
import { address as at, scalar, word } from "../words";
import { Opcode } from "./opcodes";

/** Runs the kernel of one instruction. Returns a Status. */
export function dispatchFull(machine: usize, p: usize, opcode: u32): i32 {
  // Decoded before they are needed: most arms have as many or fewer, and are half as large so. What is no operand becomes
  // an address that no arm uses; a program ends with words to spare.
  const a1 = at(machine, p, 1);
  const a2 = at(machine, p, 2);
  const a3 = at(machine, p, 3);
  const a4 = at(machine, p, 4);
  switch (opcode) {
    default:
      return Status.badProgram;
    case Opcode.maskedLogSoftmaxBackward: {
      maskedLogSoftmaxBackward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.layerNormForward: {
      layerNormForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7), scalar(p, 8));
      break;
    }
    case Opcode.layerNormBackward: {
      layerNormBackward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        word(p, 8),
        0,
        word(p, 9),
      );
      break;
    }
    case Opcode.bits: {
      bits(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.permutation: {
      permutation(a1, a2, a3, word(p, 4));
      break;
    }
    case Opcode.advance: {
      advance(a1, a2, word(p, 3));
      break;
    }
    case Opcode.additiveScoreBackward: {
      additiveScoreBackward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        word(p, 8),
        word(p, 9),
        0,
        word(p, 10),
      );
      break;
    }
    case Opcode.reverseSequenceBackward: {
      reverseSequenceBackward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6));
      break;
    }
    case Opcode.dropoutForward: {
      dropoutForward(a1, a2, a3, 0, word(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.dropoutBackward: {
      dropoutBackward(a1, a2, a3, 0, word(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.minimumBackward: {
      minimumBackward(a1, a2, a3, a4, at(machine, p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.maximumBackward: {
      maximumBackward(a1, a2, a3, a4, at(machine, p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.compareCellsBackward: {
      compareCellsBackward(
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
    case Opcode.columnSumsBackward: {
      columnSumsBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8));
      break;
    }
    case Opcode.selectColumnBackward: {
      selectColumnBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8));
      break;
    }
    case Opcode.firstInOrderBackward: {
      firstInOrderBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8));
      break;
    }
    case Opcode.shiftRowsBackward: {
      shiftRowsBackward(a1, a2, word(p, 3), word(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.readWindowBackward: {
      readWindowBackward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.writeWindowBackward: {
      writeWindowBackward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.convolutionBackward: {
      convolutionBackward(
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
        word(p, 11),
        word(p, 12),
      );
      break;
    }
    case Opcode.diagonalGateBackward: {
      diagonalGateBackward(
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
      );
      break;
    }
    case Opcode.adaMax: {
      adaMax(a1, a2, a3, a4, word(p, 5), scalar(p, 6));
      break;
    }
    case Opcode.popStrengthsBackward: {
      popStrengthsBackward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        word(p, 7),
        word(p, 8),
        word(p, 9),
        0,
        word(p, 10),
      );
      break;
    }
    case Opcode.pushRowsBackward: {
      pushRowsBackward(a1, a2, a3, word(p, 4), word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.stackReadBackward: {
      stackReadBackward(
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
        word(p, 12),
        0,
        word(p, 13),
      );
      break;
    }
    case Opcode.nearestRowsBackward: {
      nearestRowsBackward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        at(machine, p, 8),
        at(machine, p, 9),
        word(p, 10),
        word(p, 11),
        word(p, 12),
        word(p, 13),
        word(p, 14),
        0,
        word(p, 15),
        scalar(p, 16),
      );
      break;
    }
    case Opcode.readRowsBackward: {
      readRowsBackward(
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
        word(p, 11),
        0,
        word(p, 12),
      );
      break;
    }
    case Opcode.writeRowsBackward: {
      writeRowsBackward(
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
        word(p, 13),
        word(p, 14),
        word(p, 15),
        0,
        word(p, 16),
      );
      break;
    }
    case Opcode.linkRowsForward: {
      linkRowsForward(
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
        word(p, 13),
        word(p, 14),
        word(p, 15),
        0,
        word(p, 16),
        scalar(p, 17),
      );
      break;
    }
    case Opcode.approximateNearestRowsForward: {
      approximateNearestRowsForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        at(machine, p, 8),
        at(machine, p, 9),
        word(p, 10),
        word(p, 11),
        word(p, 12),
        word(p, 13),
        word(p, 14),
        0,
        word(p, 15),
        scalar(p, 16),
      );
      break;
    }
    case Opcode.productTopKForward: {
      productTopKForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.productTopKBackward: {
      productTopKBackward(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.circuitBackward: {
      circuitBackward(
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
        at(machine, p, 12),
        word(p, 13),
        word(p, 14),
        0,
        word(p, 15),
        scalar(p, 16),
      );
      break;
    }
    case Opcode.growingSoftmaxBackward: {
      growingSoftmaxBackward(a1, a2, a3, word(p, 4), word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.clipGradientBackward: {
      clipGradientBackward(a1, a2, 0, word(p, 3), scalar(p, 4));
      break;
    }
    case Opcode.logLikelihoodForward: {
      logLikelihoodForward(a1, a2, a3, a4, word(p, 5), word(p, 6), 0, word(p, 7), scalar(p, 8));
      break;
    }
    case Opcode.logLikelihoodBackward: {
      logLikelihoodBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), 0, word(p, 8), scalar(p, 9));
      break;
    }
    case Opcode.embeddingBagForward: {
      embeddingBagForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8), scalar(p, 9));
      break;
    }
    case Opcode.embeddingBagBackward: {
      embeddingBagBackward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8), scalar(p, 9));
      break;
    }
  }
  return Status.done;
}
