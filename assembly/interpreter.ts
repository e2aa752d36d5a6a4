/**
 * The interpreter: fetch an instruction, decode its operands, call its kernel.
 *
 * An instruction is a first word `opcode | words << 16`, then operands, sizes and scalars, a word each. An operand is
 * `register | element << 5`; the machine's registers hold base addresses. Kernels check nothing: the bindings planned
 * every buffer, and programs from outside are validated when they are loaded.
 */
import { circularConvolutionBackward, circularConvolutionForward } from "./kernels/addressing/circularConvolution";
import { contentSimilarityBackward, contentSimilarityForward } from "./kernels/addressing/contentSimilarity";
import { eraseAddBackward, eraseAddForward } from "./kernels/addressing/eraseAdd";
import { interpolateBackward, interpolateForward } from "./kernels/addressing/interpolate";
import { sharpenBackward, sharpenForward } from "./kernels/addressing/sharpen";
import { weightedReadBackward, weightedReadForward } from "./kernels/addressing/weightedRead";
import { addBackward, addForward } from "./kernels/elementwise/add";
import { affineBackward, affineForward } from "./kernels/elementwise/affine";
import { clipBackward, clipForward } from "./kernels/elementwise/clip";
import { divideBackward, divideForward } from "./kernels/elementwise/divide";
import { expBackward, expForward } from "./kernels/elementwise/exp";
import { fill } from "./kernels/elementwise/fill";
import { identityBackward, identityForward } from "./kernels/elementwise/identity";
import { logBackward, logForward } from "./kernels/elementwise/log";
import { multiplyBackward, multiplyForward } from "./kernels/elementwise/multiply";
import { reluBackward, reluForward } from "./kernels/elementwise/relu";
import { sigmoidBackward, sigmoidForward } from "./kernels/elementwise/sigmoid";
import { softplusBackward, softplusForward } from "./kernels/elementwise/softplus";
import { subtractBackward, subtractForward } from "./kernels/elementwise/subtract";
import { tanhBackward, tanhForward } from "./kernels/elementwise/tanh";
import { binaryCrossEntropyBackward, binaryCrossEntropyForward } from "./kernels/loss/binaryCrossEntropy";
import { bitErrors } from "./kernels/loss/bitErrors";
import {
  categoricalCrossEntropyBackward,
  categoricalCrossEntropyForward,
} from "./kernels/loss/categoricalCrossEntropy";
import { huberBackward, huberForward } from "./kernels/loss/huber";
import { squaredErrorBackward, squaredErrorForward } from "./kernels/loss/squaredError";
import { layerNormBackward, layerNormForward } from "./kernels/normalize/layerNorm";
import { logSoftmaxBackward, logSoftmaxForward } from "./kernels/normalize/logSoftmax";
import { maskedLogSoftmaxBackward, maskedLogSoftmaxForward } from "./kernels/normalize/maskedLogSoftmax";
import { maskedSoftmaxForward } from "./kernels/normalize/maskedSoftmax";
import { linearBackward, linearForward } from "./kernels/matrix/linear";
import { matmul, matmulPacked, matmulTransposedA, matmulTransposedB } from "./kernels/matrix/matmul";
import { softmaxBackward, softmaxForward } from "./kernels/normalize/softmax";
import { softmaxJoin, softmaxPart } from "./kernels/normalize/softmaxParts";
import { adam, adamStep } from "./kernels/optimizer/adam";
import { allFinite } from "./kernels/optimizer/allFinite";
import { clipByNorm } from "./kernels/optimizer/clipByNorm";
import { clipByValue } from "./kernels/optimizer/clipByValue";
import { globalNorm } from "./kernels/optimizer/globalNorm";
import { rmsProp } from "./kernels/optimizer/rmsProp";
import { sgd } from "./kernels/optimizer/sgd";
import { sumBlocks } from "./kernels/optimizer/sumBlocks";
import { advance } from "./kernels/random/advance";
import { bits } from "./kernels/random/bits";
import { normal } from "./kernels/random/normal";
import { permutation } from "./kernels/random/permutation";
import { uniform } from "./kernels/random/uniform";
import { gruCellBackward, gruCellForward } from "./kernels/recurrent/gruCell";
import { lstmCellBackward, lstmCellForward } from "./kernels/recurrent/lstmCell";
import { broadcastBackward, broadcastForward } from "./kernels/reduce/broadcast";
import { maxBackward, maxForward } from "./kernels/reduce/max";
import { sumBackward, sumForward } from "./kernels/reduce/sum";
import { addBlocks, copyBlocks } from "./kernels/shape/copyBlocks";
import { gatherBackward, gatherForward } from "./kernels/shape/gather";
import { transposeBackward, transposeForward } from "./kernels/shape/transpose";
import { fork } from "./fork";
import { enter, enterBackward, loop, loopBackward, turn } from "./loops";
import { Status } from "./machine";
import { Opcode } from "./opcodes";
import { address as at, scalar, word } from "./words";

