/** The kernels of every binary. Inlined into the interpreter's loop, its only caller. Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { circularConvolutionForward } from "../kernels/addressing/circularConvolution";
import { contentSimilarityForward } from "../kernels/addressing/contentSimilarity";
import { eraseAddForward } from "../kernels/addressing/eraseAdd";
import { interpolateForward } from "../kernels/addressing/interpolate";
import { sharpenForward } from "../kernels/addressing/sharpen";
import { weightedReadForward } from "../kernels/addressing/weightedRead";
import { addForward } from "../kernels/elementwise/add";
import { affineForward } from "../kernels/elementwise/affine";
import { clipForward } from "../kernels/elementwise/clip";
import { divideForward } from "../kernels/elementwise/divide";
import { expForward } from "../kernels/elementwise/exp";
import { fill } from "../kernels/elementwise/fill";
import { identityForward } from "../kernels/elementwise/identity";
import { logForward } from "../kernels/elementwise/log";
import { multiplyForward } from "../kernels/elementwise/multiply";
import { reluForward } from "../kernels/elementwise/relu";
import { sigmoidForward } from "../kernels/elementwise/sigmoid";
import { softplusForward } from "../kernels/elementwise/softplus";
import { subtractForward } from "../kernels/elementwise/subtract";
import { tanhForward } from "../kernels/elementwise/tanh";
import { accumulateForward } from "../kernels/halting/accumulate";
import { haltingForward } from "../kernels/halting/halting";
import { linearForward } from "../kernels/matrix/linear";
import { matmul, matmulPacked, matmulTransposedA, matmulTransposedB } from "../kernels/matrix/matmul";
import { logSoftmaxForward } from "../kernels/normalize/logSoftmax";
import { maskedSoftmaxForward } from "../kernels/normalize/maskedSoftmax";
import { softmaxForward } from "../kernels/normalize/softmax";
import { softmaxJoin, softmaxPart } from "../kernels/normalize/softmaxParts";
import { uniform } from "../kernels/random/uniform";
import { gruCellForward } from "../kernels/recurrent/gruCell";
import { lstmCellForward } from "../kernels/recurrent/lstmCell";
import { broadcastForward } from "../kernels/reduce/broadcast";
import { maxForward } from "../kernels/reduce/max";
import { sumForward } from "../kernels/reduce/sum";
import { copyBlocks } from "../kernels/shape/copyBlocks";
import { gatherForward } from "../kernels/shape/gather";
import { transposeForward } from "../kernels/shape/transpose";
import { dispatchSystems } from "./dispatchSystems";
import { dispatchTrain } from "./dispatchTrain";
import { Status } from "../machine";
import { address as at, scalar, word } from "../words";
import { Opcode } from "./opcodes";

/** Runs the kernel of one instruction. Returns a Status. */
// @ts-ignore: decorator
@inline
export function dispatchRun(machine: usize, p: usize, opcode: u32): i32 {
  // Decoded before they are needed: most arms have as many or fewer, and are half as large so. What is no operand becomes
  // an address that no arm uses; a program ends with words to spare.
  const a1 = at(machine, p, 1);
  const a2 = at(machine, p, 2);
  const a3 = at(machine, p, 3);
  const a4 = at(machine, p, 4);
  switch (opcode) {
    default: {
      if (isDefined(INFERENCE)) return dispatchSystems(machine, p, opcode);
      return dispatchTrain(machine, p, opcode);
    }
    case Opcode.identityForward: {
      identityForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.fill: {
      fill(a1, 0, word(p, 2), scalar(p, 3));
      break;
    }
    case Opcode.softmaxForward: {
      softmaxForward(a1, a2, word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.softmaxPart: {
      softmaxPart(a1, a2, a3, word(p, 4));
      break;
    }
    case Opcode.softmaxJoin: {
      softmaxJoin(a1, a2, a3, word(p, 4), word(p, 5));
      break;
    }
    case Opcode.addForward: {
      addForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.subtractForward: {
      subtractForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.multiplyForward: {
      multiplyForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.divideForward: {
      divideForward(a1, a2, a3, 0, word(p, 4));
      break;
    }
    case Opcode.affineForward: {
      affineForward(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.clipForward: {
      clipForward(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.expForward: {
      expForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.logForward: {
      logForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.reluForward: {
      reluForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.sigmoidForward: {
      sigmoidForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.softplusForward: {
      softplusForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.tanhForward: {
      tanhForward(a1, a2, 0, word(p, 3));
      break;
    }
    case Opcode.broadcastForward: {
      broadcastForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.sumForward: {
      sumForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.maxForward: {
      maxForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.logSoftmaxForward: {
      logSoftmaxForward(a1, a2, word(p, 3), 0, word(p, 4));
      break;
    }
    case Opcode.maskedSoftmaxForward: {
      maskedSoftmaxForward(a1, a2, a3, word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.copyBlocks: {
      copyBlocks(a1, a2, word(p, 3), word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.transposeForward: {
      transposeForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
      break;
    }
    case Opcode.gatherForward: {
      gatherForward(a1, a2, a3, word(p, 4), word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.uniform: {
      uniform(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
      break;
    }
    case Opcode.lstmCellForward: {
      lstmCellForward(a1, a2, a3, a4, at(machine, p, 5), at(machine, p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.gruCellForward: {
      gruCellForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.contentSimilarityForward: {
      contentSimilarityForward(
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
    case Opcode.interpolateForward: {
      interpolateForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.circularConvolutionForward: {
      circularConvolutionForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.sharpenForward: {
      sharpenForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), 0, word(p, 7), scalar(p, 8));
      break;
    }
    case Opcode.weightedReadForward: {
      weightedReadForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
    case Opcode.eraseAddForward: {
      eraseAddForward(a1, a2, a3, a4, at(machine, p, 5), word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.haltingForward: {
      haltingForward(
        a1,
        a2,
        a3,
        a4,
        at(machine, p, 5),
        at(machine, p, 6),
        at(machine, p, 7),
        at(machine, p, 8),
        0,
        word(p, 9),
        scalar(p, 10),
        scalar(p, 11),
      );
      break;
    }
    case Opcode.accumulateForward: {
      accumulateForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
      break;
    }
    case Opcode.matmul: {
      matmul(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.matmulPacked: {
      matmulPacked(a1, a2, a3, a4, word(p, 5), word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
      break;
    }
    case Opcode.matmulTransposedA: {
      matmulTransposedA(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.matmulTransposedB: {
      matmulTransposedB(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
      break;
    }
    case Opcode.linearForward: {
      linearForward(a1, a2, a3, a4, word(p, 5), word(p, 6), 0, word(p, 7));
      break;
    }
  }
  return Status.done;
}
