/** The kernels that training needs besides. A binary that only runs models goes without: it starts sooner. Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { circularConvolutionBackward } from "../kernels/addressing/circularConvolution";
import { contentSimilarityBackward } from "../kernels/addressing/contentSimilarity";
import { eraseAddBackward } from "../kernels/addressing/eraseAdd";
import { interpolateBackward } from "../kernels/addressing/interpolate";
import { sharpenBackward } from "../kernels/addressing/sharpen";
import { weightedReadBackward } from "../kernels/addressing/weightedRead";
import { addBackward } from "../kernels/elementwise/add";
import { affineBackward } from "../kernels/elementwise/affine";
import { clipBackward } from "../kernels/elementwise/clip";
import { divideBackward } from "../kernels/elementwise/divide";
import { expBackward } from "../kernels/elementwise/exp";
import { identityBackward } from "../kernels/elementwise/identity";
import { logBackward } from "../kernels/elementwise/log";
import { multiplyBackward } from "../kernels/elementwise/multiply";
import { reluBackward } from "../kernels/elementwise/relu";
import { sigmoidBackward } from "../kernels/elementwise/sigmoid";
import { softplusBackward } from "../kernels/elementwise/softplus";
import { subtractBackward } from "../kernels/elementwise/subtract";
import { tanhBackward } from "../kernels/elementwise/tanh";
import { accumulateBackward } from "../kernels/halting/accumulate";
import { haltingBackward } from "../kernels/halting/halting";
import { binaryCrossEntropyBackward, binaryCrossEntropyForward } from "../kernels/loss/binaryCrossEntropy";
import { bitErrors } from "../kernels/loss/bitErrors";
import { bitMisses } from "../kernels/loss/bitMisses";
import {
  categoricalCrossEntropyBackward,
  categoricalCrossEntropyForward,
} from "../kernels/loss/categoricalCrossEntropy";
import { classMisses } from "../kernels/loss/classMisses";
import { huberBackward, huberForward } from "../kernels/loss/huber";
import { squaredErrorBackward, squaredErrorForward } from "../kernels/loss/squaredError";
import { linearBackward } from "../kernels/matrix/linear";
import { logSoftmaxBackward } from "../kernels/normalize/logSoftmax";
import { softmaxBackward } from "../kernels/normalize/softmax";
import { adam } from "../kernels/optimizer/adam";
import { clipByNorm } from "../kernels/optimizer/clipByNorm";
import { clipByValue } from "../kernels/optimizer/clipByValue";
import { expectFinite } from "../kernels/optimizer/expectFinite";
import { globalNorm } from "../kernels/optimizer/globalNorm";
import { rmsProp } from "../kernels/optimizer/rmsProp";
import { sgd } from "../kernels/optimizer/sgd";
import { sumBlocks } from "../kernels/optimizer/sumBlocks";
import { normal } from "../kernels/random/normal";
import { gruCellBackward } from "../kernels/recurrent/gruCell";
import { lstmCellBackward } from "../kernels/recurrent/lstmCell";
import { broadcastBackward } from "../kernels/reduce/broadcast";
import { maxBackward } from "../kernels/reduce/max";
import { sumBackward } from "../kernels/reduce/sum";
import { addBlocks } from "../kernels/shape/copyBlocks";
import { gatherBackward } from "../kernels/shape/gather";
import { transposeBackward } from "../kernels/shape/transpose";
import { dispatchSystems } from "./dispatchSystems";
import { Status } from "../machine";
import { address as at, scalar, word } from "../words";
import { Opcode } from "./opcodes";

/** Runs the kernel of one instruction. Returns a Status. */
export function dispatchTrain(machine: usize, p: usize, opcode: u32): i32 {
  // Decoded before they are needed: most arms have as many or fewer, and are half as large so. What is no operand becomes
  // an address that no arm uses; a program ends with words to spare.
  const a1 = at(machine, p, 1);
  const a2 = at(machine, p, 2);
  const a3 = at(machine, p, 3);
  const a4 = at(machine, p, 4);
  switch (opcode) {
    default: {
      if (isDefined(BASE)) return Status.badProgram;
      return dispatchSystems(machine, p, opcode);
    }
    case Opcode.expectFinite: {
      return expectFinite(a1, 0, word(p, 2));
    }
    case Opcode.identityBackward: {
      identityBackward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.softmaxBackward: {
      softmaxBackward(a1, a2, a3, word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.addBackward: {
      addBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.subtractBackward: {
      subtractBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.multiplyBackward: {
      multiplyBackward(a1, a2, a3, a4, at(machine, p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.divideBackward: {
      divideBackward(a1, a2, a3, a4, at(machine, p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.affineBackward: {
      affineBackward(a1, a2, 0, word(p, 3), scalar(p, 4));
      break;
    }
    case Opcode.clipBackward: {
      clipBackward(a1, a2, a3, 0, word(p, 4), scalar(p, 5), scalar(p, 6));
      break;
    }
    case Opcode.expBackward: {
      expBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.logBackward: {
      logBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.reluBackward: {
      reluBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.sigmoidBackward: {
      sigmoidBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.softplusBackward: {
      softplusBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.tanhBackward: {
      tanhBackward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.broadcastBackward: {
      broadcastBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.sumBackward: {
      sumBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.maxBackward: {
      maxBackward(a1, a2, a3, a4, word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.logSoftmaxBackward: {
      logSoftmaxBackward(a1, a2, a3, word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.binaryCrossEntropyForward: {
      binaryCrossEntropyForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.binaryCrossEntropyBackward: {
      binaryCrossEntropyBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.categoricalCrossEntropyForward: {
      categoricalCrossEntropyForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.categoricalCrossEntropyBackward: {
      categoricalCrossEntropyBackward(a1, a2, a3, a4, at(machine, p, 5), at(machine, p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.squaredErrorForward: {
      squaredErrorForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.squaredErrorBackward: {
      squaredErrorBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.huberForward: {
      huberForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6), scalar(p, 7));
      break;
    }
    case Opcode.huberBackward: {
      huberBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7), scalar(p, 8));
      break;
    }
    case Opcode.bitErrors: {
      bitErrors(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.bitMisses: {
      bitMisses(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.classMisses: {
      classMisses(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.addBlocks: {
      addBlocks(a1, a2, word(p, 3), word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.transposeBackward: {
      transposeBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.gatherBackward: {
      gatherBackward(a1, a2, a3, word(p, 4), word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.sgd: {
      sgd(a1, a2, a3, a4, 0, word(p, 5), scalar(p, 6));
      break;
    }
    case Opcode.rmsProp: {
      rmsProp(a1, a2, a3, a4, word(p, 5), scalar(p, 6), scalar(p, 7), scalar(p, 8));
      break;
    }
    case Opcode.adam: {
      adam(a1, a2, a3, a4, word(p, 5), scalar(p, 6), scalar(p, 7), scalar(p, 8), scalar(p, 9));
      break;
    }
    case Opcode.clipByValue: {
      clipByValue(a1, 0, word(p, 2), scalar(p, 3));
      break;
    }
    case Opcode.clipByNorm: {
      clipByNorm(a1, a2, 0, word(p, 3), scalar(p, 4));
      break;
    }
    case Opcode.globalNorm: {
      globalNorm(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.sumBlocks: {
      sumBlocks(a1, word(p, 2), word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.normal: {
      normal(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.lstmCellBackward: {
      lstmCellBackward(
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
    case Opcode.gruCellBackward: {
      gruCellBackward(
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
    case Opcode.contentSimilarityBackward: {
      contentSimilarityBackward(
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
        0,
        word(p, 14),
        scalar(p, 15),
      );
      break;
    }
    case Opcode.interpolateBackward: {
      interpolateBackward(
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
    case Opcode.circularConvolutionBackward: {
      circularConvolutionBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.sharpenBackward: {
      sharpenBackward(
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
    case Opcode.weightedReadBackward: {
      weightedReadBackward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.eraseAddBackward: {
      eraseAddBackward(
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
        0,
        word(p, 13),
      );
      break;
    }
    case Opcode.haltingBackward: {
      haltingBackward(a1, a2, a3, a4, at(machine, p, 5), at(machine, p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.accumulateBackward: {
      accumulateBackward(a1, a2, a3, a4, at(machine, p, 5), at(machine, p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.linearBackward: {
      linearBackward(a1, a2, word(p, 3), word(p, 4));
      break;
    }
  }
  return Status.done;
}