/** Runs instructions from `p` until one ends the block. Returns a Status. */
export function interpret(machine: usize, p: usize): i32 {
  while (true) {
    const head = load<u32>(p);
    // Decoded before they are needed: a few words too many cost nothing, and the arms are half as large. What is no
    // operand becomes an address that no arm uses; a program ends with six words to spare.
    const a1 = at(machine, p, 1);
    const a2 = at(machine, p, 2);
    const a3 = at(machine, p, 3);
    const a4 = at(machine, p, 4);
    const a5 = at(machine, p, 5);
    const a6 = at(machine, p, 6);
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
      case Opcode.fork: {
        const status = fork(machine, p);
        if (status) return status;
        p += (<usize>word(p, 1)) << 2; // over the branches
        break;
      }
      case Opcode.expectFinite: {
        if (!allFinite(a1, 0, word(p, 2))) return Status.notFinite;
        break;
      }

      case Opcode.identityForward: {
        identityForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.identityBackward: {
        identityBackward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.fill: {
        fill(a1, 0, word(p, 2), scalar(p, 3));
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
      case Opcode.linearBackward: {
        linearBackward(a1, a2, word(p, 3), word(p, 4));
        break;
      }

      case Opcode.softmaxForward: {
        softmaxForward(a1, a2, word(p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.softmaxBackward: {
        softmaxBackward(a1, a2, a3, word(p, 4), 0, word(p, 5));
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
      case Opcode.addBackward: {
        addBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.subtractForward: {
        subtractForward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.subtractBackward: {
        subtractBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.multiplyForward: {
        multiplyForward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.multiplyBackward: {
        multiplyBackward(a1, a2, a3, a4, a5, 0, word(p, 6));
        break;
      }
      case Opcode.divideForward: {
        divideForward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.divideBackward: {
        divideBackward(a1, a2, a3, a4, a5, 0, word(p, 6));
        break;
      }
      case Opcode.affineForward: {
        affineForward(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.affineBackward: {
        affineBackward(a1, a2, 0, word(p, 3), scalar(p, 4));
        break;
      }
      case Opcode.clipForward: {
        clipForward(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.clipBackward: {
        clipBackward(a1, a2, a3, 0, word(p, 4), scalar(p, 5), scalar(p, 6));
        break;
      }
      case Opcode.expForward: {
        expForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.expBackward: {
        expBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.logForward: {
        logForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.logBackward: {
        logBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.reluForward: {
        reluForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.reluBackward: {
        reluBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.sigmoidForward: {
        sigmoidForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.sigmoidBackward: {
        sigmoidBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.softplusForward: {
        softplusForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.softplusBackward: {
        softplusBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }
      case Opcode.tanhForward: {
        tanhForward(a1, a2, 0, word(p, 3));
        break;
      }
      case Opcode.tanhBackward: {
        tanhBackward(a1, a2, a3, 0, word(p, 4));
        break;
      }

      case Opcode.broadcastForward: {
        broadcastForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.broadcastBackward: {
        broadcastBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.sumForward: {
        sumForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.sumBackward: {
        sumBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maxForward: {
        maxForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maxBackward: {
        maxBackward(a1, a2, a3, a4, word(p, 5), word(p, 6), 0, word(p, 7));
        break;
      }

      case Opcode.logSoftmaxForward: {
        logSoftmaxForward(a1, a2, word(p, 3), 0, word(p, 4));
        break;
      }
      case Opcode.logSoftmaxBackward: {
        logSoftmaxBackward(a1, a2, a3, word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedSoftmaxForward: {
        maskedSoftmaxForward(a1, a2, a3, word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedLogSoftmaxForward: {
        maskedLogSoftmaxForward(a1, a2, a3, word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.maskedLogSoftmaxBackward: {
        maskedLogSoftmaxBackward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
        break;
      }
      case Opcode.layerNormForward: {
        layerNormForward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7), scalar(p, 8));
        break;
      }
      case Opcode.layerNormBackward: {
        layerNormBackward(a1, a2, a3, a4, a5, a6, at(machine, p, 7), word(p, 8), 0, word(p, 9));
        break;
      }

      case Opcode.binaryCrossEntropyForward: {
        binaryCrossEntropyForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
        break;
      }
      case Opcode.binaryCrossEntropyBackward: {
        binaryCrossEntropyBackward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.categoricalCrossEntropyForward: {
        categoricalCrossEntropyForward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.categoricalCrossEntropyBackward: {
        categoricalCrossEntropyBackward(a1, a2, a3, a4, a5, a6, word(p, 7), 0, word(p, 8));
        break;
      }
      case Opcode.squaredErrorForward: {
        squaredErrorForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
        break;
      }
      case Opcode.squaredErrorBackward: {
        squaredErrorBackward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.huberForward: {
        huberForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6), scalar(p, 7));
        break;
      }
      case Opcode.huberBackward: {
        huberBackward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7), scalar(p, 8));
        break;
      }
      case Opcode.bitErrors: {
        bitErrors(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
        break;
      }

      case Opcode.copyBlocks: {
        copyBlocks(a1, a2, word(p, 3), word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
        break;
      }
      case Opcode.addBlocks: {
        addBlocks(a1, a2, word(p, 3), word(p, 4), word(p, 5), word(p, 6), word(p, 7), 0, word(p, 8));
        break;
      }
      case Opcode.transposeForward: {
        transposeForward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.transposeBackward: {
        transposeBackward(a1, a2, word(p, 3), word(p, 4), 0, word(p, 5));
        break;
      }
      case Opcode.gatherForward: {
        gatherForward(a1, a2, a3, word(p, 4), word(p, 5), 0, word(p, 6));
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
        const n = word(p, 5);
        rmsProp(a1, a2, a3, a4, n, 0, n, scalar(p, 6), scalar(p, 7), scalar(p, 8));
        break;
      }
      case Opcode.adam: {
        const n = word(p, 5);
        adamStep(a2, n);
        adam(a1, a2, a3, a4, n, 0, n, scalar(p, 6), scalar(p, 7), scalar(p, 8), scalar(p, 9));
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

      case Opcode.uniform: {
        uniform(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
        break;
      }
      case Opcode.normal: {
        normal(a1, a2, 0, word(p, 3), scalar(p, 4), scalar(p, 5));
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

      case Opcode.lstmCellForward: {
        lstmCellForward(a1, a2, a3, a4, a5, a6, word(p, 7), 0, word(p, 8));
        break;
      }
      case Opcode.lstmCellBackward: {
        lstmCellBackward(a1, a2, a3, a4, a5, a6, at(machine, p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.gruCellForward: {
        gruCellForward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.gruCellBackward: {
        gruCellBackward(a1, a2, a3, a4, a5, a6, at(machine, p, 7), word(p, 8), 0, word(p, 9));
        break;
      }

      case Opcode.contentSimilarityForward: {
        contentSimilarityForward(
          a1,
          a2,
          a3,
          a4,
          a5,
          a6,
          word(p, 7),
          word(p, 8),
          word(p, 9),
          0,
          word(p, 10),
          scalar(p, 11),
        );
        break;
      }
      case Opcode.contentSimilarityBackward: {
        contentSimilarityBackward(
          a1,
          a2,
          a3,
          a4,
          a5,
          a6,
          at(machine, p, 7),
          at(machine, p, 8),
          at(machine, p, 9),
          word(p, 10),
          word(p, 11),
          word(p, 12),
          0,
          word(p, 13),
          scalar(p, 14),
        );
        break;
      }
      case Opcode.interpolateForward: {
        interpolateForward(a1, a2, a3, a4, word(p, 5), 0, word(p, 6));
        break;
      }
      case Opcode.interpolateBackward: {
        interpolateBackward(a1, a2, a3, a4, a5, a6, at(machine, p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.circularConvolutionForward: {
        circularConvolutionForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.circularConvolutionBackward: {
        circularConvolutionBackward(a1, a2, a3, a4, a5, word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.sharpenForward: {
        sharpenForward(a1, a2, a3, a4, a5, word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.sharpenBackward: {
        sharpenBackward(a1, a2, a3, a4, a5, a6, at(machine, p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.weightedReadForward: {
        weightedReadForward(a1, a2, a3, word(p, 4), word(p, 5), word(p, 6), 0, word(p, 7));
        break;
      }
      case Opcode.weightedReadBackward: {
        weightedReadBackward(a1, a2, a3, a4, a5, word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.eraseAddForward: {
        eraseAddForward(a1, a2, a3, a4, a5, word(p, 6), word(p, 7), word(p, 8), 0, word(p, 9));
        break;
      }
      case Opcode.eraseAddBackward: {
        eraseAddBackward(
          a1,
          a2,
          a3,
          a4,
          a5,
          a6,
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
    }
    p += (<usize>(head >> 16)) << 2;
  }
}
